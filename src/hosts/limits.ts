import type { Deps, Limits } from '../deps.ts'
import { hashText } from '../services/_ids.ts'

/** What a limit is over. The platform of Workers counts over this too. */
export const WINDOW_SECONDS = 60

export const UNLIMITED: Limits = { count: async () => null, refusal: async () => null }

/**
 * Limits that never keep the system from answering: where counting fails, requests are let through, and the log says so
 * once. Whoever counts is handed digests, and so knows no address, learner, attempt or secret.
 */
export function guardedLimits(limits: Limits, log: Deps['log']): Limits {
  let isTold = false
  const asking =
    (ask: Limits['count']): Limits['count'] =>
    async (name, key) => {
      try {
        return await ask(name, await hashText(key))
      } catch {
        if (!isTold) log({ level: 'error', event: 'limits-failed' })
        isTold = true
        return null
      }
    }
  return { count: asking(limits.count), refusal: asking(limits.refusal) }
}
