import type { Deps } from '../deps.ts'
import { deleteUntouched, passAttempt, selectUnswept } from '../db/sweep.ts'
import { traced } from '../telemetry/in-trace.ts'
import { earliestAttemptId } from './_ids.ts'

const DAY_MS = 86_400_000

const PAGE = 500

interface Sweep {
  /** After how many days an attempt is deleted in which nothing has happened. */
  readonly days: number
  /** After how many batches a run ends; the next one goes on. */
  readonly pages: number
  /** How many attempts are looked at in a batch. */
  readonly pageSize?: number
}

/**
 * Deletes anonymous attempts that were started and never touched: whoever only looks at a quiz, or means to fill the
 * database, leaves them behind. Each attempt is looked at once, when it is old enough, so what a run costs does not grow with
 * what is kept.
 */
export async function sweepAttempts(deps: Deps, { days, pages, pageSize = PAGE }: Sweep): Promise<void> {
  const before = earliestAttemptId(deps.now() - days * DAY_MS)
  for (let page = 0; page < pages && !deps.isDraining(); page++) {
    const [unswept] = await deps.db.batch([selectUnswept(deps.db, { before, limit: pageSize })])
    const [first, last] = [unswept.at(0), unswept.at(-1)]
    if (!first || !last) return
    await traced(deps, 'sweep', (scope) => sweepPage(scope, { from: first.id, to: last.id }))
    if (unswept.length < pageSize) return
  }
}

async function sweepPage({ db, log }: Deps, range: { from: string; to: string }): Promise<void> {
  const [deleted] = await db.batch([deleteUntouched(db, range), passAttempt(db, range.to)])
  if (deleted.length > 0) log({ level: 'info', event: 'attempts-swept', count: deleted.length })
}
