import { ONE } from './fraction.ts'
import { toFraction } from './share.ts'
import type { Outcome, QuestionOutcome, ResponseOutcome, Try } from './replay.ts'
import { type MilliPoints, toPoints } from './points.ts'
import { showsVerdictsDuring } from './policy.ts'
import type { AnswerKey, PublicQuiz, QuestionKey } from './quiz.ts'
import type { RichText } from './rich-text.ts'
import { type Release, release, type Viewer } from './release.ts'
import { questionType } from './types/registry.ts'
import type { AttemptQuestion, QuestionStatus, Result } from './wire.ts'

/** What a viewer may know of every question, in the attempt's order: for start, resume and finish. */
export function attemptQuestions(quiz: PublicQuiz, outcome: Outcome, viewer: Viewer): AttemptQuestion[] {
  return outcome.questions.map((question) => {
    const released = release(quiz, outcome, question, viewer)
    return {
      id: question.question.id,
      status: statusOf(question.tries.at(-1), released),
      tries: question.tries.length,
      triesLeft: question.triesLeft,
      score: scoreShown(question.score, question.tries.at(-1), released),
    }
  })
}

/** What results are made of: an outcome, and what it was folded from. */
export interface Graded {
  readonly quiz: PublicQuiz
  readonly answerKey: AnswerKey
  readonly outcome: Outcome
}

/** One result a question, in the attempt's order: each as its last try left it. */
export function allResults(graded: Graded, viewer: Viewer): Result[] {
  const show = presenter(graded, viewer)
  return graded.outcome.questions.map((question) =>
    show(question, question.tries.at(-1), { duplicate: false, refused: null }),
  )
}

/** One result a response of a request, in its order. */
export function resultsOf(graded: Graded, responses: readonly ResponseOutcome[], viewer: Viewer): Result[] {
  const show = presenter(graded, viewer)
  const questions = new Map(graded.outcome.questions.map((question) => [question.question.id, question]))
  return responses.map((response) => {
    const question = questions.get(response.question)!
    return show(question, response.try ?? question.tries.at(-1), response)
  })
}

type Arrival = Pick<ResponseOutcome, 'duplicate' | 'refused'>

function presenter({ quiz, answerKey, outcome }: Graded, viewer: Viewer) {
  const keys = new Map(answerKey.questions.map((key) => [key.id, key]))
  return (question: QuestionOutcome, shown: Try | undefined, arrival: Arrival): Result => {
    const released = release(quiz, outcome, question, viewer)
    return resultOf(quiz, question, keys.get(question.question.id)!, shown, arrival, released)
  }
}

function resultOf(
  quiz: PublicQuiz,
  question: QuestionOutcome,
  key: QuestionKey,
  shown: Try | undefined,
  { duplicate, refused }: Arrival,
  released: Release,
): Result {
  return {
    question: question.question.id,
    response: shown?.response ?? null,
    certainty: (shown?.certainty as Result['certainty'] | undefined) ?? null,
    status: statusOf(shown, released),
    score: scoreShown(shown?.score ?? 0, shown, released),
    maxScore: toPoints(question.maxScore),
    try: shown && showsVerdictsDuring(quiz.policy) ? shown.number : null,
    triesLeft: question.triesLeft,
    duplicate,
    refused,
    feedback: released.feedback ? feedbackOn(question, key, shown, released) : null,
    hint: released.feedback ? hintFor(quiz, question, key) : null,
    explanation: released.explanation ? key.explanation : null,
    answer: released.answer ? answerOf(question, key) : null,
    comment: null,
  }
}

function statusOf(shown: Try | undefined, released: Release): QuestionStatus {
  if (shown === undefined) return 'unanswered'
  return released.verdict ? shown.verdict : 'answered'
}

/** What a person has still to grade has no score yet. */
function scoreShown(score: MilliPoints, shown: Try | undefined, released: Release): number | null {
  return released.score && shown?.verdict !== 'pending' ? toPoints(score) : null
}

/** One more after each try that left the question open; a save is no try. */
function hintFor(quiz: PublicQuiz, { closed, tries }: QuestionOutcome, key: QuestionKey): RichText | null {
  if (closed || !showsVerdictsDuring(quiz.policy) || tries.at(-1)?.verdict === 'pending') return null
  return key.hints[tries.length - 1] ?? null
}

/**
 * A word about the response as a whole, those about options, in id order, as the author's order is not told, and at the
 * close those about the answers that the response was graded by.
 */
function feedbackOn(
  { question }: QuestionOutcome,
  key: QuestionKey,
  shown: Try | undefined,
  released: Release,
): NonNullable<Result['feedback']> {
  const { type: name, content } = question
  const type = questionType(name)
  const revealed = new Set(shown ? type.revealedBy(shown.response) : [])
  const matched = new Set(shown ? type.matched({ content, key: key.key, response: shown.response }) : [])
  const whole = shown && shown.verdict !== 'pending' ? key.feedback[FEEDBACK_BY_VERDICT[shown.verdict]] : null
  const onOptions = key.entryFeedback.filter(({ option }) => released.allFeedback || revealed.has(option))
  const onAnswers = (key.answerFeedback ?? []).filter(({ path }) => released.allFeedback && matched.has(path))
  const inIdOrder = onOptions.toSorted(byOption)
  return [...(whole ? [{ option: null, text: whole }] : []), ...[...inIdOrder, ...onAnswers].map(told)]
}

interface Word {
  readonly option: string | null
  readonly text: RichText
}

function told({ option, text }: Word): Word {
  return { option, text }
}

/** Lists of one question may share ids: then in the order of the lists' names. */
function byOption(a: QuestionKey['entryFeedback'][number], b: QuestionKey['entryFeedback'][number]): number {
  const [left, right] = [`${a.option} ${a.list ?? ''}`, `${b.option} ${b.list ?? ''}`]
  return left < right ? -1 : left > right ? 1 : 0
}

const FEEDBACK_BY_VERDICT = {
  correct: 'correct',
  'partially-correct': 'partiallyCorrect',
  incorrect: 'incorrect',
} as const

function answerOf({ question }: QuestionOutcome, key: QuestionKey): unknown {
  const literal = questionType(question.type).answer(question.content, key.key)
  const sample = () => key.samples.find(({ fraction }) => toFraction(fraction).equals(ONE))?.response
  return literal ?? sample() ?? null
}
