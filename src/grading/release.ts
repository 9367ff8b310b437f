import type { Outcome, QuestionOutcome } from './replay.ts'
import type { PublicQuiz } from './quiz.ts'
import type { ReviewItem } from './policy.ts'

/** Who looks: staff see everything, a learner what the policy releases. */
export type Viewer = 'learner' | 'staff'

/** What may be shown of one question now. */
export interface Release {
  readonly verdict: boolean
  readonly score: boolean
  readonly feedback: boolean
  /** Feedback on every option, not only on what {@link QuestionType.revealedBy} allows. */
  readonly allFeedback: boolean
  readonly explanation: boolean
  readonly answer: boolean
}

const NOTHING: Release = {
  verdict: false,
  score: false,
  feedback: false,
  allFeedback: false,
  explanation: false,
  answer: false,
}
const EVERYTHING: Release = {
  verdict: true,
  score: true,
  feedback: true,
  allFeedback: true,
  explanation: true,
  answer: true,
}

/** Whether the attempt's total, and with it `passed` and the receipt, may be shown. */
export function releasesTotal(quiz: PublicQuiz, outcome: Outcome, viewer: Viewer): boolean {
  return viewer === 'staff' || reviewOf(quiz, outcome).includes('score')
}

/** Decides what a viewer may see of a question: the only place where anything secret is let go. */
export function release(quiz: PublicQuiz, outcome: Outcome, question: QuestionOutcome, viewer: Viewer): Release {
  if (viewer === 'staff') return EVERYTHING
  const review = reviewOf(quiz, outcome)
  const shows = (item: ReviewItem) => review.includes(item)
  if (question.tries.length === 0) {
    const finished = outcome.finished !== null
    if (!finished || !shows('unanswered')) return { ...NOTHING, score: finished && shows('verdict') && shows('score') }
  }
  return {
    verdict: shows('verdict'),
    score: shows('verdict') && shows('score'),
    feedback: shows('feedback'),
    allFeedback: shows('feedback') && question.closed,
    explanation: shows('explanation') && question.closed,
    answer: shows('answer') && question.closed,
  }
}

function reviewOf(quiz: PublicQuiz, outcome: Outcome): readonly ReviewItem[] {
  return outcome.finished === null ? quiz.policy.review.during : quiz.policy.review.finished
}
