import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import type { Answer } from '../support/client.ts'
import { createHost, ROOT_KEY, START, type TestHost } from '../support/host.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { NOTHING_SAID, said } from '../support/said.ts'
import { secretsIn } from '../support/secrets.ts'

/** What an attempt's review shows once the quiz has closed: from then on, on every surface, and of finished attempts alone. */

const HOUR = 3_600_000
const GRACE = 60_000
/** The last moment at which somebody may still be answering. */
const LAST = START + HOUR + GRACE
const closesAt = new Date(START + HOUR).toISOString()
const EVERYTHING = ['verdict', 'score', 'feedback', 'explanation', 'answer', 'unanswered']
const ALL = { releases: ['single', 'multiple', 'truth'] }

async function take(policy: Json): Promise<{ host: TestHost; run: Run }> {
  const host = await createHost()
  const whole = { feedback: 'deferred', closesAt, graceSeconds: GRACE / 1000, ...policy }
  return { host, run: await start(host, await publish(host, quizDocument({ policy: whole }))) }
}

const WRONG = { choice: 'a' }
const hidden = { status: 'answered', score: null }
const progressOf = ({ body }: Answer) => decodeJwt<{ progress: Json }>(body.token).progress

async function finishedAttempt(policy: Json) {
  const { host, run } = await take(policy)
  await run.respond('single', WRONG, ALL)
  await run.finish(ALL)
  return { host, run }
}

describe('of an attempt that was finished before the quiz closed', () => {
  it('everything comes at once when it closes, and nothing a millisecond before', async () => {
    const { host, run } = await finishedAttempt({ review: { finished: [], closed: EVERYTHING } })
    for (const now of [START + HOUR - 1, START + HOUR, LAST]) {
      host.clock.now = now
      for (const answer of [await run.resume(), await run.finish(), await run.respond('single', WRONG)]) {
        expect(secretsIn(answer)).toEqual([])
        expect(answer.body.results[0]).toMatchObject({ ...hidden, ...NOTHING_SAID })
        expect(answer.body.attempt).toMatchObject({ score: null, passed: null })
        expect(progressOf(answer)).toEqual({ answered: 1, total: 3 })
        expect(answer.body.receipt ?? null).toBeNull()
      }
      const refused = await run.respond('single', { choice: 'b' })
      expect(refused).toMatchObject({ status: 409, body: { code: 'attempt-finished' } })
      expect(refused.body.results[0]).toMatchObject({ ...hidden, ...NOTHING_SAID, refused: 'attempt-finished' })
      expect(secretsIn(refused)).toEqual([])
    }
    host.clock.now = LAST + 1
    const told = {
      feedback: ['incorrect', 'option-a', 'option-b', 'option-c'],
      hint: null,
      explanation: 'explanation',
      answer: { choice: 'b' },
    }
    for (const answer of [await run.resume(ALL), await run.finish(ALL), await run.respond('single', WRONG, ALL)]) {
      expect(answer.body.results[0]).toMatchObject({ status: 'incorrect', score: 0 })
      expect(said(answer.body.results[0])).toEqual(told)
      expect(answer.body.attempt).toMatchObject({ score: 0, passed: false })
      expect(progressOf(answer)).toEqual({ answered: 1, total: 3, score: 0 })
    }
    const refused = await run.respond('single', { choice: 'b' }, ALL)
    expect(refused).toMatchObject({ status: 409, body: { code: 'attempt-finished' } })
    expect(said(refused.body.results[0])).toEqual(told)
    for (const answer of [await run.resume(ALL), await run.finish(ALL)]) {
      expect(decodeJwt(answer.body.receipt)).toMatchObject({ score: 0, maxScore: 5, passed: false, final: true })
      expect(answer.body.results[1]).toMatchObject({ status: 'unanswered', score: 0 })
      expect(said(answer.body.results[1])).toMatchObject({ answer: { choices: ['p', 'q', 'r'] } })
    }
  })

  const rows: [closed: string[], first: Json, unanswered: Json, total: number | null][] = [
    [[], hidden, { score: null }, null],
    [['score'], hidden, { score: null }, 0],
    [['verdict'], { status: 'incorrect', score: null }, { score: null }, null],
    [['verdict', 'score'], { status: 'incorrect', score: 0 }, { score: 0 }, 0],
    [['answer'], { ...hidden, answer: { choice: 'b' } }, { answer: null }, null],
    [['answer', 'unanswered'], { ...hidden, answer: { choice: 'b' } }, { answer: { choice: 'true' } }, null],
  ]
  it.each(rows)('%o shows that and nothing else', async (closed, first, unanswered, total) => {
    // What the finish had shown is gone where the close does not list it.
    const { host, run } = await finishedAttempt({ review: { finished: EVERYTHING, closed } })
    expect((await run.resume(ALL)).body.attempt).toMatchObject({ score: 0 })
    host.clock.now = LAST + 1
    for (const answer of [await run.resume(), await run.finish()]) {
      const nothing = { feedback: null, hint: null, explanation: null, answer: null }
      expect(answer.body.results[0]).toMatchObject({ ...nothing, ...first })
      expect(answer.body.results[2]).toMatchObject({ ...nothing, status: 'unanswered', ...unanswered })
      expect(answer.body.attempt).toMatchObject({ score: total, passed: total === null ? null : false })
      expect(answer.body.receipt === null).toBe(total === null)
      expect(secretsIn(answer)).toEqual([])
    }
  })

  it('staff are shown everything before and after', async () => {
    const { host, run } = await finishedAttempt({ review: { finished: [], closed: [] } })
    for (const now of [START, LAST + 1]) {
      host.clock.now = now
      const read = await run.resume({ token: ROOT_KEY, releases: 'everything' })
      expect(read.body.results[0]).toMatchObject({ status: 'incorrect', score: 0, answer: { choice: 'b' } })
      expect(read.body.attempt).toMatchObject({ score: 0, passed: false })
    }
  })

  it('also of one that was taken in one call, when its call is sent again', async () => {
    const host = await createHost()
    const review = { finished: [], closed: EVERYTHING }
    const policy = { feedback: 'deferred', closesAt, graceSeconds: GRACE / 1000, review }
    const quiz = await publish(host, quizDocument({ policy }))
    const body = { responses: [{ question: 'single', response: WRONG }] }
    const headers = { 'Idempotency-Key': 'one-call-before-and-after-the-close' }
    const send = (options: Json) =>
      host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body, headers, ...options })
    const before = await send({})
    expect(before.body).toMatchObject({ receipt: null, attempt: { score: null } })
    expect(before.body.results[0]).toMatchObject(hidden)
    host.clock.now = LAST
    expect((await send({})).body.results).toEqual(before.body.results)
    host.clock.now = LAST + 1
    const after = await send(ALL)
    expect(after.body.attempt).toMatchObject({ id: before.body.attempt.id, score: 0, passed: false })
    expect(after.body.results[0]).toMatchObject({ status: 'incorrect', answer: { choice: 'b' } })
    expect(decodeJwt(after.body.receipt)).toMatchObject({ score: 0 })
  })
})

async function extended(review: Json) {
  const { host, run } = await take({ timeLimitSeconds: 1800, review })
  await run.respond('single', WRONG, ALL)
  const body = { extraSeconds: 3 * 3600, reason: 'The power was out' }
  const path = `/v1/attempts/${run.id}/extensions`
  expect((await host.client.call('POST', path, { token: ROOT_KEY, body })).status).toBe(200)
  host.clock.now = LAST + 1
  return { host, run }
}

describe('of an attempt that was given more time than the quiz has', () => {
  it('nothing comes while it runs, though the quiz has closed', async () => {
    const { run } = await extended({ finished: [], closed: EVERYTHING })
    for (const answer of [await run.resume(), await run.respond('truth', { choice: 'true' }), await run.resume()]) {
      expect(answer.body.attempt).toMatchObject({ status: 'active', score: null, passed: null })
      expect(answer.body.results[0]).toMatchObject({ status: 'answered', score: null, ...NOTHING_SAID })
      expect(answer.body.receipt ?? null).toBeNull()
      expect(progressOf(answer)).not.toHaveProperty('score')
      expect(secretsIn(answer)).toEqual([])
    }
    const finished = await run.finish(ALL)
    expect(finished.body.attempt).toMatchObject({ status: 'finished', score: 1, passed: false })
    expect(finished.body.results[0]).toMatchObject({ status: 'incorrect', answer: { choice: 'b' } })
    expect(decodeJwt(finished.body.receipt)).toMatchObject({ score: 1 })
  })

  it('what is shown during the attempt goes on being shown, until the finish takes it', async () => {
    const during = ['verdict', 'score']
    const { run } = await extended({ during, finished: EVERYTHING, closed: [] })
    expect((await run.resume()).body).toMatchObject({
      attempt: { score: 0 },
      results: [{ status: 'incorrect' }, {}, {}],
    })
    const finished = await run.finish()
    expect(finished.body.attempt).toMatchObject({ score: null, passed: null })
    expect(finished.body.results[0]).toMatchObject({ ...hidden, ...NOTHING_SAID })
    expect(finished.body.receipt).toBeNull()
  })

  it('whoever first finds its time up gets what the closed quiz shows', async () => {
    for (const find of ['resume', 'finish', 'respond'] as const) {
      const { host, run } = await extended({ finished: [], closed: EVERYTHING })
      host.clock.now = START + 1800_000 + 3 * HOUR + GRACE
      expect((await run.resume()).body.attempt).toMatchObject({ status: 'active', score: null })
      host.clock.now += 1
      const found = find === 'respond' ? await run.respond('single', { choice: 'b' }, ALL) : await run[find](ALL)
      expect(found.body.results[0]).toMatchObject({ status: 'incorrect', answer: { choice: 'b' } })
      expect((await run.resume(ALL)).body.attempt).toMatchObject({ finishReason: 'expired', score: 0 })
    }
  })
})
