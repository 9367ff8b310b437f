import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { newQuizId, publish, startFor } from '../support/actions.ts'
import type { Answer, CallOptions } from '../support/client.ts'
import { createHost, PUBLIC_URL, ROOT_KEY, type TestHost } from '../support/host.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { attemptRow, attemptsOf, logOf } from '../support/rows.ts'
import { NOTHING_SAID, said } from '../support/said.ts'

const ALL = ['single', 'multiple', 'truth']

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

function submit(quiz: string, responses: readonly Json[], options: CallOptions = {}, more: Json = {}): Promise<Answer> {
  return host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body: { responses, ...more }, ...options })
}

const submitFor = (quiz: string, learner: string, responses: readonly Json[] = []) =>
  submit(quiz, responses, { token: ROOT_KEY, releases: ALL }, { learner: { id: learner } })

const RIGHT = { question: 'single', response: { choice: 'b' } }
const PARTLY = { question: 'multiple', response: { choices: ['p', 'q'] } }

describe('one call for start, responses and finish', () => {
  it('answers with the outcome and a receipt, and with no token', async () => {
    const quiz = await publish(host)
    const answer = await submit(quiz, [PARTLY, RIGHT], { releases: ['single', 'multiple'] })
    expect(answer.status).toBe(201)
    expect(Object.keys(answer.body).toSorted()).toEqual(['attempt', 'receipt', 'results'])
    const now = new Date(host.clock.now).toISOString()
    expect(answer.body.attempt).toMatchObject({
      quiz,
      status: 'finished',
      finishReason: 'submitted',
      learner: null,
      startedAt: now,
      finishedAt: now,
      deadline: null,
      answeredCount: 2,
      score: 3,
      maxScore: 5,
      passed: false,
    })
    expect(answer.headers.get('Location')).toBe(`${PUBLIC_URL}/v1/attempts/${answer.body.attempt.id}`)
    expect(decodeJwt(answer.body.receipt)).toMatchObject({
      sub: answer.body.attempt.id,
      quiz,
      score: 3,
      maxScore: 5,
      passed: false,
      seq: 2,
      final: true,
    })
  })

  it('has a result for every question, in the order of the attempt', async () => {
    const answer = await submit(await publish(host), [PARTLY, RIGHT], { releases: ['single', 'multiple'] })
    expect(
      answer.body.results.map((result: any) => [result.question, result.status, result.score, result.try]),
    ).toEqual([
      ['single', 'correct', 1, 1],
      ['multiple', 'partially-correct', 2, 1],
      ['truth', 'unanswered', 0, null],
    ])
    expect(said(answer.body.results[1])).toMatchObject({
      explanation: 'explanation',
      answer: { choices: ['p', 'q', 'r'] },
    })
    expect(said(answer.body.results[2])).toEqual(NOTHING_SAID)
  })

  it('leaves an attempt that is settled, as if it had been taken step by step', async () => {
    const quiz = await publish(host, quizDocument({ policy: { passingScore: 0.6 } }))
    const { body } = await submit(quiz, [RIGHT, PARTLY], { releases: ALL })
    expect(await attemptRow(host.deps.db, body.attempt.id)).toMatchObject({
      finishedAt: host.clock.now,
      settled: 2,
      score: 3000,
      passed: true,
    })
    expect((await logOf(host.deps.db, body.attempt.id)).map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'responded'],
      [2, 'finished'],
    ])
    const path = `/v1/attempts/${body.attempt.id}`
    const staff = await host.client.call('GET', path, { token: ROOT_KEY, releases: 'everything' })
    expect(staff.body.attempt).toMatchObject({ score: 3, passed: true, finishReason: 'submitted' })
  })

  it('takes no answer at all for an attempt with nothing answered', async () => {
    const answer = await submit(await publish(host), [])
    expect(answer.status).toBe(201)
    expect(answer.body.attempt).toMatchObject({ status: 'finished', answeredCount: 0, score: 0, passed: false })
  })

  it('is a first try where there are more, without penalty and without hints', async () => {
    const quiz = await publish(host, quizDocument({ policy: { tries: 3, penalty: 0.5 } }))
    const { body } = await submit(quiz, [RIGHT, PARTLY], { releases: ALL })
    expect(body.attempt.score).toBe(3)
    expect(body.results[1]).toMatchObject({ try: 1, triesLeft: 0, hint: null, status: 'partially-correct' })
    expect(said(body.results[1]).feedback).toEqual(['partly', ...['p', 'q', 'r', 's', 't'].map((id) => `option-${id}`)])
  })

  it('tells what the review of a finished attempt lists, and no more', async () => {
    const deferred = await publish(host, quizDocument({ policy: { feedback: 'deferred' } }))
    const told = await submit(deferred, [RIGHT], { releases: ['single'] })
    expect(told.body.results[0]).toMatchObject({ status: 'correct', try: null, triesLeft: null })
    const never = await publish(host, quizDocument({ policy: { feedback: 'never' } }))
    const total = await submit(never, [RIGHT])
    expect(total.body.attempt.score).toBe(1)
    expect(total.body.results[0]).toMatchObject({ status: 'answered', score: null, ...NOTHING_SAID })
    const nothing = await publish(host, quizDocument({ policy: { feedback: 'never', review: { finished: [] } } }))
    const silent = await submit(nothing, [RIGHT])
    expect(silent.body).toMatchObject({ receipt: null, attempt: { score: null, passed: null, status: 'finished' } })
  })

  it('is refused whole, and starts nothing, when one answer is malformed', async () => {
    const quiz = await publish(host)
    for (const [second, pointer, code] of [
      [{ question: 'elsewhere', response: { choice: 'a' } }, '/responses/1/question', 'unknown-id'],
      [RIGHT, '/responses/1/question', 'duplicate'],
      [{ question: 'multiple', response: { choices: ['p', 'z'] } }, '/responses/1/response/choices/1', 'unknown-id'],
    ] as const) {
      const answer = await submit(quiz, [RIGHT, second])
      expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-input' } })
      expect(answer.body.errors).toMatchObject([{ pointer, code }])
    }
    expect(await attemptsOf(host.deps.db, quiz)).toEqual([])
  })

  it('is refused where a time limit runs', async () => {
    const quiz = await publish(host, quizDocument({ policy: { timeLimitSeconds: 60 } }))
    expect(await submit(quiz, [RIGHT])).toMatchObject({ status: 403, body: { code: 'start-required' } })
    expect(await attemptsOf(host.deps.db, quiz)).toEqual([])
  })

  it('finds no quiz where there is none', async () => {
    expect((await submit(newQuizId(), [RIGHT])).status).toBe(404)
  })
})

describe('one call in the name of a learner', () => {
  it('belongs to that learner, and is an attempt of theirs', async () => {
    const quiz = await publish(host, quizDocument({ access: 'restricted', policy: { attemptsPerLearner: 2 } }))
    const learner = { id: 'learner', name: 'Lea Lerner' }
    const answer = await submit(quiz, [RIGHT], { token: ROOT_KEY, releases: ALL }, { learner })
    expect(answer.body.attempt.learner).toEqual(learner)
    expect(decodeJwt(answer.body.receipt)).toMatchObject({ learner })
    expect((await submitFor(quiz, 'learner')).status).toBe(201)
    const third = await submitFor(quiz, 'learner')
    expect(third).toMatchObject({ status: 409, body: { code: 'no-attempts-left' } })
    expect((await submitFor(quiz, 'another')).status).toBe(201)
    expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(3)
  })

  it('is refused while they have an active attempt, and that one goes on', async () => {
    const quiz = await publish(host, quizDocument({ access: 'restricted' }))
    const run = await startFor(host, quiz, 'learner')
    const refused = await submitFor(quiz, 'learner', [RIGHT])
    expect(refused).toMatchObject({ status: 409, body: { code: 'attempt-active' } })
    expect((await run.resume()).body.attempt).toMatchObject({ status: 'active', answeredCount: 0 })
    expect((await submitFor(quiz, 'another')).status).toBe(201)
    await run.finish()
    expect((await submitFor(quiz, 'learner')).status).toBe(201)
  })

  it('is for staff alone', async () => {
    const quiz = await publish(host)
    const refused = await submit(quiz, [RIGHT], {}, { learner: { id: 'learner' } })
    expect(refused).toMatchObject({ status: 403, body: { code: 'learner-not-allowed' } })
    expect(await attemptsOf(host.deps.db, quiz)).toEqual([])
  })

  it('is what a restricted quiz wants', async () => {
    const quiz = await publish(host, quizDocument({ access: 'restricted' }))
    const refused = await submit(quiz, [RIGHT], { token: ROOT_KEY })
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid-input' } })
    expect(refused.body.errors).toMatchObject([{ pointer: '/learner' }])
    expect(await submit(quiz, [RIGHT])).toMatchObject({ status: 404, body: { code: 'not-found' } })
    expect(await attemptsOf(host.deps.db, quiz)).toEqual([])
  })
})
