import type { Deps } from '../deps.ts'
import { selectUnsettled } from '../db/attempts.ts'
import { settleAttempt } from './settle-attempt.ts'

/** Settles attempts that were cut off in finishing, or whose time ran out while nobody looked. Returns how many. */
export async function settleDueAttempts(deps: Deps, limit = 100): Promise<number> {
  const [rows] = await deps.db.batch([selectUnsettled(deps.db, deps.now(), limit)])
  for (const { id } of rows) await settleAttempt(deps, id)
  return rows.length
}
