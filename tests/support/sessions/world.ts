import { expect } from 'vitest'
import type { Answer } from '../client.ts'
import { decodeJwt } from '../jwt.ts'
import { type Attempt, askedOf, touch } from './attempt.ts'
import type { Job } from './jobs.ts'
import { closesAtOf, policyOf, type Rules } from './policies.ts'
import { authored, type ModelQuestion } from './questions.ts'
import { attemptView, type Moment, progress, questionViews, receiptOf, resultViews, type Viewer } from './view.ts'

/** All that the model knows of a session: a quiz, its revisions, its attempts, the requests that came with keys, and jobs. */
export interface World {
  readonly rules: Rules
  readonly began: number
  readonly quiz: string
  now: number
  readonly revisions: ModelRevision[]
  current: number
  archived: boolean
  readonly attempts: Attempt[]
  /** By kind of call, caller, place and key. */
  readonly keys: Map<string, Remembered>
  readonly jobs: Job[]
}

export interface ModelRevision {
  id: string
  readonly questions: readonly ModelQuestion[]
}

/** What a request with a key came to, and a text of what it asked for. */
export interface Remembered {
  readonly asked: string
  readonly outcome: 'made' | 'noted'
  /** The number of an attempt, a revision or a job. */
  readonly subject: number
}

/** How a call is to be answered. */
export interface Expected {
  readonly status: number
  readonly code?: string
  readonly check?: (answer: Answer) => void
}

export const refuse = (status: number, code: string): Expected => ({ status, code })
export const INVALID = refuse(422, 'invalid-input')
export const ABSENT = refuse(404, 'not-found')
export const REUSED = refuse(422, 'idempotency-key-reused')

export const learnerId = ({ quiz }: World, name: string): string => `${name}-of-${quiz}`

export function documentOf({ rules, began }: World, questions: readonly ModelQuestion[]): Record<string, unknown> {
  return {
    title: 'A session',
    access: rules.access,
    sections: [{ id: 'fixed', title: 'Fixed' }, ...(rules.pool ? [{ id: 'pool', title: 'Pool' }] : [])],
    policy: policyOf(rules, began),
    questions: questions.map(authored),
  }
}

export const isClosed = ({ rules, began, now }: World): boolean => {
  const closesAt = closesAtOf(rules, began)
  return closesAt !== null && now >= closesAt
}

/** Attempts that have not been erased. */
export const standing = ({ attempts }: World): Attempt[] => attempts.filter(({ erased }) => !erased)

export const activeOf = (world: World, learner: string): Attempt | undefined =>
  standing(world).find((attempt) => attempt.learner === learner && !attempt.finished)

export const mayHaveMore = (world: World, learner: string): boolean => {
  const { attemptsPerLearner } = world.rules
  const had = standing(world).filter((attempt) => attempt.learner === learner).length
  return attemptsPerLearner === null || had < attemptsPerLearner
}

/** An attempt that begins now. What it holds, its id and its order are learned from the answer. */
export function begin(
  world: World,
  { learner, metadata, oneCall }: { learner: string | null; metadata: Record<string, string>; oneCall: boolean },
): Attempt {
  const { rules, now, began } = world
  const ends = [rules.timeLimitSeconds === null ? null : now + rules.timeLimitSeconds * 1000, closesAtOf(rules, began)]
  const deadline = oneCall ? null : ends.reduce((a, b) => (a === null || b === null ? (a ?? b) : Math.min(a, b)))
  const attempt: Attempt = {
    number: world.attempts.length,
    id: '',
    rules,
    revision: world.current,
    learner,
    metadata,
    startedAt: now,
    startDeadline: deadline,
    deadline,
    finished: null,
    asked: world.revisions[world.current]!.questions.map(askedOf),
    overridden: null,
    log: [],
    tokens: [],
    receipts: [],
    erased: false,
  }
  world.attempts.push(attempt)
  return attempt
}

/** Takes over what only the answer can say: the id, which questions were drawn, and their order. */
export function learn({ rules }: World, attempt: Attempt, ids: readonly string[], id: string): void {
  if (attempt.id !== '') return
  attempt.id = id
  const served = attempt.asked
  attempt.asked = ids.map((each) => served.find((asked) => asked.served.id === each)!)
  const inSection = (section: string) => attempt.asked.filter((asked) => asked?.served.section === section).length
  expect(attempt.asked, 'questions that no revision has').not.toContain(undefined)
  expect(new Set(ids).size).toBe(ids.length)
  expect([inSection('fixed'), inSection('pool')]).toEqual([4, rules.pool ? (rules.draws ? 1 : 2) : 0])
  if (!rules.shuffle.questions) {
    expect(attempt.asked).toEqual(served.filter((asked) => attempt.asked.includes(asked)))
  }
}

export const momentOf = ({ now, began }: World, viewer: Viewer): Moment => ({ now, began, viewer })

/** Holds an attempt that is shown to the model's. */
export function checkAttempt(world: World, attempt: Attempt, shown: any, viewer: Viewer): void {
  const { questions, quiz, revision, ...view } = shown
  expect([quiz, revision]).toEqual([world.quiz, world.revisions[attempt.revision]!.id])
  expect(view).toEqual(attemptView(attempt, momentOf(world, viewer)))
  if (questions !== undefined) expect(questions).toEqual(questionViews(attempt, momentOf(world, viewer)))
}

export const plainResults = (results: readonly any[]): unknown[] =>
  results.map(({ explanation, comment, ...result }) => ({
    ...result,
    ...(result.answer?.choices && { answer: { choices: result.answer.choices.toSorted() } }),
    explanation: explanation?.markdown ?? null,
    comment: comment?.markdown ?? null,
  }))

/** Holds an answer about a whole attempt to the model: results, token and receipt too, as far as it has them. */
export function checkWhole(world: World, attempt: Attempt, body: any, viewer: Viewer = 'learner'): void {
  const moment = momentOf(world, viewer)
  checkAttempt(world, attempt, body.attempt, viewer)
  if (body.questions)
    expect(body.questions.map(({ id }: any) => id)).toEqual(attempt.asked.map(({ served }) => served.id))
  if (body.results) expect(plainResults(body.results)).toEqual(resultViews(attempt, moment))
  if (body.token) keepToken(world, attempt, body.token)
  if (body.receipt !== undefined) checkReceipt(world, attempt, body.receipt, moment)
}

export function keepToken(world: World, attempt: Attempt, token: string): void {
  expect(decodeJwt(token).payload['progress']).toEqual(progress(attempt, momentOf(world, 'learner')))
  attempt.tokens.push(token)
}

export function checkReceipt(world: World, attempt: Attempt, receipt: string | null, moment: Moment): void {
  const expected = receiptOf(attempt, moment)
  if (expected === null || receipt === null) {
    expect(receipt).toBe(expected)
    return
  }
  const { iss: _, aud: __, iat: ___, ...claims } = decodeJwt(receipt).payload
  const place = { quiz: world.quiz, revision: world.revisions[attempt.revision]!.id }
  expect(claims).toEqual({ ...expected, ...place })
  attempt.receipts.push(Number(claims['seq']))
  expect(attempt.receipts, 'the seq of receipts').toEqual(attempt.receipts.toSorted((a, b) => a - b))
}

/** The attempt as someone finds it now: whoever first finds it over writes so. */
export function found(world: World, attempt: Attempt): Attempt {
  touch(attempt, world.now)
  return attempt
}
