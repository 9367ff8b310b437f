import { eq, inArray } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { attemptEvents, attempts, jobs, regradeChanges } from '../../src/db/schema.ts'
import { runJobs } from '../../src/services/run-jobs.ts'
import { settleDueAttempts } from '../../src/services/settle-due-attempts.ts'
import { publish, start } from '../support/actions.ts'
import { removeAttempt } from '../support/empty-database.ts'
import { DRIVER_MESSAGE } from '../support/faults.ts'
import { createHost, START, type TestHost } from '../support/host.ts'
import { quizDocument, singleChoice } from '../support/quiz-document.ts'
import { changesOf, jobRow, publishAgain, readRegrade, waitingRegrade } from '../support/regrades.ts'
import { attemptsOf, logOf } from '../support/rows.ts'

let host: TestHost
/** Another isolate: the revisions of a new quiz are not in its memory. */
let other: TestHost

beforeAll(async () => {
  host = await createHost()
  other = await host.isolate()
})

const everything = { releases: 'everything' } as const
const LEASE = 60_000

const version = (key: string) =>
  quizDocument({ questions: [singleChoice('single', { key })], policy: { timeLimitSeconds: 600 } })

/**
 * Four attempts, in this order: one that becomes right, one that becomes wrong, one whose score stays and that runs, and
 * one whose time has run out without anybody looking. A regrade of them waits to be begun.
 */
async function waiting(dryRun: boolean) {
  host.clock.now = START
  const quiz = await publish(host, version('b'))
  const overtime = await start(host, quiz)
  await overtime.respond('single', { choice: 'c' }, everything)
  host.clock.now += 590_000
  for (const choice of ['c', 'b']) {
    host.clock.now += 10
    const run = await start(host, quiz)
    await run.respond('single', { choice }, everything)
    await run.finish(everything)
  }
  host.clock.now += 10
  const running = await start(host, quiz)
  await running.respond('single', { choice: 'a' }, everything)
  const revision = await publishAgain(host, quiz, version('c'))
  host.clock.now += 20_000
  const job = await waitingRegrade(host, quiz, { revision, dryRun })
  return { quiz, job, again: await rewinding(quiz, job) }
}

/** Puts everything back to where it was, the clock and what isolates remember too: so a job can be cut off in many ways. */
async function rewinding(quiz: string, job: string): Promise<() => Promise<void>> {
  const { db } = host.deps
  const now = host.clock.now
  const rows = await attemptsOf(db, quiz)
  const events = (await Promise.all(rows.map(({ id }) => logOf(db, id)))).flat()
  const row = await jobRow(host, job)
  return async () => {
    host.clock.now = now
    for (const { deps } of [host, other]) deps.caches.answerKeys.clear()
    const ids = rows.map(({ id }) => id)
    await db.batch([
      db.delete(attemptEvents).where(inArray(attemptEvents.attempt, ids)),
      db.delete(attempts).where(inArray(attempts.id, ids)),
      db.delete(regradeChanges).where(eq(regradeChanges.job, job)),
      db.update(jobs).set(row).where(eq(jobs.id, job)),
      ...rows.map((each) => db.insert(attempts).values(each)),
      ...events.map((each) => db.insert(attemptEvents).values(each)),
    ])
  }
}

/** Everything that is stored of a quiz and its regrade, without what is random, and without times unless they are wanted. */
async function stateOf({ quiz, job: id }: { quiz: string; job: string }, times: 'with times' | 'without times') {
  const kept = (record: object) =>
    times === 'with times'
      ? record
      : Object.fromEntries(Object.entries(record).filter(([name]) => !['at', 'updatedAt', 'finishedAt'].includes(name)))
  const rows = await attemptsOf(host.deps.db, quiz)
  const place = (attempt: string) => rows.findIndex((row) => row.id === attempt)
  const logs = await Promise.all(rows.map((row) => logOf(host.deps.db, row.id)))
  const job = await jobRow(host, id)
  const { body: read } = await readRegrade(host, quiz, id)
  return {
    attempts: rows.map((row) =>
      kept({ ...row, id: null, quiz: null, revision: null, finished: row.finishedAt !== null }),
    ),
    logs: logs.map((log) =>
      log.map(({ seq, type, at, body, id: event }) => {
        return kept({ seq, type, at, said: { ...body, regrade: null, revision: null }, ofJob: event === id })
      }),
    ),
    job: kept({
      progress: job.progress,
      cursor: place(job.cursor),
      finishedAt: job.finishedAt,
    }),
    changes: (await changesOf(host, id)).map(({ attempt, before, after }) => ({ of: place(attempt), before, after })),
    read: {
      ...read,
      id: null,
      quiz: null,
      revision: null,
      finishedAt: null,
      createdAt: null,
      changes: read.changes.length,
    },
  }
}

const nothing = () => undefined
const KINDS = ['before', 'after'] as const

const noted = (of: number, [before, after]: number[], passed: [boolean, boolean]) => ({
  of,
  before: { score: before, maxScore: 1000, passed: passed[0] },
  after: { score: after, maxScore: 1000, passed: passed[1] },
})

for (const dryRun of [false, true]) {
  describe(dryRun ? 'a dry run' : 'a regrade', () => {
    let scene: Awaited<ReturnType<typeof waiting>>
    let batches: number
    let whole: Awaited<ReturnType<typeof stateOf>>
    let wholeWithoutTimes: typeof whole

    beforeAll(async () => {
      scene = await waiting(dryRun)
      await scene.again()
      const trips = host.meter.trips
      await runJobs(host.deps, 100)
      batches = host.meter.trips - trips
      whole = await stateOf(scene, 'with times')
      wholeWithoutTimes = await stateOf(scene, 'without times')
    })

    it('comes to what was to be expected when nothing happens to it', async () => {
      const state = whole
      // The first is the one whose time ran out: with the choice of c.
      expect(state.changes).toEqual([
        noted(0, [0, 1000], [false, true]),
        noted(1, [0, 1000], [false, true]),
        noted(2, [1000, 0], [true, false]),
      ])
      expect(state.job).toMatchObject({
        progress: {
          attempts: 4,
          regraded: 4,
          finished: 3,
          before: 1000,
          after: 2000,
          becamePassed: 2,
          becameFailed: 1,
        },
      })
      const types = dryRun
        ? [['responded', 'finished'], ['responded', 'finished'], ['responded', 'finished'], ['responded']]
        : [
            ['responded', 'finished', 'regraded'],
            ['responded', 'finished', 'regraded'],
            ['responded', 'finished', 'regraded'],
            ['responded', 'regraded'],
          ]
      expect(state.logs.map((log) => log.map((event) => (event as { type: string }).type))).toEqual(types)
    })

    // A dry run is the same job: for it the harder case is enough.
    for (const kind of dryRun ? [] : KINDS) {
      it(`that meets a fault ${kind} the commit of any batch ends as if it had not, when it is carried on`, async () => {
        expect(batches).toBeGreaterThan(8)
        for (let batch = 1; batch <= batches; batch++) {
          await scene.again()
          host.faults[kind](batch)
          await expect(runJobs(host.deps, 100)).rejects.toThrow(DRIVER_MESSAGE)
          host.faults.clear()
          await runJobs(other.deps, 100)
          // Where the answer to the claim was lost, nobody knew that the job was held.
          const atOnce = kind === 'before' || batch > 1
          expect((await jobRow(host, scene.job)).finishedAt !== null).toBe(atOnce)
          host.clock.now += atOnce ? 0 : LEASE
          await runJobs(other.deps, 100)
          const state = await stateOf(scene, atOnce ? 'with times' : 'without times')
          expect(state).toEqual(atOnce ? whole : wholeWithoutTimes)
        }
      })
    }

    for (const kind of KINDS) {
      it(`that is killed ${kind} the commit of any batch is left alone for its lease, and then ended as if it had not been`, async () => {
        for (let batch = 1; batch <= batches; batch++) {
          await scene.again()
          host.faults[kind](batch)
          for (let later = 1; later <= batches + 2; later++) host.faults.before(batch + later)
          await runJobs(host.deps, 100).catch(nothing)
          host.faults.clear()
          const left = await jobRow(host, scene.job)
          host.clock.now += LEASE - 1
          await runJobs(other.deps, 100)
          const held = left.leasedUntil > host.clock.now
          expect(held ? await jobRow(host, scene.job) : left).toEqual(left)
          host.clock.now += 1
          await runJobs(other.deps, 100)
          expect(await stateOf(scene, 'without times')).toEqual(wholeWithoutTimes)
        }
      })
    }
  })
}

describe('a regrade that is cut off', () => {
  it('counts an attempt as it stood when it was regraded, whatever its learner has done since', async () => {
    const quiz = await publish(host, quizDocument())
    const run = await start(host, quiz)
    await run.respond('single', { choice: 'c' }, everything)
    const revision = await publishAgain(host, quiz, quizDocument({ questions: changed() }))
    const job = await waitingRegrade(host, quiz, { revision })
    // Claim, page, attempt, key of the target, event: then the process is gone.
    for (let batch = 6; batch < 20; batch++) host.faults.before(batch)
    await runJobs(host.deps, 10).catch(nothing)
    host.faults.clear()
    expect((await logOf(host.deps.db, run.id)).map(({ type }) => type)).toEqual(['responded', 'regraded'])
    await run.respond('truth', { choice: 'true' }, everything)
    await run.finish(everything)
    host.clock.now += LEASE
    await runJobs(other.deps, 10)
    expect((await readRegrade(host, quiz, job)).body).toMatchObject({
      status: 'done',
      attempts: 1,
      regraded: 1,
      becamePassed: 0,
      meanBefore: null,
      meanAfter: null,
      changes: [{ before: { score: 0, maxScore: 5, passed: null }, after: { score: 1, maxScore: 5, passed: null } }],
    })
  })

  it('leaves no attempt that says what it said before: the timer settles it, whoever carries the job on', async () => {
    const quiz = await publish(host, quizDocument())
    const run = await start(host, quiz)
    await run.respond('single', { choice: 'c' }, everything)
    await run.finish(everything)
    const revision = await publishAgain(host, quiz, quizDocument({ questions: changed() }))
    await waitingRegrade(host, quiz, { revision })
    for (let batch = 6; batch < 20; batch++) host.faults.before(batch)
    await runJobs(host.deps, 10).catch(nothing)
    host.faults.clear()
    const left = await logOf(host.deps.db, run.id)
    expect(left.map(({ type }) => type)).toEqual(['responded', 'finished', 'regraded'])
    await settleDueAttempts(other.deps, 1000)
    const [row] = await attemptsOf(host.deps.db, quiz)
    expect(row).toMatchObject({ settled: 3, score: 1000 })
    host.clock.now += LEASE
    await runJobs(other.deps, 10)
  })

  it('goes on past attempts that have been erased, before it began and while it was at them', async () => {
    const scene = await waiting(false)
    const rows = await attemptsOf(host.deps.db, scene.quiz)
    await removeAttempt(host.deps.db, rows[0]!.id)
    // Claim, page, the next attempt, the key of the target: it is gone when its event is to be written.
    host.faults.meanwhile(5, () => removeAttempt(host.deps.db, rows[1]!.id))
    await runJobs(host.deps, 100)
    const { body } = await readRegrade(host, scene.quiz, scene.job)
    expect(body).toMatchObject({ status: 'done', attempts: 2, regraded: 2, becameFailed: 1, becamePassed: 0 })
    expect(body.changes.map(({ attempt }: { attempt: string }) => attempt)).toEqual([rows[2]!.id])
  })

  it('goes on when an attempt is erased that it had regraded, whose change is told no more', async () => {
    const scene = await waiting(false)
    const rows = await attemptsOf(host.deps.db, scene.quiz)
    await runJobs(host.deps, 2)
    await removeAttempt(host.deps.db, rows[0]!.id)
    await runJobs(host.deps, 100)
    const { body } = await readRegrade(host, scene.quiz, scene.job)
    expect(body).toMatchObject({ status: 'done', attempts: 4, regraded: 4 })
    expect(body.changes).toHaveLength(2)
  })
})

function changed() {
  const [, ...others] = quizDocument()['questions'] as ReturnType<typeof singleChoice>[]
  return [singleChoice('single', { key: 'c' }), ...others]
}
