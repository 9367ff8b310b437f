import { entryFeedback, keyOf, matchedBy, rightResponse, servedBlank } from './grader.ts'
import { toPoints } from './points.ts'
import { showsVerdictsDuring } from './policy.ts'
import type { PublicQuiz, QuestionKey } from './quiz.ts'
import { type Release, release, type Reviewed, type Viewer } from './release.ts'
import type { RichText } from './rich-text.ts'
import type { QuestionOutcome, ResponseOutcome, Try, Verdict } from './tally.ts'
import { questionType } from './types/registry.ts'
import type { AttemptQuestion, QuestionStatus, Result } from './wire.ts'

/** What a viewer may know of every question, in the attempt's order: for start, resume and finish. */
export function attemptQuestions(reviewed: Reviewed, viewer: Viewer): AttemptQuestion[] {
  return reviewed.outcome.questions.map((question) => {
    const released = release(reviewed, question, viewer)
    const last = question.tries.at(-1)
    return {
      id: question.question.id,
      status: statusOf(last, released),
      tries: question.tries.length,
      triesLeft: question.triesLeft,
      score: scoreShown(question, last, released),
    }
  })
}

/** One result a question, in the attempt's order: each as its last try left it. */
export function allResults(reviewed: Reviewed, viewer: Viewer): Result[] {
  return reviewed.outcome.questions.map((question) => {
    const shown = question.tries.at(-1)
    return resultOf(reviewed, question, viewer, {
      shown,
      number: shown?.number ?? null,
      duplicate: false,
      refused: null,
    })
  })
}

/** One result a response of a request, in its order. What made no try shows the question as it stands. */
export function resultsOf(reviewed: Reviewed, responses: readonly ResponseOutcome[], viewer: Viewer): Result[] {
  const questions = new Map(reviewed.outcome.questions.map((question) => [question.question.id, question]))
  return responses.map((response) => {
    const question = questions.get(response.question)!
    const { duplicate, refused } = response
    const shown = response.try ?? question.tries.at(-1)
    const counted = response.try !== null || refused !== null
    return resultOf(reviewed, question, viewer, {
      shown,
      number: counted ? (shown?.number ?? null) : null,
      duplicate,
      refused,
    })
  })
}

/** Which try a result shows, and how the response arrived that it is for. */
interface Arrival extends Pick<ResponseOutcome, 'duplicate' | 'refused'> {
  readonly shown: Try | undefined
  /** Null for a response that made none. */
  readonly number: number | null
}

function resultOf(
  reviewed: Reviewed,
  question: QuestionOutcome,
  viewer: Viewer,
  { shown, number, duplicate, refused }: Arrival,
): Result {
  const { quiz } = reviewed
  const released = release(reviewed, question, viewer)
  return {
    question: question.question.id,
    response: shown?.response ?? null,
    certainty: shown?.certainty ?? null,
    status: statusOf(shown, released),
    score: scoreShown(question, shown, released),
    maxScore: toPoints(question.maxScore),
    try: showsVerdictsDuring(quiz.policy) ? number : null,
    triesLeft: question.triesLeft,
    duplicate,
    refused,
    feedback: released.feedback ? feedbackOn(question, shown, released) : null,
    hint: released.feedback ? hintFor(quiz, question) : null,
    explanation: released.explanation ? keyOf(question.grader).explanation : null,
    answer: released.answer ? rightResponse(question.grader) : null,
    comment: released.feedback ? (shown?.comment ?? null) : null,
  }
}

function statusOf(shown: Try | undefined, released: Release): QuestionStatus {
  if (shown === undefined) return 'unanswered'
  return released.verdict ? shown.verdict : 'answered'
}

/** What a person has still to grade has no score yet. */
function scoreShown({ score }: QuestionOutcome, shown: Try | undefined, released: Release): number | null {
  if (!released.score || shown?.verdict === 'pending') return null
  return toPoints(shown?.score ?? score)
}

/** One more after each try that left the question open; a save is no try. */
function hintFor(quiz: PublicQuiz, { closed, tries, grader }: QuestionOutcome): RichText | null {
  if (closed || !showsVerdictsDuring(quiz.policy) || tries.at(-1)?.verdict === 'pending') return null
  return keyOf(grader).hints[tries.length - 1] ?? null
}

/**
 * A word about the response as a whole, those about options, in id order, as the author's order is not told, and at the
 * close those about the answers that the response was graded by.
 */
function feedbackOn(
  { question, grader }: QuestionOutcome,
  shown: Try | undefined,
  released: Release,
): NonNullable<Result['feedback']> {
  const key = keyOf(grader)
  const revealed = new Set(shown ? questionType(question.type).revealedBy(shown.response) : [])
  const matched = new Set(shown ? matchedBy(grader, shown.response) : [])
  const whole = shown && shown.verdict !== 'pending' ? key.feedback[FEEDBACK_BY_VERDICT[shown.verdict]] : null
  const onOptions = entryFeedback(grader).filter(({ option }) => released.allFeedback || revealed.has(option))
  const onAnswers = (key.answerFeedback ?? []).filter(({ path }) => released.allFeedback && matched.has(path))
  return [
    ...(whole ? [{ option: null, text: whole }] : []),
    ...onOptions.toSorted(byOption).map(({ option, text }) => ({ option, text })),
    ...onAnswers.map(({ option, text }) => ({ option: servedBlank(grader, option), text })),
  ]
}

/** Lists of one question may share ids: then in the order of the lists' names. */
function byOption(a: EntryFeedback, b: EntryFeedback): number {
  const [left, right] = [`${a.option} ${a.list ?? ''}`, `${b.option} ${b.list ?? ''}`]
  return left < right ? -1 : left > right ? 1 : 0
}
type EntryFeedback = ReturnType<typeof entryFeedback>[number]

const FEEDBACK_BY_VERDICT: Readonly<Record<Exclude<Verdict, 'pending'>, keyof QuestionKey['feedback']>> = {
  correct: 'correct',
  'partially-correct': 'partiallyCorrect',
  incorrect: 'incorrect',
}
