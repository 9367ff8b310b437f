import type { Actor, Deps } from '../deps.ts'
import { type QuizSummary, summarise } from '../content/summary.ts'
import { present } from '../grading/present.ts'
import { allResults, attemptQuestions } from '../grading/results.ts'
import type { Attempt, Question, Result } from '../grading/wire.ts'
import { progressToken, receiptFor, viewAttempt } from './_attempt-view.ts'
import { loadAttempt, viewerOf } from './_folded-attempt.ts'
import { settleIfOver } from './settle-attempt.ts'

export interface AttemptInFull {
  readonly attempt: Attempt
  readonly quiz: QuizSummary
  readonly questions: Question[]
  readonly results: Result[]
  readonly token: string | null
  readonly receipt: string | null
}

/**
 * An attempt as it stands. Its learner resumes with it and sees what is released; staff see everything, and get no token.
 */
export async function viewAttemptInFull(deps: Deps, actor: Actor, id: string): Promise<AttemptInFull> {
  const viewer = viewerOf(actor, id)
  const attempt = await settleIfOver(deps, await loadAttempt(deps, id))
  const { row, quiz } = attempt
  return {
    attempt: { ...viewAttempt(deps, attempt, viewer), questions: attemptQuestions(attempt, viewer) },
    quiz: summarise(row.quiz, row.revision, quiz),
    questions: present(quiz, row.id),
    results: allResults(attempt, viewer),
    token: viewer === 'learner' ? await progressToken(deps, attempt) : null,
    receipt: await receiptFor(deps, attempt, viewer),
  }
}
