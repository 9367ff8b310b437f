import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { attemptEvents } from '../../src/db/schema.ts'
import { settleAllDueAttempts, settleDueAttempts } from '../../src/services/settle-due-attempts.ts'
import { publish, type Run, start, startFor } from '../support/actions.ts'
import { atOnce } from '../support/at-once.ts'
import { createHost, ROOT_KEY, START, type TestHost } from '../support/host.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { attemptRow, logOf } from '../support/rows.ts'

const everything = { releases: 'everything' } as const
const DAY = 24 * 60 * 60 * 1000

let days = 0

/** A host on a day of its own, at which nothing is due: the hosts of a file share their database. */
async function nextDay(): Promise<TestHost> {
  days += 1
  const host = await createHost({ clock: { now: START + days * DAY } })
  await settleDueAttempts(host.deps, 1000)
  return host
}

/** An attempt with 1 and 2 of 5 points in it, or with all of them. */
async function answered(host: TestHost, { policy = {}, all = false } = {}): Promise<Run> {
  const run = await start(host, await publish(host, quizDocument({ policy })))
  await run.respond('single', { choice: 'b' }, everything)
  await run.respond('multiple', { choices: all ? ['p', 'q', 'r'] : ['p', 'q'] }, everything)
  if (all) await run.respond('truth', { choice: 'true' }, everything)
  return run
}

const byStaff = (host: TestHost, run: Run) =>
  host.client.call('GET', `/v1/attempts/${run.id}`, { token: ROOT_KEY, ...everything })
const settlement = async (host: TestHost, run: Run) => {
  const { finishedAt, settled, score, passed } = await attemptRow(host.deps.db, run.id)
  return { finishedAt, settled, score, passed }
}

describe('a finish that was cut off between its two batches', () => {
  const followers: { follower: string; settles: (host: TestHost, run: Run) => Promise<unknown> }[] = [
    { follower: 'the next finish', settles: (_host, run) => run.finish(everything) },
    { follower: 'the next resume', settles: (_host, run) => run.resume(everything) },
    { follower: 'the next look of staff', settles: byStaff },
    { follower: 'the timer', settles: (host) => settleDueAttempts(host.deps) },
    {
      follower: 'a resume in an isolate that has just begun',
      settles: async (host, run) =>
        (await host.isolate()).client.call('GET', `/v1/attempts/${run.id}`, { token: run.token, ...everything }),
    },
    {
      follower: 'the timer of another isolate',
      settles: async (host) => settleDueAttempts((await host.isolate()).deps),
    },
  ]
  const outcomes = [
    { all: false, score: 3000, passed: false },
    { all: true, score: 5000, passed: true },
  ]
  for (const { follower, settles } of followers) {
    for (const { all, score, passed } of outcomes) {
      it(`is settled by ${follower}, with ${score / 1000} points`, async () => {
        const host = await nextDay()
        const run = await answered(host, { all })
        host.faults.before(2)
        expect((await run.finish(everything)).status).toBe(503)
        const at = host.clock.now
        expect(await settlement(host, run)).toEqual({ finishedAt: at, settled: null, score: null, passed: null })
        host.clock.now += 5000
        await settles(host, run)
        const seq = all ? 4 : 3
        expect(await settlement(host, run)).toEqual({ finishedAt: at, settled: seq, score, passed })
        const seen = await run.finish(everything)
        expect(seen.body.attempt).toMatchObject({ score: score / 1000, passed, finishedAt: new Date(at).toISOString() })
        expect(decodeJwt(seen.body.receipt)).toMatchObject({ score: score / 1000, passed, seq, final: true })
        expect(
          (await logOf(host.deps.db, run.id)).map(({ type }) => type).filter((t) => t === 'finished'),
        ).toHaveLength(1)
      })
    }
  }

  it('is settled up to the end of its log, though the log grew while it was being folded', async () => {
    const host = await nextDay()
    const run = await answered(host)
    const event = { attempt: run.id, seq: 4, id: 'evt_later', type: 'responded', at: host.clock.now } as const
    const body = { responses: [{ question: 'truth', response: { choice: 'true' } }] }
    host.faults.meanwhile(2, () => host.deps.db.insert(attemptEvents).values({ ...event, body, size: 0 }))
    const finished = await run.finish(everything)
    expect(decodeJwt(finished.body.receipt)).toMatchObject({ seq: 4, score: 3 })
    expect(await settlement(host, run)).toMatchObject({ settled: 4, score: 3000 })
  })

  it('takes no more responses', async () => {
    const host = await nextDay()
    const run = await answered(host)
    host.faults.before(2)
    await run.finish(everything)
    const refused = await run.respond('truth', { choice: 'true' }, everything)
    expect(refused.body).toMatchObject({ status: 409, code: 'attempt-finished' })
  })

  it('does not keep its learner from another attempt', async () => {
    const host = await nextDay()
    const quiz = await publish(host, quizDocument({ access: 'restricted', policy: { attemptsPerLearner: 2 } }))
    const run = await startFor(host, quiz, 'ada')
    await run.resume()
    host.faults.before(2)
    expect((await run.finish()).status).toBe(503)
    const next = await startFor(host, quiz, 'ada')
    expect([next.started.status, next.id === run.id]).toEqual([201, false])
  })
})

describe('an attempt whose time has run out', () => {
  const policy = { timeLimitSeconds: 60, graceSeconds: 10 }

  it('is still running at the last millisecond of its grace, and over at the next', async () => {
    const host = await nextDay()
    const run = await answered(host, { policy })
    host.clock.now += 70_000
    expect((await run.resume(everything)).body.attempt).toMatchObject({ status: 'active', finishedAt: null })
    await settleDueAttempts(host.deps)
    expect(await settlement(host, run)).toMatchObject({ finishedAt: null, settled: null })
    host.clock.now += 1
    expect((await run.resume(everything)).body.attempt).toMatchObject({ status: 'finished', finishReason: 'expired' })
  })

  it('is settled by the timer as of its deadline, with what came in time', async () => {
    const host = await nextDay()
    const started = host.clock.now
    const run = await answered(host, { policy })
    host.clock.now += DAY
    expect(await settleDueAttempts(host.deps)).toBe(1)
    const deadline = started + 60_000
    expect(await settlement(host, run)).toEqual({ finishedAt: deadline, settled: 3, score: 3000, passed: false })
    expect(await settleDueAttempts(host.deps)).toBe(0)
    const receipt = decodeJwt((await byStaff(host, run)).body.receipt)
    expect(receipt).toMatchObject({ finishedAt: new Date(deadline).toISOString(), score: 3 })
  })

  it('gets one end, however many find it at once', async () => {
    const host = await nextDay()
    const other = await host.isolate()
    const run = await answered(host, { policy })
    host.clock.now += 71_000
    const answers = await atOnce(20, async (index) => {
      const { client, deps } = index % 2 === 0 ? host : other
      if (index % 5 === 4) return settleDueAttempts(deps)
      const path = `/v1/attempts/${run.id}`
      if (index % 5 === 3) return client.call('POST', `${path}/finish`, { token: run.token, ...everything })
      return client.call('GET', path, { token: run.token, ...everything })
    })
    const told = answers.flatMap((answer) => (typeof answer === 'number' ? [] : [JSON.stringify(answer.body.attempt)]))
    expect([told.length, new Set(told).size]).toEqual([16, 1])
    expect((await logOf(host.deps.db, run.id)).map(({ type }) => type)).toEqual(['responded', 'responded', 'finished'])
  })

  it('has a late response in its log, which counts for nothing', async () => {
    const host = await nextDay()
    const run = await answered(host, { policy })
    host.clock.now += 71_000
    const late = await run.respond('truth', { choice: 'true' }, everything)
    expect(late.body).toMatchObject({ status: 409, code: 'attempt-finished' })
    expect(await settlement(host, run)).toMatchObject({ settled: 4, score: 3000, passed: false })
  })

  it('is settled after a fault in any of the batches of whoever found it', async () => {
    for (const batch of [1, 2, 3]) {
      for (const kind of ['before', 'after'] as const) {
        const host = await nextDay()
        const run = await answered(host, { policy })
        host.clock.now += 71_000
        host.faults[kind](batch)
        expect((await run.resume(everything)).status).toBe(503)
        host.faults.clear()
        await settleDueAttempts(host.deps)
        expect(await settlement(host, run)).toMatchObject({ settled: 3, score: 3000, passed: false })
      }
    }
  })
})

describe('the timer', () => {
  const policy = { timeLimitSeconds: 60 }

  it('takes the oldest first, and no more than it was told', async () => {
    const host = await nextDay()
    const runs: Run[] = []
    for (let index = 0; index < 5; index++) {
      runs.push(await answered(host, { policy }))
      host.clock.now += 1000
    }
    host.clock.now += DAY
    expect(await settleDueAttempts(host.deps, 2)).toBe(2)
    const settled = await Promise.all(runs.map(async (run) => (await settlement(host, run)).settled !== null))
    expect(settled).toEqual([true, true, false, false, false])
    expect(await settleDueAttempts(host.deps, 2)).toBe(2)
    expect(await settleDueAttempts(host.deps, 2)).toBe(1)
  })

  it('does not keep others waiting for one that cannot be settled now', async () => {
    const host = await nextDay()
    const [first, second] = [await answered(host, { policy }), await answered(host, { policy })]
    host.clock.now += DAY
    // The search is the first batch, and the read of the first attempt the second.
    host.faults.before(2)
    expect(await settleDueAttempts(host.deps)).toBe(1)
    expect(host.log.filter(({ event }) => event === 'settle-failed')).toHaveLength(1)
    expect(JSON.stringify(host.log)).not.toContain('secret')
    expect(await settleDueAttempts(host.deps)).toBe(1)
    for (const run of [first, second]) expect(await settlement(host, run)).toMatchObject({ settled: 3, score: 3000 })
  })

  it('goes on over all pages, though one attempt on the first cannot be settled now', async () => {
    const host = await nextDay()
    const quiz = await publish(host, quizDocument({ policy }))
    const runs = await Promise.all(Array.from({ length: 120 }, () => start(host, quiz)))
    host.clock.now += DAY
    host.faults.before(2)
    await settleAllDueAttempts(host.deps)
    const settled = await Promise.all(runs.map(async ({ id }) => (await attemptRow(host.deps.db, id)).settled))
    expect(settled.filter((seq) => seq === null)).toEqual([])
    expect(host.log.filter(({ event }) => event === 'settle-failed')).toHaveLength(1)
  })

  it('leaves alone what is running, and what has no deadline', async () => {
    const host = await nextDay()
    const [timed, free] = [await answered(host, { policy }), await answered(host)]
    host.clock.now += 30_000
    expect(await settleDueAttempts(host.deps)).toBe(0)
    for (const run of [timed, free]) expect(await settlement(host, run)).toMatchObject({ finishedAt: null })
  })
})
