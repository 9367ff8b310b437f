import type { Actor, Deps } from '../deps.ts'
import { allResults, attemptQuestions } from '../grading/results.ts'
import type { Attempt, Result } from '../grading/wire.ts'
import { progressToken, receiptFor, viewAttempt } from './_attempt-view.ts'
import { requireLearner } from './_folded-attempt.ts'
import { finish } from './settle-attempt.ts'

export interface FinishedAttempt {
  readonly attempt: Attempt
  readonly results: Result[]
  readonly token: string
  readonly receipt: string | null
}

/** Finishes an attempt. Again, and at once with others, it has the same outcome. */
export async function finishAttempt(deps: Deps, actor: Actor, id: string): Promise<FinishedAttempt> {
  requireLearner(actor, id)
  const attempt = await finish(deps, id)
  return {
    attempt: { ...viewAttempt(deps, attempt, 'learner'), questions: attemptQuestions(attempt, 'learner') },
    results: allResults(attempt, 'learner'),
    token: await progressToken(deps, attempt),
    receipt: await receiptFor(deps, attempt, 'learner'),
  }
}
