import type { Outcome } from './replay.ts'
import type { QuestionOutcome } from './tally.ts'
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

/** What decides on a release: how an attempt stands, and whether the quiz has closed for good. */
export interface Reviewed {
  readonly quiz: PublicQuiz
  readonly outcome: Outcome
  /** The policy's `closesAt` has passed, grace and all. The one thing that time alone decides. */
  readonly closed: boolean
}

/** Whether the attempt's total, and with it `passed` and the receipt, may be shown. */
export function releasesTotal(reviewed: Reviewed, viewer: Viewer): boolean {
  return viewer === 'staff' || reviewOf(reviewed).includes('score')
}

/** Whether it may be told how well the learner's certainty did: it counts right answers. */
export function releasesCalibration(reviewed: Reviewed, viewer: Viewer): boolean {
  return viewer === 'staff' || (reviewed.outcome.finished !== null && reviewOf(reviewed).includes('verdict'))
}

/** Decides what a viewer may see of a question: the only place where anything secret is let go. */
export function release(reviewed: Reviewed, question: QuestionOutcome, viewer: Viewer): Release {
  if (viewer === 'staff') return EVERYTHING
  const { outcome } = reviewed
  const review = reviewOf(reviewed)
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

function reviewOf({ quiz, outcome, closed }: Reviewed): readonly ReviewItem[] {
  const { review } = quiz.policy
  if (outcome.finished === null) return review.during
  return closed ? review.closed : review.finished
}
