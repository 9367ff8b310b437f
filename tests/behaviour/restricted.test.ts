import { beforeAll, describe, expect, it } from 'vitest'
import { newQuizId, publish, start, startFor } from '../support/actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { attemptsOf } from '../support/rows.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const RESTRICTED = quizDocument({ access: 'restricted' })
const responses = [{ question: 'single', response: { choice: 'b' } }]

/** What a stranger can ask of a quiz. */
const STRANGERS = [
  ['GET', '', {}],
  ['GET', '/questions', {}],
  ['POST', '/attempts', {}],
  ['POST', '/attempts', { body: {} }],
  ['POST', '/attempts', { body: { learner: { id: 'learner' } } }],
  ['POST', '/submissions', { body: { responses } }],
  ['POST', '/submissions', { body: { responses: [{ question: 'elsewhere', response: { choice: 'b' } }] } }],
  ['POST', '/submissions', { body: { responses, learner: { id: 'learner' } } }],
] as const

describe('a restricted quiz', () => {
  it('is to a stranger as one that is not there, whatever is asked', async () => {
    const quiz = await publish(host, RESTRICTED)
    const absent = newQuizId()
    for (const [method, path, options] of STRANGERS) {
      const ask = (id: string) => host.client.call(method, `/v1/quizzes/${id}${path}`, options)
      const [real, imagined] = [await ask(quiz), await ask(absent)]
      const alike = { ...real.body, instance: imagined.body.instance }
      expect(real.status).toBe('learner' in ((options as any).body ?? {}) ? 403 : 404)
      expect(alike).toEqual(imagined.body)
      const names = (answer: typeof real) => [...answer.headers.keys()]
      expect(names(real)).toEqual(names(imagined))
    }
    expect(await attemptsOf(host.deps.db, quiz)).toEqual([])
  })

  it('is in no stranger’s list, and in that of staff', async () => {
    const quiz = await publish(host, RESTRICTED)
    const ids = async (token: string | null) =>
      (await host.client.call('GET', '/v1/quizzes?limit=200', { token })).body.quizzes.map((each: any) => each.id)
    expect(await ids(null)).not.toContain(quiz)
    expect(await ids(ROOT_KEY)).toContain(quiz)
  })

  it('is open to staff, and its questions hold no answer for them either', async () => {
    const quiz = await publish(host, RESTRICTED)
    const read = await host.client.call('GET', `/v1/quizzes/${quiz}`, { token: ROOT_KEY })
    expect(read).toMatchObject({ status: 200, body: { id: quiz, access: 'restricted' } })
    const questions = await host.client.call('GET', `/v1/quizzes/${quiz}/questions`, { token: ROOT_KEY })
    expect(questions.body.questions).toHaveLength(3)
  })

  it('is started with metadata under any name, also one that every object has', async () => {
    const quiz = await publish(host, RESTRICTED)
    const metadata = { constructor: 'a', prototype: 'b', toString: 'c', course: 'd' }
    const body = { learner: { id: 'ada' }, metadata }
    const answer = await host.client.call('POST', `/v1/quizzes/${quiz}/attempts`, { token: ROOT_KEY, body })
    expect(answer.body.attempt.metadata).toEqual(metadata)
  })

  it('is started for a named learner alone', async () => {
    const quiz = await publish(host, RESTRICTED)
    for (const options of [{}, { body: {} }, { body: { metadata: { a: 'b' } } }]) {
      const refused = await host.client.call('POST', `/v1/quizzes/${quiz}/attempts`, { token: ROOT_KEY, ...options })
      expect(refused).toMatchObject({ status: 422, body: { code: 'invalid-input' } })
      expect(refused.body.errors).toMatchObject([{ pointer: '/learner', code: 'invalid-shape' }])
    }
    expect(await attemptsOf(host.deps.db, quiz)).toEqual([])
    expect((await startFor(host, quiz, 'learner')).started.status).toBe(201)
  })

  it('is taken by its learner with nothing but the token', async () => {
    const run = await startFor(host, await publish(host, RESTRICTED), 'learner')
    const right = await run.respond('single', { choice: 'b' }, { releases: ['single'] })
    expect(right.body.results[0]).toMatchObject({ status: 'correct', score: 1 })
    expect((await run.resume({ releases: ['single'] })).status).toBe(200)
    expect((await run.finish({ releases: ['single'] })).body.attempt).toMatchObject({ status: 'finished', score: 1 })
  })

  it('is not answered by staff in the learner’s place', async () => {
    const run = await startFor(host, await publish(host, RESTRICTED), 'learner')
    for (const answer of [
      await run.respond('single', { choice: 'b' }, { token: ROOT_KEY }),
      await run.finish({ token: ROOT_KEY }),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    }
    expect((await run.resume()).body.attempt).toMatchObject({ status: 'active', answeredCount: 0 })
  })
})

describe('a quiz whose access changes', () => {
  it('is closed to strangers at once where it was restricted, and attempts that run go on', async () => {
    const quiz = await publish(host)
    const run = await start(host, quiz)
    await publish(host, RESTRICTED, quiz)
    expect((await host.client.call('POST', `/v1/quizzes/${quiz}/attempts`)).status).toBe(404)
    expect((await host.client.call('GET', `/v1/quizzes/${quiz}`)).status).toBe(404)
    expect((await run.respond('single', { choice: 'b' }, { releases: ['single'] })).status).toBe(200)
    expect((await run.finish({ releases: ['single'] })).body.attempt.score).toBe(1)
  })

  it('is open to them where it was made public', async () => {
    const quiz = await publish(host, RESTRICTED)
    expect((await host.client.call('GET', `/v1/quizzes/${quiz}`)).status).toBe(404)
    await publish(host, quizDocument(), quiz)
    expect((await start(host, quiz)).started.status).toBe(201)
  })
})
