import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { jobs } from '../../src/db/schema.ts'
import { runJobs } from '../../src/services/run-jobs.ts'
import { settleDueAttempts } from '../../src/services/settle-due-attempts.ts'
import { newQuizId, publish, type Run, start } from '../support/actions.ts'
import { atOnce, countBy } from '../support/at-once.ts'
import { createHost, ROOT_KEY, START, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { attemptRow, logOf } from '../support/rows.ts'
import { extend, extendAll, readJob, viewByStaff } from '../support/staff-words.ts'

const everything = { releases: 'everything' } as const
const DAY = 24 * 60 * 60 * 1000
const LEASE = 61_000

let days = 0

/** A host on a day of its own, at which nothing is due: the hosts of a file share their database. */
async function nextDay(): Promise<TestHost> {
  days += 1
  const host = await createHost({ clock: { now: START + days * DAY } })
  await settleDueAttempts(host.deps, 1000)
  await runJobs(host.deps, 1000)
  return host
}

const TEN_MINUTES = quizDocument({ policy: { timeLimitSeconds: 600, feedback: 'deferred' } })
const startAll = (host: TestHost, quiz: string, times: number) => atOnce(times, () => start(host, quiz))

/** How often each attempt was extended, and by how many seconds its deadline is from its start. */
async function extensionsOf(host: TestHost, runs: readonly Run[]) {
  return Promise.all(
    runs.map(async ({ id }) => {
      const { startedAt, due } = await attemptRow(host.deps.db, id)
      const extended = (await logOf(host.deps.db, id)).filter(({ type }) => type === 'extended')
      return `${extended.length} of ${due === null ? 'none' : (due - startedAt) / 1000}`
    }),
  )
}

const repeat = (times: number, text: string) => Array.from({ length: times }, () => text)

describe('an extension for all', () => {
  it('of sixty attempts extends those that run and have a deadline, each once, and none that is over or began later', async () => {
    const host = await nextDay()
    const quiz = await publish(host, quizDocument({ policy: { feedback: 'deferred' } }))
    const endless = await startAll(host, quiz, 3)
    await publish(host, TEN_MINUTES, quiz)
    const expired = await startAll(host, quiz, 3)
    host.clock.now += 600_001
    const finished = await startAll(host, quiz, 4)
    for (const run of finished) await run.finish(everything)
    const lifted = await startAll(host, quiz, 1)
    for (const { id } of lifted) await extend(host, id, { unlimited: true })
    const running = await startAll(host, quiz, 49)
    const elsewhere = await startAll(host, await publish(host, TEN_MINUTES), 2)

    host.clock.now += 1000
    const made = await extendAll(host, quiz, { extraSeconds: 60, reason: 'The power was out' })
    const createdAt = new Date(host.clock.now).toISOString()
    const job = { id: made.body.id, quiz, extraSeconds: 60, reason: 'The power was out', createdAt, createdBy: ROOT }
    expect(made.status).toBe(202)
    expect(made.body).toEqual({ ...job, status: 'running', finishedAt: null, attempts: 0, extended: 0 })
    expect(made.headers.get('Location')).toMatch(new RegExp(`/v1/quizzes/${quiz}/extensions/${job.id}$`))
    host.clock.now += 1
    const later = await startAll(host, quiz, 3)
    await host.idle()
    // Behind the answer it goes as far as an invocation of a Worker may; the timer does the rest.
    expect((await readJob(host, quiz, job.id)).body).toMatchObject({ status: 'running', attempts: 50 })
    const timer = await host.isolate()
    await runJobs(timer.deps, 25)

    const finishedAt = new Date(host.clock.now).toISOString()
    // Those that were over when it was made are none of its business.
    const done = { ...job, status: 'done', finishedAt, attempts: 53, extended: 49 }
    expect((await readJob(timer, quiz, job.id)).body).toEqual(done)
    expect(await extensionsOf(host, running)).toEqual(repeat(49, '1 of 660'))
    expect(await extensionsOf(host, endless)).toEqual(repeat(3, '0 of none'))
    expect(await extensionsOf(host, lifted)).toEqual(repeat(1, '1 of none'))
    expect(await extensionsOf(host, [...expired, ...finished])).toEqual(repeat(7, '0 of 600'))
    expect(await extensionsOf(host, [...later, ...elsewhere])).toEqual(repeat(5, '0 of 600'))
    for (const { id } of expired) {
      expect((await viewByStaff(host, id)).body.attempt).toMatchObject({ finishReason: 'expired', status: 'finished' })
    }
    await runJobs(timer.deps, 1000)
    expect(await extensionsOf(host, running)).toEqual(repeat(49, '1 of 660'))
    expect((await readJob(host, quiz, job.id)).body).toEqual(done)
  })

  const kinds: { more: Json; deadlines: string[] }[] = [
    { more: { extraSeconds: 60 }, deadlines: ['1 of 660', '2 of 760'] },
    { more: { factor: 1.5 }, deadlines: ['1 of 900', '2 of 1050'] },
    { more: { unlimited: true }, deadlines: ['1 of none', '2 of none'] },
  ]
  for (const { more, deadlines } of kinds) {
    it(`by ${JSON.stringify(more)} goes on from what each attempt has, 600 or 700 seconds`, async () => {
      const host = await nextDay()
      const quiz = await publish(host, TEN_MINUTES)
      const runs = await startAll(host, quiz, 2)
      await extend(host, runs[1]!.id, 100)
      const made = await extendAll(host, quiz, more)
      await host.idle()
      expect(await extensionsOf(host, runs)).toEqual(deadlines)
      expect((await readJob(host, quiz, made.body.id)).body).toMatchObject({ ...more, status: 'done', extended: 2 })
    })
  }

  it('lets a learner answer until the new deadline, who is not told why', async () => {
    const host = await nextDay()
    const quiz = await publish(host, TEN_MINUTES)
    const run = await start(host, quiz)
    await extendAll(host, quiz, { extraSeconds: 60, reason: 'Quux pulled the plug' })
    await host.idle()
    host.clock.now += 660_000
    const saved = await run.respond('single', { choice: 'b' })
    expect([saved.status, saved.text.includes('Quux')]).toEqual([200, false])
    host.clock.now += 1
    expect((await run.resume(everything)).body.attempt).toMatchObject({ finishReason: 'expired', score: 1 })
  })

  it('is for an archived quiz too, whose attempts go on, and for one that nobody has begun', async () => {
    const host = await nextDay()
    const quiz = await publish(host, TEN_MINUTES)
    const runs = await startAll(host, quiz, 1)
    await host.client.call('DELETE', `/v1/quizzes/${quiz}`, { token: ROOT_KEY })
    expect((await extendAll(host, quiz, 60)).status).toBe(202)
    const empty = await publish(host, TEN_MINUTES)
    const made = await extendAll(host, empty, 60)
    await host.idle()
    expect(await extensionsOf(host, runs)).toEqual(['1 of 660'])
    expect((await readJob(host, empty, made.body.id)).body).toMatchObject({ status: 'done', attempts: 0, extended: 0 })
  })

  it('that is malformed or for no quiz makes no job', async () => {
    const host = await nextDay()
    const quiz = await publish(host, TEN_MINUTES)
    const runs = await startAll(host, quiz, 1)
    for (const more of [{}, { factor: 0.5 }, { extraSeconds: 60, unlimited: true }, { extraSeconds: 60, reason: '' }]) {
      expect(problemOf(await extendAll(host, quiz, more)).slice(0, 2)).toEqual([422, 'invalid-input'])
    }
    expect(problemOf(await extendAll(host, newQuizId(), 60))).toEqual([404, 'not-found'])
    await host.idle()
    expect(await extensionsOf(host, runs)).toEqual(['0 of 600'])
    expect(await host.deps.db.batch([host.deps.db.select().from(jobs).where(eq(jobs.quiz, quiz))])).toEqual([[]])
  })

  it('and another one are both done', async () => {
    const host = await nextDay()
    const quiz = await publish(host, TEN_MINUTES)
    const runs = await startAll(host, quiz, 3)
    await extendAll(host, quiz, { factor: 1.5 })
    host.clock.now += 1
    await extendAll(host, quiz, 60)
    await host.idle()
    await runJobs(host.deps, 1000)
    expect(countBy(await extensionsOf(host, runs), (each) => each)).toEqual({ '2 of 960': 3 })
  })
})

const ROOT = 'root'

/** Three attempts that run, and one that has no deadline any more. */
async function four(host: TestHost) {
  const quiz = await publish(host, TEN_MINUTES)
  const runs = await startAll(host, quiz, 4)
  await extend(host, runs[3]!.id, { unlimited: true })
  return { quiz, runs }
}

/** Batches before the answer, and behind it. */
async function batchesOf(host: TestHost) {
  const { quiz } = await four(host)
  const before = host.meter.trips
  await extendAll(host, quiz, 60)
  const all = host.idle().then(() => host.meter.trips - before)
  return { foreground: 2, all: await all }
}

describe('an extension for all that is cut off', () => {
  const EXTENDED = [...repeat(3, '1 of 660'), '1 of none']

  it('in any batch, before it or after it, is carried on by the timer of another isolate: each attempt once', async () => {
    const host = await nextDay()
    const { foreground, all } = await batchesOf(host)
    expect(all).toBeGreaterThan(foreground + 8)
    for (let batch = foreground + 1; batch <= all; batch++) {
      for (const kind of ['before', 'after'] as const) {
        const { quiz, runs } = await four(host)
        host.faults[kind](batch)
        const made = await extendAll(host, quiz, 60)
        await host.idle()
        host.faults.clear()
        const timer = await host.isolate()
        host.clock.now += LEASE
        await runJobs(timer.deps, 1000)
        const where = `${kind} batch ${batch}`
        expect(await extensionsOf(host, runs), where).toEqual(EXTENDED)
        const { body } = await readJob(host, quiz, made.body.id)
        expect(body, where).toMatchObject({ status: 'done', attempts: 4, extended: 3 })
      }
    }
    const failures = host.log.filter(({ event }) => event !== 'request')
    expect(countBy(failures, ({ event }) => event)).toEqual({ 'job-failed': 2 * (all - foreground) })
  })

  it('counts the attempts that it had extended, also those that were finished in the meantime', async () => {
    const host = await nextDay()
    const { quiz, runs } = await four(host)
    const { all } = await batchesOf(host)
    // The last three batches write how far the job has come, let go of it, and look for another.
    host.faults.before(all - 2)
    const made = await extendAll(host, quiz, 60)
    await host.idle()
    host.faults.clear()
    expect((await readJob(host, quiz, made.body.id)).body).toMatchObject({ status: 'running', attempts: 0 })
    host.clock.now += LEASE
    await runs[0]!.finish(everything)
    await runJobs((await host.isolate()).deps, 1000)
    expect(await extensionsOf(host, runs)).toEqual(EXTENDED)
    const { body } = await readJob(host, quiz, made.body.id)
    expect(body).toMatchObject({ status: 'done', attempts: 4, extended: 3 })
  })

  for (const limit of [1, 2, 1000]) {
    it(`by nothing but slowness, so that another isolate does ${limit} attempts of it in between, extends each once`, async () => {
      const host = await nextDay()
      const other = await host.isolate()
      const { foreground, all } = await batchesOf(host)
      for (let batch = foreground + 1; batch <= all; batch++) {
        const { quiz, runs } = await four(host)
        host.faults.meanwhile(batch, async () => {
          host.clock.now += LEASE
          await runJobs(other.deps, limit)
        })
        const made = await extendAll(host, quiz, 60)
        await host.idle()
        host.faults.clear()
        host.clock.now += LEASE
        await runJobs(other.deps, 1000)
        expect(await extensionsOf(host, runs), `batch ${batch}`).toEqual(EXTENDED)
        const { body } = await readJob(host, quiz, made.body.id)
        expect(body, `batch ${batch}`).toMatchObject({ status: 'done', attempts: 4, extended: 3 })
      }
    })
  }

  it('is nothing to an attempt whose learner finishes, or whose time runs out, just before its turn', async () => {
    const host = await nextDay()
    const quiz = await publish(host, TEN_MINUTES)
    const [first, second] = (await startAll(host, quiz, 2)).toSorted((a, b) => (a.id < b.id ? -1 : 1)) as [Run, Run]
    await first.resume()
    host.clock.now += 600_000
    // Behind the two batches of the call the job is claimed, a page is read, and the first attempt, before it is written.
    host.faults.meanwhile(6, async () => {
      await first.finish(everything)
      host.clock.now += 1
    })
    const made = await extendAll(host, quiz, 60)
    await host.idle()
    expect(await extensionsOf(host, [first, second])).toEqual(repeat(2, '0 of 600'))
    expect((await readJob(host, quiz, made.body.id)).body).toMatchObject({ status: 'done', attempts: 2, extended: 0 })
    expect((await viewByStaff(host, first.id)).body.attempt.finishReason).toBe('submitted')
    expect((await viewByStaff(host, second.id)).body.attempt.finishReason).toBe('expired')
  })

  it('goes on while learners answer and finish: whoever was in time is extended, once', async () => {
    const host = await nextDay()
    const other = await host.isolate()
    const quiz = await publish(host, TEN_MINUTES)
    const runs = await startAll(host, quiz, 20)
    const made = await extendAll(host, quiz, 60)
    await Promise.all([
      host.idle(),
      runJobs(other.deps, 1000),
      ...runs.map((run, index) => (index % 2 === 0 ? run.respond('single', { choice: 'b' }) : run.finish(everything))),
    ])
    host.clock.now += LEASE
    await runJobs(other.deps, 1000)
    const extensions = await extensionsOf(host, runs)
    expect(extensions.filter((_, index) => index % 2 === 0)).toEqual(repeat(10, '1 of 660'))
    const extended = extensions.filter((each) => each === '1 of 660').length
    expect(extensions.filter((each) => each === '0 of 600')).toHaveLength(20 - extended)
    expect((await readJob(host, quiz, made.body.id)).body).toMatchObject({ status: 'done', attempts: 20, extended })
  })
})
