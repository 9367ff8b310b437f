import type { Deps } from '../deps.ts'
import { selectUnsettled } from '../db/attempts.ts'
import { traced } from '../telemetry/in-trace.ts'
import { settleAttempt } from './settle-attempt.ts'

const PAGE = 100
/** A run of the timer ends; the next one goes on. */
const MAX_PAGES = 20

/**
 * Settles attempts that were cut off in finishing, or whose time ran out while nobody looked. One that cannot be settled
 * now does not keep the others waiting. Returns how many were settled, of at most `limit`.
 */
export async function settleDueAttempts(deps: Deps, limit = PAGE): Promise<number> {
  return (await settlePage(deps, limit)).settled
}

/** The same, page after page, for a host that may take its time. */
export async function settleAllDueAttempts(deps: Deps): Promise<void> {
  for (let page = 0; page < MAX_PAGES; page++) {
    const { due, settled } = await settlePage(deps, PAGE)
    if (due < PAGE || settled === 0 || deps.isDraining()) return
  }
}

async function settlePage(deps: Deps, limit: number): Promise<{ due: number; settled: number }> {
  const [rows] = await deps.db.batch([selectUnsettled(deps.db, deps.now(), limit)])
  let settled = 0
  for (const { id } of rows) {
    if (await traced(deps, 'settle', (scope) => settleOne(scope, id))) settled += 1
  }
  return { due: rows.length, settled }
}

async function settleOne(deps: Deps, id: string): Promise<boolean> {
  try {
    await settleAttempt(deps, id)
    return true
  } catch {
    deps.log({ level: 'error', event: 'settle-failed', attempt: id })
    return false
  }
}
