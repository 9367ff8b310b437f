import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { publish, start, startFor } from '../support/actions.ts'
import type { Answer, CallOptions } from '../support/client.ts'
import { createHost, PUBLIC_URL, ROOT_KEY, type TestHost } from '../support/host.ts'
import { type Json, quizDocument, singleChoice } from '../support/quiz-document.ts'
import { attemptsOf } from '../support/rows.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const post = (quiz: string, options: CallOptions = {}): Promise<Answer> =>
  host.client.call('POST', `/v1/quizzes/${quiz}/attempts`, options)

const postFor = (quiz: string, learner: Json, more: Json = {}) =>
  post(quiz, { token: ROOT_KEY, body: { learner, ...more } })

const restricted = (policy: Json = {}) => quizDocument({ access: 'restricted', policy })

describe('metadata without an API key', () => {
  it('is refused: it would stand in lists among what staff themselves have noted', async () => {
    const quiz = await publish(host)
    const path = `/v1/quizzes/${quiz}/attempts`
    const refused = await host.client.call('POST', path, { body: { metadata: { course: 'x' } } })
    expect(refused).toMatchObject({ status: 403, body: { code: 'learner-not-allowed' } })
    expect((await host.client.call('POST', path, { body: { metadata: {} } })).status).toBe(201)
  })
})

describe('a start', () => {
  it('needs no key, no body and no name on a public quiz, and gives all that is needed to go on', async () => {
    const quiz = await publish(host)
    const started = await post(quiz)
    expect(started.status).toBe(201)
    const { attempt, questions, token } = started.body
    const summary = (await host.client.call('GET', `/v1/quizzes/${quiz}`)).body
    expect(attempt).toEqual({
      id: attempt.id,
      quiz,
      revision: summary.revision,
      status: 'active',
      finishReason: null,
      learner: null,
      metadata: {},
      startedAt: new Date(host.clock.now).toISOString(),
      deadline: null,
      finishedAt: null,
      serverTime: new Date(host.clock.now).toISOString(),
      questionCount: 3,
      answeredCount: 0,
      score: 0,
      maxScore: 5,
      passed: null,
      calibration: null,
      questions: ['single', 'multiple', 'truth'].map((id) => ({
        id,
        status: 'unanswered',
        tries: 0,
        triesLeft: 1,
        score: null,
      })),
    })
    expect(attempt.id).toMatch(/^att_[0-9a-v]{10}[A-Za-z0-9_-]{22}$/)
    expect(started.body.quiz).toEqual(summary)
    expect(questions.map((question: any) => question.id)).toEqual(['single', 'multiple', 'truth'])
    expect(started.headers.get('Location')).toBe(`${PUBLIC_URL}/v1/attempts/${attempt.id}`)
    expect(decodeJwt(token)).toMatchObject({
      sub: attempt.id,
      quiz,
      rev: attempt.revision,
      progress: { answered: 0, total: 3, score: 0 },
    })
    expect(started.body).not.toHaveProperty('receipt')
  })

  it('takes an empty body as none', async () => {
    expect((await post(await publish(host), { body: {} })).status).toBe(201)
  })

  it('without a name is a new attempt each time, for staff too', async () => {
    const quiz = await publish(host)
    const answers = [await post(quiz), await post(quiz), await post(quiz, { token: ROOT_KEY })]
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(answers.map(({ body }) => body.attempt.id)).size).toBe(3)
  })

  it('gives ids that sort by the time of the start', async () => {
    const quiz = await publish(host)
    const first = await start(host, quiz)
    host.clock.now += 1
    const second = await start(host, quiz)
    host.clock.now += 1_000_000_000
    const third = await start(host, quiz)
    host.clock.now -= 1_000_000_001
    expect([third.id, first.id, second.id].toSorted()).toEqual([first.id, second.id, third.id])
  })

  it('keeps metadata, and gives it back wherever the attempt is shown', async () => {
    const quiz = await publish(host)
    const metadata = { course: 'Lehrgang ü', 'x.y-z_1': '' }
    const run = await start(host, quiz, { token: ROOT_KEY, body: { metadata } })
    for (const answer of [run.started, await run.resume(), await run.finish()]) {
      expect(answer.body.attempt.metadata).toEqual(metadata)
    }
  })

  it('in the name of a learner is for staff alone, whether the quiz is there or not', async () => {
    const quizzes = [await publish(host), await publish(host, restricted()), 'no-such-quiz']
    for (const quiz of quizzes) {
      const refused = await post(quiz, { body: { learner: { id: 'learner' } } })
      expect(refused).toMatchObject({ status: 403, body: { code: 'learner-not-allowed' } })
      expect(await attemptsOf(host.deps.db, quiz)).toEqual([])
    }
  })
})

describe('a named learner', () => {
  it('is named in every answer, the receipt too', async () => {
    const quiz = await publish(host, restricted())
    const learner = { id: 'learner-1', name: 'Ada' }
    const started = await postFor(quiz, learner)
    expect(started.body.attempt.learner).toEqual(learner)
    const run = await startFor(host, quiz, 'learner-1')
    const finished = await run.finish()
    expect(finished.body.attempt.learner).toEqual(learner)
    expect(decodeJwt(finished.body.receipt)['learner']).toEqual(learner)
  })

  it('gets the active attempt back, as it stands, with a token that goes on with it', async () => {
    const quiz = await publish(host, restricted({ tries: 2 }))
    const run = await startFor(host, quiz, 'learner')
    await run.respond('single', { choice: 'a' }, { releases: ['single'] })
    host.clock.now += 5000
    const again = await postFor(quiz, { id: 'learner' })
    expect(again.status).toBe(200)
    expect(again.body.attempt).toMatchObject({ id: run.id, status: 'active', answeredCount: 1, score: 0 })
    expect(again.body.attempt.startedAt).toBe(run.started.body.attempt.startedAt)
    expect(again.body.attempt.questions[0]).toMatchObject({ status: 'incorrect', tries: 1, triesLeft: 1 })
    expect(again.body.questions).toEqual(run.started.body.questions)
    expect(again.headers.get('Location')).toBe(`${PUBLIC_URL}/v1/attempts/${run.id}`)
    expect((await run.resume({ token: again.body.token, releases: ['single'] })).status).toBe(200)
    expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(1)
  })

  it('keeps the name and metadata that the attempt began with', async () => {
    const quiz = await publish(host, restricted())
    await postFor(quiz, { id: 'learner', name: 'First' }, { metadata: { n: '1' } })
    const again = await postFor(quiz, { id: 'learner', name: 'Second' }, { metadata: { n: '2' } })
    expect(again).toMatchObject({ status: 200 })
    expect(again.body.attempt).toMatchObject({ learner: { id: 'learner', name: 'First' }, metadata: { n: '1' } })
  })

  it('begins anew after a finish, until the attempts are used up', async () => {
    const quiz = await publish(host, restricted({ attemptsPerLearner: 2 }))
    const first = await startFor(host, quiz, 'learner')
    await first.finish()
    const second = await startFor(host, quiz, 'learner')
    expect(second.started.status).toBe(201)
    expect(second.id).not.toBe(first.id)
    expect((await postFor(quiz, { id: 'learner' })).status).toBe(200)
    await second.finish()
    const third = await postFor(quiz, { id: 'learner' })
    expect(third).toMatchObject({ status: 409, body: { code: 'no-attempts-left' } })
    expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(2)
  })

  it('is not held up by others, nor by attempts elsewhere', async () => {
    const quiz = await publish(host, restricted({ attemptsPerLearner: 1 }))
    const other = await publish(host, restricted({ attemptsPerLearner: 1 }))
    await (await startFor(host, quiz, 'learner')).finish()
    expect((await postFor(quiz, { id: 'Learner' })).status).toBe(201)
    expect((await postFor(other, { id: 'learner' })).status).toBe(201)
  })

  it('has attempts at earlier revisions counted', async () => {
    const quiz = await publish(host, restricted({ attemptsPerLearner: 1 }))
    await (await startFor(host, quiz, 'learner')).finish()
    await publish(host, quizDocument({ access: 'restricted', title: 'New', policy: { attemptsPerLearner: 1 } }), quiz)
    expect((await postFor(quiz, { id: 'learner' })).body.code).toBe('no-attempts-left')
  })

  it('may have one active attempt at a public quiz, too', async () => {
    const quiz = await publish(host)
    const run = await startFor(host, quiz, 'learner')
    expect((await postFor(quiz, { id: 'learner' })).body.attempt.id).toBe(run.id)
    expect((await post(quiz)).body.attempt.id).not.toBe(run.id)
  })
})

describe('an attempt that runs', () => {
  it('stays at its revision when another is published', async () => {
    const quiz = await publish(host)
    const run = await start(host, quiz)
    await publish(host, quizDocument({ title: 'Only one', questions: [singleChoice('single', { key: 'c' })] }), quiz)
    const fresh = await start(host, quiz)
    expect(fresh.started.body).toMatchObject({ quiz: { title: 'Only one' }, attempt: { questionCount: 1 } })
    const old = await run.respond('single', { choice: 'b' }, { releases: ['single'] })
    expect(old.body.results[0]).toMatchObject({ status: 'correct', answer: { choice: 'b' } })
    expect((await run.resume({ releases: ['single'] })).body).toMatchObject({
      attempt: { revision: run.started.body.attempt.revision, questionCount: 3 },
      quiz: { title: 'Three questions', revision: run.started.body.attempt.revision },
    })
    const anew = await fresh.respond('single', { choice: 'b' }, { releases: ['single'] })
    expect(anew.body.results[0]).toMatchObject({ status: 'incorrect', answer: { choice: 'c' } })
  })

  it('is given to its named learner at its own revision', async () => {
    const quiz = await publish(host, restricted())
    const run = await startFor(host, quiz, 'learner')
    await publish(host, quizDocument({ access: 'restricted', title: 'New' }), quiz)
    const again = await postFor(quiz, { id: 'learner' })
    expect(again).toMatchObject({ status: 200, body: { quiz: { title: 'Three questions' }, attempt: { id: run.id } } })
  })

  it('is continued by its oldest token, which gets the state of today', async () => {
    const run = await start(host, await publish(host))
    const second = await run.respond('single', { choice: 'b' }, { releases: ['single'] })
    await run.respond('truth', { choice: 'true' }, { token: second.body.token, releases: ['truth'] })
    host.clock.now += 29 * 24 * 60 * 60 * 1000
    const third = await run.respond('multiple', { choices: ['p'] }, { releases: ['multiple'] })
    expect(third.body.attempt).toMatchObject({ answeredCount: 3, score: 3 })
    expect(decodeJwt(third.body.token)['progress']).toEqual({ answered: 3, total: 3, score: 3 })
  })
})
