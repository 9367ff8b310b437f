import { describe, expect, it } from 'vitest'
import { passAttempt, selectUnswept } from '../../src/db/sweep.ts'
import { sweepAttempts } from '../../src/services/sweep-attempts.ts'
import { publish, type Run, start, startFor } from '../support/actions.ts'
import { atOnce } from '../support/at-once.ts'
import { createHost, ROOT_KEY, START, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { attemptsOf, logOf } from '../support/rows.ts'

const everything = { releases: 'everything' } as const
const DAY = 24 * 60 * 60 * 1000
const DAYS = 7
const GONE = [404, 'not-found']

let months = 0

/** A host in a month of its own, before which everything is swept: the hosts of a file share their database. */
async function nextMonth(): Promise<TestHost> {
  months += 1
  const host = await createHost({ clock: { now: START + months * 30 * DAY } })
  await sweepAttempts(host.deps, { days: 0, pages: 100 })
  host.log.length = 0
  return host
}

const sweep = (host: TestHost, more = {}) => sweepAttempts(host.deps, { days: DAYS, pages: 100, ...more })
const idsOf = async (host: TestHost, quiz: string) => (await attemptsOf(host.deps.db, quiz)).map(({ id }) => id)
const answer = (run: Run) => run.respond('single', { choice: 'b' }, everything)

describe('an attempt that was started and never touched', () => {
  it('is deleted when it is old enough, and then is told to be gone', async () => {
    const host = await nextMonth()
    const quiz = await publish(host)
    const run = await start(host, quiz)
    host.clock.now += 1
    const later = await start(host, quiz)

    host.clock.now += DAYS * DAY - 1
    await sweep(host)
    expect(await idsOf(host, quiz)).toEqual([run.id, later.id])
    host.clock.now += 1
    await sweep(host)
    expect(await idsOf(host, quiz)).toEqual([later.id])

    for (const call of [run.resume(), answer(run), run.finish()]) expect(problemOf(await call)).toEqual(GONE)
    const byStaff = await host.client.call('GET', `/v1/attempts/${run.id}`, { token: ROOT_KEY })
    expect(problemOf(byStaff)).toEqual(GONE)
    expect(await logOf(host.deps.db, run.id)).toEqual([])
    expect((await later.resume()).status).toBe(200)
  })

  it('is told of in the log as one of a number, and not by its id', async () => {
    const host = await nextMonth()
    const quiz = await publish(host)
    await start(host, quiz)
    await start(host, quiz)
    host.clock.now += DAYS * DAY + 1
    await sweep(host)
    await sweep(host)
    const lines = host.log.filter(({ event }) => event !== 'request')
    expect(lines).toEqual([{ level: 'info', event: 'attempts-swept', count: 2, traceId: expect.any(String) }])
  })

  it('stays where somebody counts on it, or something has happened in it', async () => {
    const host = await nextMonth()
    const [quiz, timed] = [
      await publish(host),
      await publish(host, quizDocument({ policy: { timeLimitSeconds: 60 * 60 } })),
    ]
    const kept = {
      named: await startFor(host, quiz, 'ada'),
      noted: await start(host, quiz, { token: ROOT_KEY, body: { metadata: { course: 'c1' } } }),
      answered: await start(host, quiz),
      finished: await start(host, quiz),
      timed: await start(host, timed),
    }
    const untouched = await start(host, quiz)
    await answer(kept.answered)
    await kept.finished.finish(everything)

    host.clock.now += DAYS * DAY + 1
    await sweep(host)
    const left = [...(await idsOf(host, quiz)), ...(await idsOf(host, timed))]
    expect(left.toSorted()).toEqual(
      Object.values(kept)
        .map(({ id }) => id)
        .toSorted(),
    )
    expect(left).not.toContain(untouched.id)
  })
})

describe('a first response', () => {
  it('that comes before the deletion keeps the attempt, however late', async () => {
    const host = await nextMonth()
    const quiz = await publish(host)
    const run = await start(host, quiz)
    host.clock.now += DAYS * DAY + 1
    // Between finding what is old enough and deleting it.
    host.faults.meanwhile(2, () => answer(run))
    await sweep(host)
    expect((await run.resume(everything)).body.attempt.answeredCount).toBe(1)
    await sweep(host)
    expect((await run.finish(everything)).body.attempt.score).toBe(1)
  })

  it('that comes at the same moment is kept with its attempt, or refused with nothing left of either', async () => {
    const host = await nextMonth()
    const quiz = await publish(host)
    const runs = await atOnce(12, () => start(host, quiz))
    host.clock.now += DAYS * DAY + 1
    const isolate = await host.isolate()
    const [answers] = await Promise.all([
      atOnce(runs.length, (index) => answer(runs[index]!)),
      sweep(host),
      sweep(isolate),
    ])
    const left = await idsOf(host, quiz)
    for (const [index, { id }] of runs.entries()) {
      const { status } = answers[index]!
      const log = await logOf(host.deps.db, id)
      expect([status, log.length, left.includes(id)]).toEqual(status === 200 ? [200, 1, true] : [404, 0, false])
    }
  })
})

describe('a sweep', () => {
  it('goes on where the last one ended, in batches, and ends after so many of them', async () => {
    const host = await nextMonth()
    const quiz = await publish(host)
    const runs = []
    for (let count = 0; count < 5; count++) {
      host.clock.now += 1
      runs.push(await start(host, quiz))
    }
    const ids = runs.map(({ id }) => id)
    host.clock.now += DAYS * DAY + 1
    await sweep(host, { pageSize: 2, pages: 1 })
    expect(await idsOf(host, quiz)).toEqual(ids.slice(2))
    await sweep(await host.isolate(), { pageSize: 2, pages: 1 })
    expect(await idsOf(host, quiz)).toEqual(ids.slice(4))
    await sweep(host, { pageSize: 2, pages: 1 })
    expect(await idsOf(host, quiz)).toEqual([])
  })

  it('looks at no attempt twice, and asks once where nothing is to be swept', async () => {
    const host = await nextMonth()
    const run = await start(host, await publish(host))
    await answer(run)
    host.clock.now += DAYS * DAY + 1
    const tripsOf = async () => {
      const { trips } = host.meter
      await sweep(host)
      return host.meter.trips - trips
    }
    expect(await tripsOf()).toBe(2)
    expect(await tripsOf()).toBe(1)
  })

  it('that falls behind another does not send it back', async () => {
    const host = await nextMonth()
    const { db } = host.deps
    await db.batch([passAttempt(db, 'att_zz')])
    await db.batch([passAttempt(db, 'att_00')])
    await start(host, await publish(host))
    expect((await db.batch([selectUnswept(db, { before: 'att_~', limit: 10 })]))[0]).toEqual([])
  })

  it('begins nothing where its host is about to stop', async () => {
    const draining = await createHost({ isDraining: () => true })
    const { trips } = draining.meter
    await sweep(draining)
    expect(draining.meter.trips).toBe(trips)
  })
})
