import { decodeJwt } from 'jose'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { settleDueAttempts } from '../../src/services/settle-due-attempts.ts'
import { publish, type Run, start, startFor } from '../support/actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { attemptRow, logOf } from '../support/rows.ts'
import { NOTHING_SAID, said } from '../support/said.ts'

const LIMIT = 600_000
const GRACE = 30_000
const END = LIMIT + GRACE

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

// What one test leaves running would else be settled in another.
beforeEach(async () => {
  host.clock.now += 24 * 60 * 60 * 1000
  await settleDueAttempts(host.deps, 1000)
})

function timed(policy: Json = {}, change: Json = {}): Json {
  const limits = { timeLimitSeconds: LIMIT / 1000, graceSeconds: GRACE / 1000 }
  return quizDocument({ policy: { feedback: 'deferred', ...limits, ...policy }, ...change })
}

const time = (at: number) => new Date(at).toISOString()

async function take(policy: Json = {}): Promise<Run> {
  return start(host, await publish(host, timed(policy)))
}

describe('a quiz with a time limit', () => {
  it('names the deadline, without the grace', async () => {
    const startedAt = host.clock.now
    const run = await take()
    const named = { startedAt: time(startedAt), deadline: time(startedAt + LIMIT) }
    expect(run.started.body.attempt).toMatchObject({ ...named, serverTime: time(startedAt) })
    host.clock.now += 1000
    expect((await run.resume()).body.attempt).toMatchObject({ ...named, serverTime: time(startedAt + 1000) })
  })

  it('counts answers in the grace, to its last millisecond', async () => {
    const run = await take()
    for (const [at, choice] of [
      [LIMIT, 'a'],
      [LIMIT + 1, 'c'],
      [END, 'b'],
    ] as const) {
      host.clock.now = Date.parse(run.started.body.attempt.startedAt) + at
      const saved = await run.respond('single', { choice })
      expect(saved.body.results[0]).toMatchObject({ response: { choice }, refused: null })
      expect(saved.body.attempt.status).toBe('active')
    }
    host.clock.now += 1
    const late = await run.respond('single', { choice: 'a' }, { releases: ['single'] })
    expect(late).toMatchObject({ status: 409, body: { code: 'attempt-finished' } })
    expect(late.body.results[0]).toMatchObject({ response: { choice: 'b' }, status: 'correct', score: 1 })
  })

  it('ends where the learner finishes it, in the grace too', async () => {
    for (const after of [1000, LIMIT, END]) {
      const run = await take()
      host.clock.now += after
      const { body } = await run.finish()
      expect(body.attempt).toMatchObject({ finishReason: 'submitted', finishedAt: time(host.clock.now) })
    }
  })

  it('ends at its deadline when the finish comes after the grace', async () => {
    const run = await take()
    const deadline = host.clock.now + LIMIT
    host.clock.now += END + 1
    const { body } = await run.finish()
    expect(body.attempt).toMatchObject({ finishReason: 'expired', finishedAt: time(deadline), status: 'finished' })
    expect(decodeJwt(body.receipt)).toMatchObject({
      finishedAt: time(deadline),
      iat: Math.floor(host.clock.now / 1000),
    })
  })

  it('without grace ends with its deadline', async () => {
    const run = await take({ graceSeconds: 0 })
    host.clock.now += LIMIT
    expect((await run.respond('single', { choice: 'b' })).status).toBe(200)
    host.clock.now += 1
    expect((await run.respond('truth', { choice: 'true' }, { releases: ['single'] })).status).toBe(409)
  })

  it('is over for closed questions as for open ones: late comes before no tries left', async () => {
    const run = await take({ feedback: 'immediate', tries: 2 })
    await run.respond('single', { choice: 'b' }, { releases: ['single'] })
    await run.respond('multiple', { choices: ['p'] }, { releases: ['multiple'] })
    host.clock.now += END + 1
    const late = await run.respondAll(
      [
        { question: 'single', response: { choice: 'c' } },
        { question: 'multiple', response: { choices: ['p', 'q', 'r'] } },
      ],
      { releases: ['single', 'multiple'] },
    )
    expect(late).toMatchObject({ status: 409, body: { code: 'attempt-finished' } })
    expect(late.body.results).toMatchObject([
      { refused: 'attempt-finished', status: 'correct', triesLeft: 0 },
      { refused: 'attempt-finished', status: 'partially-correct', score: 1, triesLeft: 0 },
    ])
  })

  it('gives the retry of a try its own verdict, first of all after the deadline', async () => {
    const run = await take({ feedback: 'immediate', tries: 2 })
    await run.respond('single', { choice: 'a' }, { releases: ['single'] })
    await run.respond('single', { choice: 'b' }, { releases: ['single'] })
    host.clock.now += END + 1
    const retried = await run.respond('single', { choice: 'a' }, { releases: ['single'] })
    expect(retried.status).toBe(200)
    expect(retried.body.results[0]).toMatchObject({ status: 'incorrect', try: 1, duplicate: true, refused: null })
    expect(retried.body.attempt).toMatchObject({ status: 'finished', finishReason: 'expired', score: 1 })
  })

  it('keeps the limit that an attempt began with when a new revision has another', async () => {
    const quiz = await publish(host, timed())
    const run = await start(host, quiz)
    await publish(host, timed({ timeLimitSeconds: null, graceSeconds: 0 }), quiz)
    host.clock.now += END + 1
    expect((await run.resume()).body.attempt).toMatchObject({ status: 'finished', finishReason: 'expired' })
  })
})

describe('passing time alone', () => {
  it('releases nothing: what cannot write that the attempt is over says nothing', async () => {
    const run = await take()
    await run.respond('single', { choice: 'b' })
    host.clock.now += END + 1
    const calls = [
      { act: () => run.resume(), finishBatch: 2 },
      { act: () => run.respond('single', { choice: 'a' }), finishBatch: 2 },
      { act: () => run.finish(), finishBatch: 1 },
    ]
    for (const { act, finishBatch } of calls) {
      host.faults.before(finishBatch)
      const answer = await act()
      host.faults.clear()
      expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } })
      expect(answer.body.results).toBeUndefined()
      expect((await logOf(host.deps.db, run.id)).every(({ type }) => type === 'responded')).toBe(true)
    }
    const resumed = await run.resume({ releases: ['single'] })
    expect(resumed.body.results[0]).toMatchObject({ response: { choice: 'b' }, status: 'correct' })
  })

  it('releases nothing in the grace', async () => {
    const run = await take()
    await run.respond('single', { choice: 'b' })
    host.clock.now += END
    const resumed = await run.resume()
    expect(resumed.body).toMatchObject({ receipt: null, attempt: { status: 'active', score: null } })
    expect(said(resumed.body.results[0])).toEqual(NOTHING_SAID)
    expect(await settleDueAttempts(host.deps, 1000)).toBe(0)
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ finishedAt: null, settled: null })
  })
})

describe('whoever comes first after the end settles the attempt', () => {
  const releases = ['single']
  const firstToCome: [who: string, come: (run: Run, quiz: string) => Promise<unknown>][] = [
    ['a resume', (run) => run.resume({ releases })],
    ['a finish', (run) => run.finish({ releases })],
    ['a late answer', (run) => run.respond('truth', { choice: 'true' }, { releases })],
    ['the retry of the answer that stands', (run) => run.respond('single', { choice: 'b' }, { releases })],
    ['staff who look', (run) => run.resume({ token: ROOT_KEY, releases: 'everything' })],
    ['a new start of its learner', (_, quiz) => startFor(host, quiz, 'learner')],
    ['the timer', () => settleDueAttempts(host.deps)],
  ]

  for (const [who, come] of firstToCome) {
    it(who, async () => {
      const quiz = await publish(host, timed({ passingScore: 0.2 }, { access: 'restricted' }))
      const run = await startFor(host, quiz, 'learner')
      const deadline = host.clock.now + LIMIT
      await run.respond('single', { choice: 'b' })
      host.clock.now += END + 1
      await come(run, quiz)
      const log = await logOf(host.deps.db, run.id)
      expect(log.at(-1)).toMatchObject({ type: 'finished', at: host.clock.now })
      expect(log.filter(({ type }) => type === 'finished')).toHaveLength(1)
      expect(await attemptRow(host.deps.db, run.id)).toMatchObject({
        finishedAt: deadline,
        settled: log.length,
        score: 1000,
        passed: true,
      })
      const { body } = await run.resume({ releases })
      expect(body.attempt).toMatchObject({ finishReason: 'expired', finishedAt: time(deadline), score: 1 })
      expect(decodeJwt(body.receipt)).toMatchObject({ finishedAt: time(deadline), score: 1, passed: true })
    })
  }

  it('a one-call submission of its learner, where the quiz has lost its limit', async () => {
    const quiz = await publish(host, timed({}, { access: 'restricted' }))
    const run = await startFor(host, quiz, 'learner')
    const deadline = host.clock.now + LIMIT
    await publish(host, quizDocument({ access: 'restricted' }), quiz)
    const submit = () =>
      host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
        token: ROOT_KEY,
        body: { learner: { id: 'learner' }, responses: [] },
      })
    expect((await submit()).body.code).toBe('attempt-active')
    host.clock.now += END + 1
    expect((await submit()).status).toBe(201)
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ finishedAt: deadline, settled: 1, score: 0 })
  })
})

describe('an attempt that has expired', () => {
  it('makes room for the next one of its learner', async () => {
    const quiz = await publish(host, timed({}, { access: 'restricted' }))
    const first = await startFor(host, quiz, 'learner')
    host.clock.now += END
    expect((await startFor(host, quiz, 'learner')).started.status).toBe(200)
    host.clock.now += 1
    const second = await startFor(host, quiz, 'learner')
    expect(second.started.status).toBe(201)
    expect(second.id).not.toBe(first.id)
  })

  it('counts against the attempts that its learner has', async () => {
    const quiz = await publish(host, timed({ attemptsPerLearner: 1 }, { access: 'restricted' }))
    const run = await startFor(host, quiz, 'learner')
    host.clock.now += END + 1
    const body = { learner: { id: 'learner' } }
    const refused = await host.client.call('POST', `/v1/quizzes/${quiz}/attempts`, { token: ROOT_KEY, body })
    expect(refused).toMatchObject({ status: 409, body: { code: 'no-attempts-left' } })
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ settled: 1, score: 0, passed: false })
  })
})

describe('the timer', () => {
  it('settles what is over, leaves what is not, and finds nothing the second time', async () => {
    const quiz = await publish(host, timed())
    const over = [await start(host, quiz), await start(host, quiz), await start(host, quiz)]
    host.clock.now += GRACE + 1
    const running = await start(host, quiz)
    host.clock.now += LIMIT
    expect(await settleDueAttempts(host.deps, 2)).toBe(2)
    expect(await settleDueAttempts(host.deps, 2)).toBe(1)
    expect(await settleDueAttempts(host.deps, 2)).toBe(0)
    for (const { id } of over) expect((await attemptRow(host.deps.db, id)).settled).toBe(1)
    expect(await attemptRow(host.deps.db, running.id)).toMatchObject({ finishedAt: null, settled: null })
  })
})
