import * as fc from 'fast-check'
import type { AttemptEvent, AttemptStart, SentResponse } from '../../src/grading/log.ts'
import { type Json, multipleChoice, quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { type GradedQuiz, gradedQuiz } from './graded-quiz.ts'

/** An attempt that could have been: a quiz with its policy, a start, and a log that keeps the database's promises. */
export interface Case {
  readonly policy: CasePolicy
  readonly points: { readonly single: number; readonly multiple: number; readonly truth: number }
  readonly start: AttemptStart
  readonly log: readonly AttemptEvent[]
}

/** What of a policy the fold obeys. */
export interface CasePolicy {
  readonly counted: boolean
  readonly tries: number | null
  /** In millionths. */
  readonly penalty: number
  readonly retryScoring: 'last' | 'best' | 'declining'
  /** In millionths, one a try; empty but for `declining`. */
  readonly tryPoints: readonly number[]
  readonly certainty: boolean
  readonly timeLimitSeconds: number | null
  readonly graceSeconds: number
}

export const KEY = { single: 'b', multiple: ['p', 'q', 'r'], truth: 'true' }

const QUESTIONS = [singleChoice('single'), multipleChoice('multiple'), trueFalse('truth')]
const OTHERWISE_KEYED = [
  singleChoice('single', { key: 'c' }),
  multipleChoice('multiple', { key: 'st' }),
  trueFalse('truth', { key: 'false' }),
]

const made = (questions: Json[], feedback: string) => gradedQuiz(quizDocument({ questions, policy: { feedback } }))
const COUNTED = made(QUESTIONS, 'immediate')
const SAVED = made(QUESTIONS, 'deferred')
const SAVED_OTHERWISE_KEYED = made(OTHERWISE_KEYED, 'deferred')

/** The quiz of a case. Rendering one each time would take most of a test's time, so what differs is put in its place. */
export function quizOf(drawn: Case): GradedQuiz {
  return withPolicy(drawn.policy.counted ? COUNTED : SAVED, drawn)
}

/** The same for a case without verdicts, with another right answer to every question. */
export function quizOtherwiseKeyed(drawn: Case): GradedQuiz {
  return withPolicy(SAVED_OTHERWISE_KEYED, drawn)
}

/** The case with saves in place of tries: which no policy scores by anything but the last. */
export function asSaves(drawn: Case): Case {
  return { ...drawn, policy: { ...drawn.policy, counted: false, retryScoring: 'last', tryPoints: [] } }
}

function withPolicy({ quiz, answerKey }: GradedQuiz, { policy, points: worth }: Case): GradedQuiz {
  const { counted, tries, penalty, tryPoints, retryScoring, certainty, timeLimitSeconds, graceSeconds } = policy
  const retries = {
    tries: counted ? tries : null,
    penalty: penalty / 1_000_000,
    retryScoring,
    tryPoints: retryScoring === 'declining' ? tryPoints.map((share) => share / 1_000_000) : null,
    certainty,
  }
  const questions = quiz.questions.map((question) => ({
    ...question,
    points: worth[question.id as keyof typeof worth],
  }))
  const whole = { ...quiz.policy, ...retries, timeLimitSeconds, graceSeconds }
  return { quiz: { ...quiz, policy: whole, questions }, answerKey }
}

const response: fc.Arbitrary<SentResponse> = fc.oneof(
  fc.constantFrom('a', 'b', 'c').map((choice) => ({ question: 'single', response: { choice } })),
  fc.shuffledSubarray(['p', 'q', 'r', 's', 't']).map((choices) => ({ question: 'multiple', response: { choices } })),
  fc.constant({ question: 'multiple', response: { choices: [] } }),
  fc.constantFrom('true', 'false').map((choice) => ({ question: 'truth', response: { choice } })),
)

/** Certainty is there for the policies that ask for it: it is taken away for the others. */
const sent = fc
  .tuple(response, fc.constantFrom(undefined, 1, 2, 3))
  .map(([given, certainty]): SentResponse => (certainty === undefined ? given : { ...given, certainty }))

export const responses = fc.uniqueArray(sent, { minLength: 1, maxLength: 3, selector: ({ question }) => question })

/** What a quiz with such a policy lets through of responses. */
export function admitted({ certainty }: CasePolicy, given: readonly SentResponse[]): SentResponse[] {
  if (certainty) return [...given]
  return given.map(({ question, response: said }) => ({ question, response: said }))
}

/** What is drawn of an event; its number, id and time follow from its place in the log. */
const step = fc.record({
  finish: fc.nat(15).map((drawn) => drawn === 0),
  wait: fc.constantFrom(0, 0, 1, 999, 1000, 4000),
  /** How far back the event is whose id this one has; 0 for an id of its own. */
  repeats: fc.constantFrom(0, 0, 0, 0, 0, 1, 2),
  responses,
})
type Step = typeof step extends fc.Arbitrary<infer Drawn> ? Drawn : never

function toLog(steps: readonly Step[], startedAt: number, policy: CasePolicy): AttemptEvent[] {
  let at = startedAt
  return steps.map(({ finish, wait, repeats, responses: given }, index): AttemptEvent => {
    at += wait
    const common = { seq: index + 1, id: `evt_${Math.max(0, index - repeats)}`, at }
    return finish
      ? { ...common, type: 'finished', body: {} }
      : { ...common, type: 'responded', body: { responses: admitted(policy, given) } }
  })
}

const millionths = fc.oneof(fc.constantFrom(0, 333_333, 500_000, 1_000_000), fc.integer({ min: 0, max: 1_000_000 }))
const limits = { timeLimitSeconds: fc.constantFrom(null, 5, 10), graceSeconds: fc.constantFrom(0, 2) }

/** The policies that are not refused: with saves the last one counts, with certainty there is one try. */
const policies: fc.Arbitrary<CasePolicy> = fc.oneof(
  fc.record({
    ...limits,
    counted: fc.constant(true),
    tries: fc.constantFrom(1, 2, 3, null),
    penalty: millionths,
    retryScoring: fc.constantFrom('last', 'best'),
    tryPoints: fc.constant([]),
    certainty: fc.constant(false),
  }),
  fc
    .record({
      ...limits,
      counted: fc.constant(true),
      penalty: fc.constant(0),
      retryScoring: fc.constant('declining' as const),
      tryPoints: fc.array(millionths, { minLength: 1, maxLength: 4 }).map((shares) => shares.toSorted((a, b) => b - a)),
      certainty: fc.constant(false),
    })
    .map((policy) => ({ ...policy, tries: policy.tryPoints.length })),
  fc.record({
    ...limits,
    counted: fc.boolean(),
    tries: fc.constant(1),
    penalty: millionths,
    retryScoring: fc.constant('last' as const),
    tryPoints: fc.constant([]),
    certainty: fc.boolean(),
  }),
)

/** Thousandths of a point, as an author may write them. */
const points = fc.oneof(
  fc.constantFrom(0.001, 0.005, 1, 3, 10_000),
  fc.integer({ min: 1, max: 9999 }).map((n) => n / 1000),
)

export const cases: fc.Arbitrary<Case> = fc
  .record({
    policy: policies,
    points: fc.record({ single: points, multiple: points, truth: points }),
    steps: fc.array(step, { maxLength: 25 }),
  })
  .map(({ steps, ...rest }) => {
    const startedAt = 1_000_000
    const { timeLimitSeconds } = rest.policy
    const deadline = timeLimitSeconds === null ? null : startedAt + timeLimitSeconds * 1000
    return { ...rest, start: { id: 'att_case', startedAt, deadline }, log: toLog(steps, startedAt, rest.policy) }
  })
