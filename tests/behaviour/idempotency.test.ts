import { beforeAll, describe, expect, it } from 'vitest'
import { newQuizId, publish, start } from '../support/actions.ts'
import type { Answer, CallOptions } from '../support/client.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { attemptsOf, logOf, revisionsOf } from '../support/rows.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

let keys = 0
/** A key as a learner must send it: long, and not sent before. */
const newKey = () => `a-key-of-a-learner-${(keys += 1)}`
const REUSED = [422, 'idempotency-key-reused']
const ALL = ['single', 'multiple', 'truth']

const post = (path: string, key: string, options: CallOptions = {}) =>
  host.client.call('POST', path, { releases: ALL, ...options, headers: { 'Idempotency-Key': key } })
const staff = (body?: Json): CallOptions => ({ token: ROOT_KEY, ...(body && { body }) })
const idOf = (answer: Answer) => answer.body.attempt.id as string
const tokensOf = (...answers: Answer[]) => answers.map(({ body }) => body.token as string)
/** An answer without what may differ between two: the token, and the receipt's signature. */
const effectOf = ({ status, body }: Answer) => {
  const { token: _, receipt: __, ...rest } = body
  return [status, rest] as const
}

describe('a start that is sent again with its key', () => {
  it('is the same attempt, with a fresh token for it', async () => {
    const quiz = await publish(host)
    const key = newKey()
    const [first, again] = [
      await post(`/v1/quizzes/${quiz}/attempts`, key),
      await post(`/v1/quizzes/${quiz}/attempts`, key),
    ]
    expect(effectOf(again)).toEqual(effectOf(first))
    expect(again.headers.get('Location')).toBe(first.headers.get('Location'))
    expect(new Set(tokensOf(first, again)).size).toBe(2)
    for (const token of tokensOf(first, again)) {
      expect((await host.client.call('GET', `/v1/attempts/${idOf(first)}`, { token })).status).toBe(200)
    }
    expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(1)
  })

  it('is the attempt as it stands by then, also when it is over and the quiz archived', async () => {
    const quiz = await publish(host)
    const key = newKey()
    const first = await post(`/v1/quizzes/${quiz}/attempts`, key)
    await host.client.call('POST', `/v1/attempts/${idOf(first)}/finish`, { token: first.body.token })
    await host.client.call('DELETE', `/v1/quizzes/${quiz}`, staff())
    const again = await post(`/v1/quizzes/${quiz}/attempts`, key)
    expect([again.status, idOf(again), again.body.attempt.status]).toEqual([201, idOf(first), 'finished'])
  })

  it('does not care how an empty body is written', async () => {
    const path = `/v1/quizzes/${await publish(host)}/attempts`
    const key = newKey()
    const [first, again] = [await post(path, key), await post(path, key, { body: { metadata: {} } })]
    expect(idOf(again)).toBe(idOf(first))
  })

  it('with another body is refused', async () => {
    const quiz = await publish(host)
    const path = `/v1/quizzes/${quiz}/attempts`
    const key = newKey()
    await post(path, key, staff({ learner: { id: 'ada' }, metadata: { course: '1' } }))
    for (const body of [
      { learner: { id: 'bob' }, metadata: { course: '1' } },
      { learner: { id: 'ada', name: 'Ada' }, metadata: { course: '1' } },
      { learner: { id: 'ada' }, metadata: { course: '2' } },
      { learner: { id: 'ada' } },
      {},
    ]) {
      expect(problemOf(await post(path, key, staff(body))), JSON.stringify(body)).toEqual(REUSED)
    }
    expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(1)
  })
})

describe('one key', () => {
  it('on two quizzes makes two attempts', async () => {
    const [one, two] = [await publish(host), await publish(host)]
    const key = newKey()
    const [first, second] = [
      await post(`/v1/quizzes/${one}/attempts`, key),
      await post(`/v1/quizzes/${two}/attempts`, key),
    ]
    expect([first.status, second.status]).toEqual([201, 201])
    expect([first.body.attempt.quiz, second.body.attempt.quiz]).toEqual([one, two])
  })

  it('of staff is not the same key of someone without', async () => {
    const path = `/v1/quizzes/${await publish(host)}/attempts`
    const key = newKey()
    const [theirs, mine] = [await post(path, key, staff()), await post(path, key)]
    expect([mine.status, idOf(mine) === idOf(theirs)]).toEqual([201, false])
  })

  it('of two attempts’ learners is two keys', async () => {
    const quiz = await publish(host)
    const key = newKey()
    const [one, two] = [await start(host, quiz), await start(host, quiz)]
    const headers = { 'Idempotency-Key': key }
    const first = await one.respond('single', { choice: 'a' }, { headers, releases: ALL })
    const second = await two.respond('single', { choice: 'b' }, { headers, releases: ALL })
    expect([first.body.results[0].status, second.body.results[0].status]).toEqual(['incorrect', 'correct'])
  })

  it('for a start, a submission and a response stands for one of each', async () => {
    const quiz = await publish(host)
    const key = newKey()
    const started = await post(`/v1/quizzes/${quiz}/attempts`, key)
    const submitted = await post(`/v1/quizzes/${quiz}/submissions`, key, { body: { responses: [] } })
    const responses = [{ question: 'single', response: { choice: 'b' } }]
    const token = started.body.token as string
    const answered = await post(`/v1/attempts/${idOf(started)}/responses`, key, { token, body: { responses } })
    expect([started.status, submitted.status, answered.status]).toEqual([201, 201, 200])
    expect(idOf(submitted)).not.toBe(idOf(started))
    const finished = await post(`/v1/attempts/${idOf(started)}/finish`, key, { token })
    expect(finished.body.attempt).toMatchObject({ status: 'finished', score: 1 })
  })
})

const responsesOf = (id: string) => `/v1/attempts/${id}/responses`
const choosing = (choice: string) => ({ responses: [{ question: 'single', response: { choice } }] })

describe('responses that are sent again with their key', () => {
  it('get the results of the first time, and cost no try', async () => {
    const quiz = await publish(host, quizDocument({ policy: { tries: 3 } }))
    const run = await start(host, quiz)
    const key = newKey()
    const options = { token: run.token, body: choosing('a') }
    const first = await post(responsesOf(run.id), key, options)
    const again = await post(responsesOf(run.id), key, options)
    expect(effectOf(again)).toEqual(effectOf(first))
    expect(first.body.results[0]).toMatchObject({ try: 1, triesLeft: 2, duplicate: false })
    expect(new Set(tokensOf(first, again)).size).toBe(2)
  })

  it('leave a newer save alone', async () => {
    const run = await start(host, await publish(host, quizDocument({ policy: { feedback: 'deferred' } })))
    const key = newKey()
    const saved = { token: run.token, body: choosing('a') }
    await post(responsesOf(run.id), key, saved)
    await run.respond('single', { choice: 'b' })
    await post(responsesOf(run.id), key, saved)
    expect((await run.finish({ releases: ALL })).body.attempt.score).toBe(1)
  })

  it('with another body are refused, and not recorded as an answer', async () => {
    const run = await start(host, await publish(host, quizDocument({ policy: { tries: 3 } })))
    const key = newKey()
    await post(responsesOf(run.id), key, { token: run.token, body: choosing('a') })
    expect(problemOf(await post(responsesOf(run.id), key, { token: run.token, body: choosing('b') }))).toEqual(REUSED)
    expect((await run.resume({ releases: ALL })).body.attempt.questions[0]).toMatchObject({
      status: 'incorrect',
      tries: 1,
    })
  })

  it('after the end get what they got before', async () => {
    const run = await start(host, await publish(host))
    const key = newKey()
    const options = { token: run.token, body: choosing('b') }
    const first = await post(responsesOf(run.id), key, options)
    await run.finish({ releases: ALL })
    const again = await post(responsesOf(run.id), key, options)
    expect([again.status, again.body.results[0].status]).toEqual([200, first.body.results[0].status])
  })
})

describe('a submission that is sent again with its key', () => {
  const body = { responses: [{ question: 'truth', response: { choice: 'true' } }] }

  it('has the same outcome, and is refused with another body', async () => {
    const quiz = await publish(host)
    const key = newKey()
    const path = `/v1/quizzes/${quiz}/submissions`
    const [first, again] = [await post(path, key, { body }), await post(path, key, { body })]
    expect(effectOf(again)).toEqual(effectOf(first))
    expect(again.headers.get('Location')).toBe(first.headers.get('Location'))
    expect(problemOf(await post(path, key, { body: { responses: [] } }))).toEqual(REUSED)
    const [attempt] = await attemptsOf(host.deps.db, quiz)
    expect(await logOf(host.deps.db, attempt!.id)).toHaveLength(2)
  })
})

const put = (quiz: string, key: string, title: string) =>
  host.client.call('PUT', `/v1/quizzes/${quiz}`, {
    ...staff(quizDocument({ title })),
    headers: { 'Idempotency-Key': key },
  })

describe('publishing that is sent again with its key', () => {
  it('has the same answer, also when another revision came in between, and moves nothing', async () => {
    const quiz = newQuizId()
    const key = 'k'
    const first = await put(quiz, key, 'A')
    const other = await put(quiz, 'l', 'B')
    const again = await put(quiz, key, 'A')
    expect([again.status, again.body]).toEqual([201, first.body])
    expect(again.headers.get('ETag')).toBe(first.headers.get('ETag'))
    expect((await host.client.call('GET', `/v1/quizzes/${quiz}`)).body.revision).toBe(other.body.revision)
    expect(await revisionsOf(host.deps.db, quiz)).toHaveLength(2)
  })

  it('with another document is refused', async () => {
    const quiz = newQuizId()
    await put(quiz, 'k', 'A')
    expect(problemOf(await put(quiz, 'k', 'B'))).toEqual(REUSED)
    expect(await revisionsOf(host.deps.db, quiz)).toHaveLength(1)
  })

  it('on another quiz is another publication', async () => {
    const [one, two] = [newQuizId(), newQuizId()]
    expect([(await put(one, 'k', 'A')).status, (await put(two, 'k', 'A')).status]).toEqual([201, 201])
  })

  it('needs no precondition to hold again', async () => {
    const quiz = newQuizId()
    const options = { ...staff(quizDocument()), headers: { 'Idempotency-Key': 'k', 'If-None-Match': '*' } }
    const first = await host.client.call('PUT', `/v1/quizzes/${quiz}`, options)
    const again = await host.client.call('PUT', `/v1/quizzes/${quiz}`, options)
    expect([again.status, again.body]).toEqual([201, first.body])
  })
})

describe('a finish and an archiving that are sent again with their key', () => {
  it('have the same effect', async () => {
    const quiz = await publish(host)
    const run = await start(host, quiz)
    const key = newKey()
    const finish = () => post(`/v1/attempts/${run.id}/finish`, key, { token: run.token })
    const [first, again] = [await finish(), await finish()]
    expect(effectOf(again)).toEqual(effectOf(first))
    const archive = () =>
      host.client.call('DELETE', `/v1/quizzes/${quiz}`, { ...staff(), headers: { 'Idempotency-Key': key } })
    expect([(await archive()).status, (await archive()).status]).toEqual([204, 204])
  })
})

describe('a key for retries', () => {
  it('is a secret of 20 characters at least from someone without an API key', async () => {
    const quiz = await publish(host)
    const run = await start(host, quiz)
    const calls = [
      [`/v1/quizzes/${quiz}/attempts`, {}],
      [`/v1/quizzes/${quiz}/submissions`, { body: { responses: [] } }],
      [
        `/v1/attempts/${run.id}/responses`,
        { token: run.token, body: { responses: [{ question: 'truth', response: { choice: 'true' } }] } },
      ],
      [`/v1/attempts/${run.id}/finish`, { token: run.token }],
    ] as const
    for (const [path, options] of calls) {
      for (const key of ['k', 'x'.repeat(19)]) {
        expect(problemOf(await post(path, key, options)), path).toEqual([422, 'invalid-input', ' idempotency-key'])
      }
      expect((await post(path, 'x'.repeat(20), options)).status, path).toBeLessThan(300)
    }
  })

  it('is one visible character or more from staff, and no more than 255', async () => {
    const path = `/v1/quizzes/${await publish(host)}/attempts`
    for (const key of ['k', '!', '~', '"quoted"', 'x'.repeat(255)]) {
      expect((await post(path, key, staff())).status, key).toBe(201)
    }
    expect(problemOf(await post(path, 'x'.repeat(256), staff()))).toEqual([422, 'invalid-input', ' idempotency-key'])
  })

  it('of a request that was refused stands for nothing yet', async () => {
    const path = `/v1/quizzes/${await publish(host)}/submissions`
    const key = newKey()
    const wrong = [{ question: 'truth', response: { choice: 'maybe' } }]
    expect((await post(path, key, { body: { responses: wrong } })).status).toBe(422)
    expect((await post(path, key, { body: { responses: [] } })).status).toBe(201)
  })

  it('stands in no table as it was sent', async () => {
    const quiz = await publish(host)
    const key = newKey()
    await post(`/v1/quizzes/${quiz}/attempts`, key)
    const [attempt] = await attemptsOf(host.deps.db, quiz)
    expect(attempt!.requestKey).toEqual(expect.any(String))
    expect(attempt!.requestKey).not.toContain(key)
  })
})

const publishAs = (quiz: string, title: string, key?: string) =>
  host.client.call('PUT', `/v1/quizzes/${quiz}`, {
    token: ROOT_KEY,
    body: quizDocument({ title }),
    ...(key && { headers: { 'Idempotency-Key': key } }),
  })
const archiveWith = (quiz: string, key: string) =>
  host.client.call('DELETE', `/v1/quizzes/${quiz}`, { token: ROOT_KEY, headers: { 'Idempotency-Key': key } })

describe('a request that made nothing is the same again, however late it is sent again:', () => {
  const learner = { learner: { id: 'learner' } }

  /** A learner's attempt that runs, and a start with a key that has returned it. */
  async function returned(key: string, policy: Json = {}) {
    const quiz = await publish(host, quizDocument({ access: 'restricted', policy }))
    const path = `/v1/quizzes/${quiz}/attempts`
    const running = await host.client.call('POST', path, staff(learner))
    const first = await post(path, key, staff(learner))
    expect([first.status, idOf(first)]).toEqual([200, idOf(running)])
    const finish = () => host.client.call('POST', `/v1/attempts/${idOf(first)}/finish`, { token: first.body.token })
    return { quiz, path, first, finish }
  }

  it('a start that returned the active attempt returns it when it is finished, and starts no other', async () => {
    const key = newKey()
    const { quiz, path, first, finish } = await returned(key)
    await finish()
    const again = await post(path, key, staff(learner))
    expect([again.status, idOf(again), again.body.attempt.status]).toEqual([200, idOf(first), 'finished'])
    expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(1)
    const other = await post(path, newKey(), staff(learner))
    expect([other.status, idOf(other) === idOf(first)]).toEqual([201, false])
  })

  it('also when the attempts of the learner are used up, or the quiz is archived', async () => {
    const key = newKey()
    const { quiz, path, first, finish } = await returned(key, { attemptsPerLearner: 1 })
    await finish()
    expect(idOf(await post(path, key, staff(learner)))).toBe(idOf(first))
    await host.client.call('DELETE', `/v1/quizzes/${quiz}`, staff())
    expect(idOf(await post(path, key, staff(learner)))).toBe(idOf(first))
  })

  it('but with another body it is refused', async () => {
    const key = newKey()
    const { path } = await returned(key)
    const changed = { ...learner, metadata: { course: 'x' } }
    expect(problemOf(await post(path, key, staff(changed)))).toEqual(REUSED)
    expect(problemOf(await post(path, key, staff({ learner: { id: 'other' } })))).toEqual(REUSED)
  })

  it('a start that found an expired attempt is not bound to it: it starts another', async () => {
    const quiz = await publish(host, quizDocument({ access: 'restricted', policy: { timeLimitSeconds: 60 } }))
    const path = `/v1/quizzes/${quiz}/attempts`
    const expired = await host.client.call('POST', path, staff(learner))
    host.clock.now += 61_000
    const key = newKey()
    const first = await post(path, key, staff(learner))
    expect([first.status, idOf(first) === idOf(expired)]).toEqual([201, false])
    expect(idOf(await post(path, key, staff(learner)))).toBe(idOf(first))
  })

  it('nor to one that expires while the start is being written', async () => {
    const quiz = await publish(host, quizDocument({ access: 'restricted', policy: { timeLimitSeconds: 60 } }))
    const path = `/v1/quizzes/${quiz}/attempts`
    const running = await host.client.call('POST', path, staff(learner))
    host.clock.now += 60_000
    const key = newKey()
    host.faults.meanwhile(1, async () => {
      host.clock.now += 1
    })
    const first = await post(path, key, staff(learner))
    const again = await post(path, key, staff(learner))
    expect([idOf(again), again.status]).toEqual([idOf(first), first.status])
    expect([200, idOf(running)]).toEqual([first.status, idOf(first)])
  })

  it('a publication that changed nothing does not bring its document back over a later one', async () => {
    const quiz = newQuizId()
    const key = newKey()
    const made = await publishAs(quiz, 'First')
    const first = await publishAs(quiz, 'First', key)
    expect([first.status, first.body.created]).toEqual([200, false])
    await publishAs(quiz, 'Second')
    const again = await publishAs(quiz, 'First', key)
    expect([again.status, again.body]).toEqual([200, first.body])
    expect(again.body.revision).toBe(made.body.revision)
    expect((await host.client.call('GET', `/v1/quizzes/${quiz}`)).body.title).toBe('Second')
    expect(problemOf(await publishAs(quiz, 'Second', key))).toEqual(REUSED)
  })

  it('an archiving does not take away what was published after it', async () => {
    const quiz = await publish(host)
    const key = newKey()
    expect((await archiveWith(quiz, key)).status).toBe(204)
    await publish(host, quizDocument({ title: 'Back' }), quiz)
    expect((await archiveWith(quiz, key)).status).toBe(204)
    expect((await host.client.call('GET', `/v1/quizzes/${quiz}`)).body.title).toBe('Back')
    expect((await archiveWith(quiz, newKey())).status).toBe(204)
    expect((await host.client.call('GET', `/v1/quizzes/${quiz}`)).status).toBe(404)
  })
})
