import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { attemptRow } from '../support/rows.ts'

/** A quiz that asks how sure a learner is: three questions of 1, 3 and 1 points. */

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const ALL = ['single', 'multiple', 'truth']
const STAFF = { token: ROOT_KEY, releases: 'everything' } as const

const take = async (policy: Json = {}): Promise<Run> =>
  start(host, await publish(host, quizDocument({ policy: { certainty: true, ...policy } })))
const say = (question: string, response: Json, certainty?: unknown): Json => ({
  question,
  response,
  ...(certainty !== undefined && { certainty }),
})
const send = (run: Run, ...responses: Json[]) => run.respondAll(responses, { releases: ALL })
const RIGHT = { single: { choice: 'b' }, multiple: { choices: ['p', 'q', 'r'] }, truth: { choice: 'true' } }
const WRONG = { single: { choice: 'a' }, multiple: { choices: ['s'] }, truth: { choice: 'false' } }

describe('an answer', () => {
  const rows: [name: string, sent: Json, score: number][] = [
    ['right and not sure', say('single', RIGHT.single, 1), 1],
    ['right and quite sure', say('single', RIGHT.single, 2), 2],
    ['right and very sure', say('single', RIGHT.single, 3), 3],
    ['wrong and not sure', say('single', WRONG.single, 1), 0],
    ['wrong and quite sure', say('single', WRONG.single, 2), -2],
    ['wrong and very sure', say('multiple', WRONG.multiple, 3), -18],
    ['a third right and quite sure', say('multiple', { choices: ['p'] }, 2), 2],
    ['two thirds right and very sure', say('multiple', { choices: ['p', 'q'] }, 3), 6],
    ['left blank and very sure', say('multiple', { choices: [] }, 3), -18],
    ['right, with no word on it', say('single', RIGHT.single), 1],
    ['wrong, with no word on it', say('single', WRONG.single), 0],
  ]
  it.each(rows)('%s', async (_, sent, score) => {
    const run = await take()
    const { results, attempt, token } = (await send(run, sent)).body
    const worth = sent['question'] === 'multiple' ? 9 : 3
    expect(results[0]).toMatchObject({
      score,
      maxScore: worth,
      certainty: sent['certainty'] ?? 1,
      try: 1,
      triesLeft: 0,
    })
    expect(attempt).toMatchObject({ score: Math.max(0, score), maxScore: 15 })
    expect(decodeJwt(token)['progress']).toMatchObject({ score: Math.max(0, score) })
    const finished = (await run.finish({ releases: ALL })).body
    expect(finished.attempt).toMatchObject({ score: Math.max(0, score), maxScore: 15 })
    expect(finished.attempt.questions.find(({ id }: Json) => id === sent['question'])).toMatchObject({ score })
    expect(finished.results.find(({ question }: Json) => question === sent['question'])).toEqual(results[0])
    expect(decodeJwt(finished.receipt)).toMatchObject({ score: Math.max(0, score), maxScore: 15 })
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ score: Math.max(0, score) * 1000, maxScore: 15_000 })
  })

  it('that is wrong can cost what others earned, and never more', async () => {
    const run = await take()
    await send(run, say('multiple', RIGHT.multiple, 3))
    expect((await send(run, say('truth', WRONG.truth, 3))).body.attempt.score).toBe(3)
    const last = await send(run, say('single', WRONG.single, 3))
    expect(last.body.attempt.score).toBe(0)
    const { attempt } = (await run.finish({ releases: ALL })).body
    expect(attempt.questions.map(({ score }: Json) => score)).toEqual([-6, 9, -6])
    expect(attempt).toMatchObject({ score: 0, passed: false })
  })

  it('keeps its certainty before it is told what it earned, and a save can change it', async () => {
    const run = await take({ feedback: 'deferred' })
    const saved = await run.respondAll([say('single', RIGHT.single, 3), say('truth', WRONG.truth)])
    expect(saved.body.results).toMatchObject([
      { certainty: 3, status: 'answered', score: null, maxScore: 3 },
      { certainty: 1, status: 'answered', score: null, maxScore: 3 },
    ])
    const changed = await run.respondAll([say('single', RIGHT.single, 2)])
    expect(changed.body.results[0]).toMatchObject({ certainty: 2, duplicate: false, status: 'answered' })
    const repeated = await run.respondAll([say('single', RIGHT.single, 2)])
    expect(repeated.body.results[0]).toMatchObject({ certainty: 2, duplicate: true })
    expect((await run.resume()).body.results.map(({ certainty }: Json) => certainty)).toEqual([2, null, 1])
    expect((await run.finish({ releases: ALL })).body.attempt.score).toBe(2)
  })

  it('is repeated with its own certainty alone; with another it is another try, and there is one', async () => {
    const run = await take()
    const [first] = (await send(run, say('single', WRONG.single, 2))).body.results
    expect((await send(run, say('single', WRONG.single, 2))).body.results).toEqual([{ ...first, duplicate: true }])
    for (const certainty of [1, 3, undefined]) {
      const refused = await send(run, say('single', WRONG.single, certainty))
      expect(refused).toMatchObject({ status: 409, body: { code: 'no-tries-left' } })
      expect(refused.body.results).toEqual([{ ...first, refused: 'no-tries-left' }])
    }
  })

  it('can come in one call', async () => {
    const quiz = await publish(host, quizDocument({ policy: { certainty: true } }))
    const responses = [say('single', RIGHT.single, 3), say('truth', WRONG.truth, 2)]
    const { body } = await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
      body: { responses },
      releases: ALL,
    })
    expect(body.attempt).toMatchObject({ score: 1, maxScore: 15, passed: false })
    expect(body.results.map(({ score, certainty }: Json) => [score, certainty])).toEqual([
      [3, 3],
      [0, null],
      [-2, 2],
    ])
  })
})

describe('passing', () => {
  const rows: [policy: Json, sent: Json[], score: number, passed: boolean][] = [
    [{}, [say('multiple', RIGHT.multiple, 1)], 3, false],
    // 70 % of 5 points are 3.5, however much could be had.
    [{}, [say('single', RIGHT.single, 1), say('multiple', RIGHT.multiple, 1)], 4, true],
    [{}, [say('multiple', { choices: ['p', 'q'] }, 2)], 4, true],
    [{}, [say('multiple', RIGHT.multiple, 2), say('single', WRONG.single, 3)], 0, false],
    [{ passingScore: 1 }, [say('multiple', RIGHT.multiple, 2)], 6, true],
    [{ passingScore: 0 }, [say('single', WRONG.single, 3)], 0, true],
  ]
  it.each(rows)('is measured by the points without certainty: %o with %o', async (policy, sent, score, passed) => {
    const run = await take(policy)
    await send(run, ...sent)
    const finished = await run.finish({ releases: ALL })
    expect(finished.body.attempt).toMatchObject({ score, maxScore: 15, passed })
    expect(decodeJwt(finished.body.receipt)).toMatchObject({ score, passed, final: true })
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ score: score * 1000, passed })
  })
})

describe('what there is to have is three times the points', () => {
  it('in the quiz, its list, an attempt that starts, and for staff', async () => {
    const quiz = await publish(host, quizDocument({ policy: { certainty: true } }))
    expect((await host.client.call('GET', `/v1/quizzes/${quiz}`)).body).toMatchObject({ maxScore: 15 })
    const run = await start(host, quiz)
    expect(run.started.body).toMatchObject({ quiz: { maxScore: 15 }, attempt: { maxScore: 15 } })
    expect(run.started.body.questions.map(({ points }: Json) => points)).toEqual([1, 3, 1])
    const seen = await run.resume(STAFF)
    expect(seen.body.results.map(({ maxScore }: Json) => maxScore)).toEqual([3, 9, 3])
    const listed = await host.client.call('GET', `/v1/quizzes/${quiz}/attempts`, { token: ROOT_KEY })
    expect(listed.body.attempts[0]).toMatchObject({ maxScore: 15 })
  })

  it('also where a person says what it is worth', async () => {
    const run = await take()
    await send(run, say('single', WRONG.single, 3))
    const path = `/v1/attempts/${run.id}/overrides`
    const given = await host.client.call('POST', path, {
      ...STAFF,
      body: { question: 'single', score: 3, reason: 'x' },
    })
    expect(given.body.attempt).toMatchObject({ score: 3, maxScore: 15 })
    const above = await host.client.call('POST', path, {
      ...STAFF,
      body: { question: 'single', score: 3.001, reason: 'x' },
    })
    expect(problemOf(above)).toEqual([422, 'invalid-input', '/score inconsistent'])
    const below = await host.client.call('POST', path, {
      ...STAFF,
      body: { question: 'single', score: -1, reason: 'x' },
    })
    expect(problemOf(below)).toEqual([422, 'invalid-input', '/score invalid-shape'])
  })
})

describe('a certainty that is none is refused, and nothing of its request counts', () => {
  it.each([0, 4, -1, 1.5, '3', null, true, [3], { level: 3 }])('%o', async (certainty) => {
    const run = await take()
    const responses = [say('truth', RIGHT.truth, 3), say('single', RIGHT.single, certainty)]
    const refused = [
      await run.respondAll(responses),
      await host.client.call('POST', `/v1/quizzes/${run.started.body.quiz.id}/submissions`, { body: { responses } }),
    ]
    for (const answer of refused) {
      expect(problemOf(answer)).toEqual([422, 'invalid-input', '/responses/1/certainty invalid-shape'])
    }
    expect((await run.resume()).body.attempt.answeredCount).toBe(0)
  })

  it.each([{}, { feedback: 'deferred' }, { tries: 3 }, { retryScoring: 'best', tries: 3 }])(
    'any, where the policy does not ask: %o',
    async (policy) => {
      const run = await take({ ...policy, certainty: false })
      for (const certainty of [1, 2, 3]) {
        const responses = [say('truth', RIGHT.truth), say('single', RIGHT.single, certainty)]
        const refused = [
          await run.respondAll(responses),
          await host.client.call('POST', `/v1/quizzes/${run.started.body.quiz.id}/submissions`, {
            body: { responses },
          }),
        ]
        for (const answer of refused) {
          expect(problemOf(answer)).toEqual([422, 'invalid-input', '/responses/1/certainty inconsistent'])
        }
      }
      expect((await run.resume()).body.attempt.answeredCount).toBe(0)
    },
  )
})
