import type { Deps } from '../deps.ts'
import { invalidInput } from '../errors.ts'
import type { Issue } from '../grading/issue.ts'
import { type MilliPoints, toPoints } from '../grading/points.ts'
import type { Outcome } from '../grading/replay.ts'
import { allResults, attemptQuestions } from '../grading/results.ts'
import type { QuestionOutcome } from '../grading/tally.ts'
import type { Attempt, Result } from '../grading/wire.ts'
import { receiptFor, viewAttempt } from './_attempt-view.ts'
import type { LoadedAttempt } from './_folded-attempt.ts'

/** What staff are told of a score that they gave. */
export interface GradedByStaff {
  readonly attempt: Attempt
  /** Of the question that it was about; none where it was about the whole attempt. */
  readonly results: Result[]
  readonly receipt: string | null
}

export async function graded(deps: Deps, attempt: LoadedAttempt, question: string | null): Promise<GradedByStaff> {
  return {
    attempt: { ...viewAttempt(deps, attempt, 'staff'), questions: attemptQuestions(attempt, 'staff') },
    results: allResults(attempt, 'staff').filter((result) => result.question === question),
    receipt: await receiptFor(deps, attempt, 'staff'),
  }
}

export function questionOf({ questions }: Outcome, id: string): QuestionOutcome {
  const found = questions.find(({ question }) => question.id === id)
  if (found) return found
  throw invalidInput([{ path: ['question'], code: 'unknown-id', detail: 'The attempt has no question with this id.' }])
}

/** A score is kept as a share of what there is to have; of nothing there is no share, and a later regrade would make it none. */
export function checkScore(score: MilliPoints, maxScore: MilliPoints): void {
  if (maxScore === 0) throw invalidInput([NOTHING_TO_HAVE])
  if (score <= maxScore) return
  throw invalidInput([
    { path: ['score'], code: 'inconsistent', detail: `There are ${toPoints(maxScore)} points to have.` },
  ])
}

const NOTHING_TO_HAVE: Issue = {
  path: ['score'],
  code: 'inconsistent',
  detail: 'It was dropped: there are no points to have.',
}
