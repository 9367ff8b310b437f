import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start, startFor } from '../support/actions.ts'
import { atOnce, countBy } from '../support/at-once.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { manyAnswersQuiz, RIGHT_ANSWER, wrongAnswer } from '../support/many-answers.ts'
import { attemptsOf, logOf } from '../support/rows.ts'

let host: TestHost
let other: TestHost

beforeAll(async () => {
  host = await createHost()
  other = await host.isolate()
})

/** Every second request goes to another isolate. */
function isolateOf(index: number): TestHost {
  return index % 2 === 0 ? host : other
}

function respond(run: Run, index: number, response: unknown, headers: Record<string, string> = {}) {
  return isolateOf(index).client.call('POST', `/v1/attempts/${run.id}/responses`, {
    token: run.token,
    body: { responses: [{ question: 'many', response }] },
    headers,
    releases: ['many'],
  })
}

const restricted = (policy = {}) => manyAnswersQuiz(policy, { access: 'restricted' })
const startAs = (learner: string, quiz: string, index: number, headers = {}) =>
  isolateOf(index).client.call('POST', `/v1/quizzes/${quiz}/attempts`, {
    token: ROOT_KEY,
    body: { learner: { id: learner } },
    headers,
  })

describe('responses at two isolates at once', () => {
  it('that are the same are one try, whatever their number: all but one are duplicates of it', async () => {
    const run = await start(host, await publish(host, manyAnswersQuiz({ tries: 3 })))
    const answers = await atOnce(200, (index) => respond(run, index, wrongAnswer(7)))
    expect(countBy(answers, ({ status }) => status)).toEqual({ 200: 200 })
    expect(countBy(answers, ({ body }) => `try ${body.results[0].try}`)).toEqual({ 'try 1': 200 })
    expect(countBy(answers, ({ body }) => `duplicate ${body.results[0].duplicate}`)).toEqual({
      'duplicate false': 1,
      'duplicate true': 199,
    })
    const resumed = await run.resume({ releases: ['many'] })
    expect(resumed.body.attempt.questions).toMatchObject([{ tries: 1, triesLeft: 2 }])
  })

  it('that all differ take as many tries as the policy gives, and the rest are refused', async () => {
    const run = await start(host, await publish(host, manyAnswersQuiz({ tries: 3 })))
    const answers = await atOnce(200, (index) => respond(run, index, wrongAnswer(index)))
    expect(countBy(answers, ({ status }) => status)).toEqual({ 200: 3, 409: 197 })
    const refused = answers.filter(({ status }) => status === 409)
    expect(countBy(refused, ({ body }) => `${body.code} ${body.results[0].refused}`)).toEqual({
      'no-tries-left no-tries-left': 197,
    })
    const accepted = answers.flatMap(({ status, body }) => (status === 200 ? [body.results[0]] : []))
    const byTry = accepted.toSorted((a, b) => a.try - b.try)
    expect(byTry.map((result) => [result.try, result.duplicate, result.triesLeft])).toEqual([
      [1, false, expect.any(Number)],
      [2, false, expect.any(Number)],
      [3, false, 0],
    ])
    // The log's first three are the ones that were told to count, in the order of their numbers.
    const log = await logOf(host.deps.db, run.id)
    expect(log.slice(0, 3).map(({ body }) => ('responses' in body ? body.responses[0]?.response : null))).toEqual(
      byTry.map((result) => result.response),
    )
    const resumed = await run.resume({ releases: ['many'] })
    expect(resumed.body.attempt.questions).toMatchObject([{ tries: 3, triesLeft: 0, status: 'incorrect', score: 0 }])
    expect(resumed.body.results[0]).toMatchObject({ try: 3, response: byTry[2].response })
  })

  it('that are saves leave the one that the log ends with', async () => {
    const run = await start(host, await publish(host, manyAnswersQuiz({ feedback: 'deferred' })))
    const answers = await atOnce(60, (index) => respond(run, index, wrongAnswer(index)))
    expect(countBy(answers, ({ status, body }) => `${status} ${body.results[0].refused}`)).toEqual({ '200 null': 60 })
    const last = (await logOf(host.deps.db, run.id)).at(-1)!
    const resumed = await run.resume()
    expect(last.body).toEqual({ responses: [{ question: 'many', response: resumed.body.results[0].response }] })
  })

  it('with one Idempotency-Key are one event, and all get its outcome', async () => {
    const run = await start(host, await publish(host, manyAnswersQuiz({ tries: 3 })))
    const headers = { 'Idempotency-Key': 'fifty-saves-at-once-with-a-key' }
    const answers = await atOnce(50, (index) => respond(run, index, wrongAnswer(1), headers))
    expect(countBy(answers, ({ body }) => `${body.results[0].try} ${body.results[0].duplicate}`)).toEqual({
      '1 false': 50,
    })
    const resumed = await run.resume({ releases: ['many'] })
    expect(resumed.body.attempt.questions).toMatchObject([{ tries: 1, triesLeft: 2 }])
  })
})

describe('a response and a finish at once', () => {
  it('agree: the response counts and the receipt has it, or it is refused and the receipt has it not', async () => {
    const quiz = await publish(host, manyAnswersQuiz({ tries: 1 }))
    for (let round = 0; round < 40; round++) {
      const run = await start(host, quiz)
      const respondNow = () => respond(run, round >> 1, RIGHT_ANSWER)
      const finishNow = () => run.finish({ releases: ['many'] })
      const [responded, finished] =
        round % 2 === 0
          ? await Promise.all([respondNow(), finishNow()])
          : (await Promise.all([finishNow(), respondNow()])).toReversed()
      const counts = responded!.status === 200
      expect(responded!.body.code).toBe(counts ? undefined : 'attempt-finished')
      expect(decodeJwt(finished!.body.receipt)).toMatchObject({ score: counts ? 1 : 0, passed: counts })
      const resumed = await run.resume({ releases: ['many'] })
      expect(resumed.body.attempt).toMatchObject({ status: 'finished', score: counts ? 1 : 0, passed: counts })
      expect(resumed.body.results).toEqual(finished!.body.results)
    }
  })

  const moments = [
    { moment: 'just before the finish', batch: 1, status: 200, score: 1 },
    { moment: 'between the two batches of the finish', batch: 2, status: 409, score: 0 },
  ]
  for (const { moment, batch, status, score } of moments) {
    it(`agree when the response comes ${moment}`, async () => {
      const run = await start(host, await publish(host, manyAnswersQuiz({ tries: 1 })))
      let responded: { status: number } | undefined
      // The isolate that finishes has the revision in mind, so its batches are the finish alone.
      await run.resume()
      host.faults.meanwhile(batch, async () => (responded = await respond(run, 1, RIGHT_ANSWER)))
      const finished = await run.finish({ releases: ['many'] })
      expect(responded?.status).toBe(status)
      expect(decodeJwt(finished.body.receipt)).toMatchObject({ score, passed: score === 1 })
    })
  }

  it('agree when the finish comes just before the response is written', async () => {
    const run = await start(host, await publish(host, manyAnswersQuiz({ tries: 1 })))
    await run.resume()
    let receipt = ''
    host.faults.meanwhile(1, async () => {
      const path = `/v1/attempts/${run.id}/finish`
      receipt = (await other.client.call('POST', path, { token: run.token })).body.receipt
    })
    const refused = await respond(run, 0, RIGHT_ANSWER)
    expect(refused.body).toMatchObject({ status: 409, code: 'attempt-finished', results: [{ response: null }] })
    expect(decodeJwt(receipt)).toMatchObject({ score: 0, passed: false })
  })

  it('fifty finishes are one: one event, and one outcome for all', async () => {
    const run = await start(host, await publish(host, manyAnswersQuiz({ tries: 1 })))
    await run.respond('many', RIGHT_ANSWER, { releases: ['many'] })
    const headers = { 'Idempotency-Key': 'fifty-finishes-at-once-with-a-key' }
    const answers = await atOnce(50, () => run.finish({ headers, releases: ['many'] }))
    expect(new Set(answers.map(({ body }) => JSON.stringify(body.attempt))).size).toBe(1)
    expect(new Set(answers.map(({ body }) => JSON.stringify(decodeJwt(body.receipt)))).size).toBe(1)
    expect((await logOf(host.deps.db, run.id)).map(({ type }) => type)).toEqual(['responded', 'finished'])
  })
})

describe('starts at two isolates at once', () => {
  for (const times of [2, 50]) {
    it(`of one named learner, ${times} of them, are one attempt`, async () => {
      const quiz = await publish(host, restricted())
      const answers = await atOnce(times, (index) => startAs('ada', quiz, index))
      expect(countBy(answers, ({ status }) => status)).toEqual({ 200: times - 1, 201: 1 })
      expect(new Set(answers.map(({ body }) => body.attempt.id)).size).toBe(1)
      expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(1)
    })
  }

  it('of twenty learners are twenty attempts', async () => {
    const quiz = await publish(host, restricted())
    const answers = await atOnce(20, (index) => startAs(`learner-${index}`, quiz, index))
    expect(countBy(answers, ({ status }) => status)).toEqual({ 201: 20 })
    expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(20)
  })

  it('never make more attempts than the policy gives a learner', async () => {
    const quiz = await publish(host, restricted({ attemptsPerLearner: 2 }))
    await (await startFor(host, quiz, 'ada')).finish()
    const last = await atOnce(20, (index) => startAs('ada', quiz, index))
    expect(countBy(last, ({ status }) => status)).toEqual({ 200: 19, 201: 1 })
    const { attempt, token } = last[0]!.body
    await host.client.call('POST', `/v1/attempts/${attempt.id}/finish`, { token })
    const refused = await atOnce(20, (index) => startAs('ada', quiz, index))
    expect(countBy(refused, ({ body }) => body.code)).toEqual({ 'no-attempts-left': 20 })
    expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(2)
  })

  it('in the one-call form never make more attempts than the policy gives a learner', async () => {
    const quiz = await publish(host, restricted({ attemptsPerLearner: 3 }))
    const answers = await atOnce(50, (index) =>
      isolateOf(index).client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
        token: ROOT_KEY,
        body: { learner: { id: 'ada' }, responses: [{ question: 'many', response: wrongAnswer(index) }] },
        releases: ['many'],
      }),
    )
    expect(countBy(answers, ({ status, body }) => body.code ?? status)).toEqual({ 201: 3, 'no-attempts-left': 47 })
    expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(3)
  })

  it('after an attempt has expired settle it once, and are one new attempt', async () => {
    const fast = await createHost({ signingKeys: host.signingKeys })
    const quiz = await publish(fast, restricted({ timeLimitSeconds: 60, attemptsPerLearner: 2 }))
    const expired = await startFor(fast, quiz, 'ada')
    fast.clock.now += 61_000
    const answers = await atOnce(20, () =>
      fast.client.call('POST', `/v1/quizzes/${quiz}/attempts`, { token: ROOT_KEY, body: { learner: { id: 'ada' } } }),
    )
    expect(countBy(answers, ({ status }) => status)).toEqual({ 200: 19, 201: 1 })
    expect(new Set(answers.map(({ body }) => body.attempt.id)).size).toBe(1)
    expect((await logOf(fast.deps.db, expired.id)).map(({ type }) => type)).toEqual(['finished'])
    expect(await attemptsOf(fast.deps.db, quiz)).toHaveLength(2)
  })

  it('with one Idempotency-Key are one attempt, and all are told that it is new', async () => {
    const [open, closed] = [await publish(host, manyAnswersQuiz({})), await publish(host, restricted())]
    const headers = { 'Idempotency-Key': 'fifty-starts-at-once-with-a-key' }
    const anonymous = await atOnce(50, (index) =>
      isolateOf(index).client.call('POST', `/v1/quizzes/${open}/attempts`, { headers }),
    )
    const named = await atOnce(50, (index) => startAs('ada', closed, index, headers))
    for (const [quiz, answers] of [
      [open, anonymous],
      [closed, named],
    ] as const) {
      expect(countBy(answers, ({ status }) => status)).toEqual({ 201: 50 })
      expect(new Set(answers.map(({ body }) => body.attempt.id)).size).toBe(1)
      expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(1)
    }
  })

  it('in the one-call form with one Idempotency-Key are one submission', async () => {
    const quiz = await publish(host, manyAnswersQuiz({}))
    const answers = await atOnce(50, (index) =>
      isolateOf(index).client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
        body: { responses: [{ question: 'many', response: RIGHT_ANSWER }] },
        headers: { 'Idempotency-Key': 'fifty-submissions-with-a-key' },
        releases: ['many'],
      }),
    )
    expect(countBy(answers, ({ status }) => status)).toEqual({ 201: 50 })
    expect(new Set(answers.map(({ body }) => JSON.stringify(decodeJwt(body.receipt)))).size).toBe(1)
    expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(1)
  })
})
