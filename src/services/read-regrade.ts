import type { Actor, Deps } from '../deps.ts'
import { selectChanges } from '../db/regrade-changes.ts'
import { toPoints } from '../grading/points.ts'
import type { Standing } from '../grading/standing.ts'
import type { Attempt } from '../grading/wire.ts'
import { learnerOf } from './_attempt-view.ts'
import { requireStaff } from './_authorise.ts'
import { loadJob } from './_job.ts'
import { type RegradeJob, viewRegrade } from './_regrade.ts'

export interface RegradeChange {
  readonly attempt: string
  readonly learner: Attempt['learner']
  /** Scores are in points. */
  readonly before: Standing
  readonly after: Standing
}

/** A regrade as far as it has come, with a page of what it changes; `next` is the attempt to go on after. */
export async function readRegrade(
  deps: Deps,
  actor: Actor,
  {
    quiz,
    id,
    limit,
    after,
  }: { readonly quiz: string; readonly id: string; readonly limit: number; readonly after: string },
): Promise<{ regrade: RegradeJob; changes: RegradeChange[]; next: string | null }> {
  requireStaff(actor, 'grading:write')
  const regrade = viewRegrade(await loadJob(deps, { kind: 'regrade', quiz, id }))
  const [rows] = await deps.db.batch([selectChanges(deps.db, { job: id, after, limit: limit + 1 })])
  const page = rows.slice(0, limit)
  return {
    regrade,
    changes: page.map((row) => ({
      attempt: row.attempt,
      learner: learnerOf(row),
      before: inPoints(row.before),
      after: inPoints(row.after),
    })),
    next: rows.length > limit ? page.at(-1)!.attempt : null,
  }
}

function inPoints({ score, maxScore, passed }: Standing): Standing {
  return { score: toPoints(score), maxScore: toPoints(maxScore), passed }
}
