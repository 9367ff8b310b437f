import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { newQuizId, publish, start, startFor } from '../support/actions.ts'
import type { Answer } from '../support/client.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { quizDocument, singleChoice } from '../support/quiz-document.ts'

const OPTIONS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX'
/** Fifty options, of which the last is right. */
const many = () => [singleChoice('single', { ids: OPTIONS, key: 'X' })]
const atOnce = (count: number, make: (index: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)))
const releases = ['single', 'multiple', 'truth']

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

describe('responses at once', () => {
  it('that are 200 times the same are one try', async () => {
    const run = await start(host, await publish(host, quizDocument({ policy: { tries: 3 } })))
    const answers = await atOnce(200, () => run.respond('single', { choice: 'a' }, { releases }))
    const results = answers.map(({ body }) => body.results[0])
    expect(results.filter(({ duplicate }) => !duplicate)).toHaveLength(1)
    expect(results.every((result) => result.try === 1 && result.refused === null)).toBe(true)
    const resumed = await run.resume({ releases })
    expect(resumed.body.attempt.questions[0]).toMatchObject({ tries: 1, triesLeft: 2 })
  })

  it('that are 200 and wrong in different ways are exactly as many tries as the policy has', async () => {
    const run = await start(host, await publish(host, quizDocument({ questions: many(), policy: { tries: 3 } })))
    const wrong = [...OPTIONS].slice(0, 49)
    const answers = await atOnce(200, (index) =>
      run.respond('single', { choice: wrong[index % wrong.length] }, { releases }),
    )
    const results = answers.map(({ body }) => body.results[0])
    const counted = results.filter((result) => result.refused === null && !result.duplicate)
    expect(counted.map((result) => result.try).toSorted()).toEqual([1, 2, 3])
    const responses = new Map(counted.map((result) => [result.try, result.response.choice]))
    for (const again of results.filter(({ duplicate }) => duplicate)) {
      expect(again.response.choice).toBe(responses.get(again.try))
    }
    const refused = answers.filter(({ status }) => status === 409)
    expect(refused).toHaveLength(results.filter((result) => result.refused !== null).length)
    expect(refused.every(({ body }) => body.code === 'no-tries-left')).toBe(true)
    const resumed = await run.resume({ releases })
    expect(resumed.body.results[0]).toMatchObject({ try: 3, response: { choice: responses.get(3) } })
  })

  it('with a finish are counted before it or refused, and the receipt agrees', async () => {
    const quiz = await publish(host)
    for (let round = 0; round < 15; round++) {
      const run = await start(host, quiz)
      const respond = () => run.respond('single', { choice: 'b' }, { releases })
      const finish = () => run.finish({ releases })
      const [first, second] = await Promise.all(round % 2 ? [respond(), finish()] : [finish(), respond()])
      const [responded, finished] = round % 2 ? [first, second] : [second, first]
      const counted = responded.status === 200
      if (!counted) expect(responded.body).toMatchObject({ status: 409, code: 'attempt-finished' })
      expect(finished.body.attempt.score).toBe(counted ? 1 : 0)
      expect(decodeJwt(finished.body.receipt)).toMatchObject({ score: counted ? 1 : 0, maxScore: 5 })
      const resumed = await run.resume({ releases })
      expect(resumed.body.attempt.score).toBe(counted ? 1 : 0)
    }
  })

  it('that come between the two batches of a finish are refused', async () => {
    const run = await start(host, await publish(host))
    let late: Answer | undefined
    host.faults.meanwhile(2, async () => {
      late = await run.respond('single', { choice: 'b' }, { releases })
    })
    const finished = await run.finish({ releases })
    expect(late).toMatchObject({ status: 409, body: { code: 'attempt-finished' } })
    expect(finished.body.attempt).toMatchObject({ status: 'finished', score: 0 })
  })

  it('that are saves leave one answer, and it is one that was acknowledged', async () => {
    const document = quizDocument({ questions: many(), policy: { feedback: 'deferred' } })
    const run = await start(host, await publish(host, document))
    const answers = await atOnce(60, (index) => run.respond('single', { choice: OPTIONS[index % 50] }))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    const resumed = await run.resume()
    const kept = resumed.body.results[0].response.choice
    expect(OPTIONS).toContain(kept)
    expect((await run.resume()).body.results[0].response.choice).toBe(kept)
  })
})

describe('starts at once', () => {
  for (const count of [2, 50]) {
    it(`of ${count} for one named learner are one attempt`, async () => {
      const quiz = await publish(host, quizDocument({ access: 'restricted' }))
      const body = { learner: { id: 'learner' } }
      const path = `/v1/quizzes/${quiz}/attempts`
      const answers = await atOnce(count, () => host.client.call('POST', path, { token: ROOT_KEY, body }))
      expect(new Set(answers.map((answer) => answer.body.attempt.id)).size).toBe(1)
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(count - 1)
    })
  }

  it('do not exceed the attempts that a learner has', async () => {
    const quiz = await publish(host, quizDocument({ access: 'restricted', policy: { attemptsPerLearner: 2 } }))
    await (await startFor(host, quiz, 'learner')).finish()
    const path = `/v1/quizzes/${quiz}/submissions`
    const body = { learner: { id: 'learner' }, responses: [] }
    const answers = await atOnce(20, () => host.client.call('POST', path, { token: ROOT_KEY, body }))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter((answer) => answer.body.code === 'no-attempts-left')).toHaveLength(19)
  })

  it('with one idempotency key are one attempt', async () => {
    const quiz = await publish(host)
    const headers = { 'Idempotency-Key': 'one-key-for-all-of-these-starts' }
    const path = `/v1/quizzes/${quiz}/attempts`
    const answers = await atOnce(50, () => host.client.call('POST', path, { headers }))
    expect(new Set(answers.map((answer) => answer.body.attempt.id)).size).toBe(1)
    expect(answers.every(({ status }) => status === 201)).toBe(true)
  })
})

describe('publications at once', () => {
  it('of different documents are numbered without a gap', async () => {
    const quiz = newQuizId()
    const answers = await atOnce(4, (index) =>
      host.client.call('PUT', `/v1/quizzes/${quiz}`, {
        token: ROOT_KEY,
        body: quizDocument({ title: `Title ${index}` }),
      }),
    )
    expect(answers.map(({ body }) => body.number).toSorted()).toEqual([1, 2, 3, 4])
  })

  it('of the same document make one revision', async () => {
    const quiz = newQuizId()
    const answers = await atOnce(10, () =>
      host.client.call('PUT', `/v1/quizzes/${quiz}`, { token: ROOT_KEY, body: quizDocument() }),
    )
    expect(new Set(answers.map(({ body }) => body.revision)).size).toBe(1)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  })

  it('over the same revision: one wins, the others are told', async () => {
    const quiz = await publish(host)
    const current = await host.client.call('GET', `/v1/quizzes/${quiz}`)
    const headers = { 'If-Match': current.headers.get('ETag')! }
    const answers = await atOnce(6, (index) =>
      host.client.call('PUT', `/v1/quizzes/${quiz}`, {
        token: ROOT_KEY,
        headers,
        body: quizDocument({ title: `Title ${index}` }),
      }),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(5)
  })
})

describe('one call for all at once', () => {
  it('with one idempotency key is one attempt with one outcome', async () => {
    const quiz = await publish(host)
    const headers = { 'Idempotency-Key': 'one-key-for-all-of-these-submissions' }
    const body = { responses: [{ question: 'single', response: { choice: 'b' } }] }
    const path = `/v1/quizzes/${quiz}/submissions`
    const answers = await atOnce(30, () => host.client.call('POST', path, { headers, body, releases }))
    expect(new Set(answers.map((answer) => answer.body.attempt.id)).size).toBe(1)
    expect(answers.every((answer) => answer.status === 201 && answer.body.attempt.score === 1)).toBe(true)
  })
})
