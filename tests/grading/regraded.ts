import type { AttemptEvent, AttemptStart, EventBody } from '../../src/grading/log.ts'
import { Fold, type Outcome, type Revision } from '../../src/grading/replay.ts'
import { toPoints } from '../../src/grading/points.ts'
import type { Regrading } from '../../src/grading/regrading.ts'
import { allResults } from '../../src/grading/results.ts'
import type { Result } from '../../src/grading/wire.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { gradedQuiz } from './graded-quiz.ts'

/** Attempts that are regraded, as logs: what happened to them, in order. */

export const TARGET = 'rev_target'
export const SERVED = 'rev_served'
const START: AttemptStart = { id: 'att_one', revision: SERVED, startedAt: 0, deadline: null }

export const says = (question: string, response: Json, certainty?: 1 | 2 | 3): EventBody => ({
  type: 'responded',
  body: { responses: [{ question, response, ...(certainty && { certainty }) }] },
})
export const chooses = (choice: string, question = 'single'): EventBody => says(question, { choice })
export const finishes: EventBody = { type: 'finished', body: {} }
export const grades = (question: string, score: number, of: number): EventBody => ({
  type: 'graded',
  body: { question, score, of, comment: { markdown: 'Well said.', html: '' }, by: 'key_one' },
})
export const overrides = (question: string | null, score: number | null, of = 0): EventBody => ({
  type: 'overridden',
  body: { question, ...(score === null ? { score } : { score, of }), reason: 'Seen in person', by: 'key_one' },
})
export const regrades = (change: Partial<Regrading> = {}): EventBody => ({
  type: 'regraded',
  body: {
    regrade: 'rgr_one',
    by: 'key_one',
    reason: 'The key was wrong',
    revision: TARGET,
    rule: 'new-key',
    questions: null,
    map: {},
    ...change,
  },
})

export interface Revisions {
  readonly served: Revision
  readonly targets: ReadonlyMap<string, Revision>
}

/** The versions of a quiz by their questions: the one that is served, and the target; and others by their ids. */
export function revisions(
  served: Json[],
  target: Json[],
  policy: Json = {},
  others: Record<string, Json[]> = {},
): Revisions {
  const made = (questions: Json[]) => gradedQuiz(quizDocument({ questions, policy }))
  const named = Object.entries({ [TARGET]: target, ...others }).map(([id, questions]) => [id, made(questions)] as const)
  return { served: made(served), targets: new Map(named) }
}

export function logOf(happened: readonly EventBody[]): AttemptEvent[] {
  return happened.map((event, index) => ({ seq: index + 1, id: `evt_${index + 1}`, at: index * 1000, ...event }))
}

export function foldOf({ served, targets }: Revisions, ...happened: readonly EventBody[]): Fold {
  const fold = new Fold(START, served, targets)
  for (const event of logOf(happened)) fold.take(event)
  return fold
}

export function outcomeOf(versions: Revisions, ...happened: readonly EventBody[]): Outcome {
  return foldOf(versions, ...happened).outcome()
}

/** How one question stands: what it earned, and of how much, in points; and each of its tries. */
export function standing(outcome: Outcome, id: string) {
  const { score, maxScore, closed, triesLeft, pending, tries } = outcome.questions.find(
    ({ question }) => question.id === id,
  )!
  const verdicts = tries.map(({ verdict }) => verdict)
  return { score: toPoints(score), of: toPoints(maxScore), closed, triesLeft, pending, verdicts }
}

/** Such as `2 of 3`. */
export function earned(outcome: Outcome, id: string): string {
  const { score, of } = standing(outcome, id)
  return `${score} of ${of}`
}

export function total({ score, maxScore }: Outcome): string {
  return `${toPoints(score)} of ${toPoints(maxScore)}`
}

/** What the learner of a finished attempt is told of a question. */
export function toldOf(versions: Revisions, id: string, ...happened: readonly EventBody[]): Result {
  const outcome = outcomeOf(versions, ...happened)
  const results = allResults({ quiz: versions.served.quiz, outcome, closed: false }, 'learner')
  return results.find(({ question }) => question === id)!
}
