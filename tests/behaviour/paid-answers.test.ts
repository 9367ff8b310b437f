import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { logOf } from '../support/rows.ts'

/** Each bit of correctness is paid for by a response that counts: what does not count says nothing new. */

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const begin = async (policy = {}): Promise<Run> => start(host, await publish(host, quizDocument({ policy })))

const SINGLE = { releases: ['single'] }

describe('a malformed request', () => {
  it('grades nothing of what is well-formed in it, and writes nothing', async () => {
    const run = await begin()
    const before = (await run.resume()).body
    for (const choice of ['a', 'b', 'c']) {
      const good = { question: 'single', response: { choice } }
      for (const bad of [
        { question: 'truth', response: { choice: 'perhaps' } },
        { question: 'nothing', response: { choice: 'a' } },
        { question: 'single', response: { choice: 'b' } },
        { question: 'truth', response: { choice: 'true' }, score: 1 },
      ]) {
        for (const responses of [
          [good, bad],
          [bad, good],
        ]) {
          const answer = await run.respondAll(responses)
          expect(answer.status).toBe(422)
          expect(answer.body).not.toHaveProperty('results')
        }
      }
    }
    expect((await run.resume()).body).toEqual({ ...before, token: expect.any(String) })
    expect(await logOf(host.deps.db, run.id)).toEqual([])
  })
})

describe('a refused response', () => {
  it('is not graded: right or wrong, its result is that of the question as it stands', async () => {
    const run = await begin()
    const [stands] = (await run.respond('single', { choice: 'a' }, SINGLE)).body.results
    for (const choice of ['b', 'c']) {
      const refused = await run.respond('single', { choice }, SINGLE)
      expect(refused).toMatchObject({ status: 409, body: { code: 'no-tries-left' } })
      expect(refused.body.results).toEqual([{ ...stands, refused: 'no-tries-left' }])
    }
  })

  it('says nothing where the answer is kept: whoever is out of tries cannot find it by sending the rest', async () => {
    const during = ['verdict', 'score']
    const run = await begin({ review: { during, finished: during } })
    const [stands] = (await run.respond('single', { choice: 'a' })).body.results
    expect(stands).toMatchObject({ status: 'incorrect', answer: null, explanation: null })
    for (const choice of ['b', 'c']) {
      const refused = await run.respond('single', { choice })
      expect(refused.body.results).toEqual([{ ...stands, refused: 'no-tries-left' }])
    }
  })

  it('beside one that counts shows nothing of itself', async () => {
    const during = ['verdict']
    const run = await begin({ review: { during, finished: during } })
    await run.respond('single', { choice: 'a' })
    const [shown, counted] = (
      await run.respondAll([
        { question: 'single', response: { choice: 'b' } },
        { question: 'truth', response: { choice: 'true' } },
      ])
    ).body.results
    expect(shown).toMatchObject({ response: { choice: 'a' }, status: 'incorrect', refused: 'no-tries-left' })
    expect(counted).toMatchObject({ status: 'correct', refused: null })
  })

  it.each([
    { name: 'finished', policy: {}, over: (run: Run) => run.finish() },
    {
      name: 'out of time',
      policy: { timeLimitSeconds: 60 },
      over: async () => void (host.clock.now += 61_000),
    },
  ])('to an attempt that is $name says nothing of questions that were not answered', async ({ policy, over }) => {
    const run = await begin({ tries: 3, ...policy })
    await over(run)
    const answers = ['a', 'b', 'c'].map((choice) => ({ question: 'single', response: { choice } }))
    const results = []
    for (const response of answers) {
      const refused = await run.respondAll([response])
      expect(refused).toMatchObject({ status: 409, body: { code: 'attempt-finished' } })
      results.push(refused.body.results)
    }
    expect(results[0][0]).toMatchObject({ status: 'unanswered', response: null, answer: null, explanation: null })
    expect(results[1]).toEqual(results[0])
    expect(results[2]).toEqual(results[0])
  })
})

describe('a duplicate', () => {
  it('has the result of the try that it repeats, and costs nothing', async () => {
    const run = await begin({ tries: 3 })
    const [first] = (await run.respond('single', { choice: 'a' }, SINGLE)).body.results
    for (let again = 0; again < 3; again++) {
      const [repeated] = (await run.respond('single', { choice: 'a' }, SINGLE)).body.results
      expect(repeated).toEqual({ ...first, duplicate: true })
    }
    expect((await run.resume(SINGLE)).body.attempt.questions[0]).toMatchObject({ tries: 1, triesLeft: 2 })
  })

  it('is one by what is public: picks in another order, never another answer that earns the same', async () => {
    const during = ['verdict', 'score']
    const run = await begin({ tries: 9, review: { during } })
    const sent = async (choices: string) =>
      (await run.respond('multiple', { choices: [...choices] })).body.results[0] as Record<string, unknown>
    expect(await sent('pq')).toMatchObject({ try: 1, score: 2, duplicate: false })
    expect(await sent('qp')).toMatchObject({ try: 1, score: 2, duplicate: true })
    expect(await sent('pr')).toMatchObject({ try: 2, score: 2, duplicate: false })
    expect(await sent('s')).toMatchObject({ try: 3, score: 0, duplicate: false })
    expect(await sent('t')).toMatchObject({ try: 4, score: 0, duplicate: false })
    expect(await sent('rp')).toMatchObject({ try: 2, duplicate: true, triesLeft: 5 })
  })

  it('in a deferred quiz is of what is saved now, and says nothing of right or wrong', async () => {
    const run = await begin({ feedback: 'deferred' })
    const duplicates = []
    for (const choice of ['b', 'b', 'a', 'b', 'a', 'a']) {
      const [result] = (await run.respond('single', { choice })).body.results
      expect(result).toMatchObject({
        status: 'answered',
        response: { choice },
        try: null,
        triesLeft: null,
        score: null,
      })
      duplicates.push(result.duplicate)
    }
    expect(duplicates).toEqual([false, true, false, false, false, true])
  })
})

describe('an Idempotency-Key', () => {
  it('that is used again for another answer brings no grade, and the answer does not count', async () => {
    const run = await begin({ tries: 3 })
    const headers = { 'Idempotency-Key': 'the-one-secret-of-this-learner' }
    await run.respond('single', { choice: 'a' }, { ...SINGLE, headers })
    for (const choice of ['b', 'c']) {
      const reused = await run.respond('single', { choice }, { headers })
      expect(reused).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } })
      expect(reused.body).not.toHaveProperty('results')
    }
    expect((await run.resume(SINGLE)).body).toMatchObject({
      attempt: { answeredCount: 1, score: 0 },
      results: [{ response: { choice: 'a' }, status: 'incorrect', triesLeft: 2 }, {}, {}],
    })
  })
})
