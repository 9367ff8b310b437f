import type { Deps } from '../deps.ts'
import { selectUnsettled } from '../db/attempts.ts'
import { settleAttempt } from './settle-attempt.ts'

/**
 * Settles attempts that were cut off in finishing, or whose time ran out while nobody looked. One that cannot be settled
 * now does not keep the others waiting. Returns how many were settled.
 */
export async function settleDueAttempts(deps: Deps, limit = 100): Promise<number> {
  const [rows] = await deps.db.batch([selectUnsettled(deps.db, deps.now(), limit)])
  let settled = 0
  for (const { id } of rows) {
    try {
      await settleAttempt(deps, id)
      settled += 1
    } catch {
      deps.log({ level: 'error', event: 'settle-failed', attempt: id })
    }
  }
  return settled
}
