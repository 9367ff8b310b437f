import type { Actor, Deps } from '../deps.ts'
import { selectRuledSummaries, selectRules } from '../db/accommodations.ts'
import { selectLiveSummary } from '../db/quizzes.ts'
import { type Accommodations, viewAccommodations } from './_accommodations.ts'
import { requireStaff } from './_authorise.ts'

/**
 * A learner's rules, and what an attempt that starts now would get: at every quiz that they name, or at one quiz whether
 * they name it or not.
 */
export async function readAccommodations(
  deps: Deps,
  actor: Actor,
  learner: string,
  quiz: string | null,
): Promise<Accommodations> {
  requireStaff(actor, 'learners:write')
  const { db } = deps
  const [rules, summaries] = await db.batch([
    selectRules(db, learner),
    quiz === null ? selectRuledSummaries(db, learner) : selectLiveSummary(db, quiz),
  ])
  return viewAccommodations(learner, rules, summaries, deps.now())
}
