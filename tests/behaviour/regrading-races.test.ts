import { beforeAll, describe, expect, it } from 'vitest'
import { runJobs } from '../../src/services/run-jobs.ts'
import { publish, type Run, start } from '../support/actions.ts'
import { atOnce, countBy } from '../support/at-once.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { type Json, quizDocument, singleChoice } from '../support/quiz-document.ts'
import { changesOf, publishAgain, readRegrade, staffView, waitingRegrade } from '../support/regrades.ts'
import { attemptRow, attemptsOf, logOf } from '../support/rows.ts'

let host: TestHost
let other: TestHost

beforeAll(async () => {
  host = await createHost()
  other = await host.isolate()
})

const everything = { releases: 'everything' } as const
const version = (key: string, policy: Json = {}) =>
  quizDocument({ questions: [singleChoice('single', { key })], policy })
const choose = (run: Run, choice: string) => run.respond('single', { choice }, everything)

/** A quiz at which new attempts get key b, with an older revision that has key c. */
async function quizWithOlderKey(policy: Json = {}) {
  const quiz = await publish(host, version('c', policy))
  const { body } = await host.client.call('GET', `/v1/quizzes/${quiz}`)
  await publishAgain(host, quiz, version('b', policy))
  return { quiz, older: body.revision as string }
}

type Logged = Awaited<ReturnType<typeof logOf>>

/** What a log says of the one question that takes one try: what was chosen first, before the end. */
function chosenIn(log: Logged): string | null {
  const end = log.findIndex(({ type }) => type === 'finished')
  const first = log.slice(0, end === -1 ? undefined : end).find(({ type }) => type === 'responded')
  const body = first?.body as { responses: { response: { choice: string } }[] } | undefined
  return body?.responses[0]!.response.choice ?? null
}

const choiceOf = (index: number) => 'abc'[index % 3]!

const work = async (isolate: TestHost) => {
  for (let round = 0; round < 6; round++) await runJobs(isolate.deps, 25)
}

describe('two hundred attempts that are started, answered and finished while a regrade runs on two isolates', () => {
  it('lose nothing, are regraded once, and all come to what their logs say', async () => {
    const { quiz, older } = await quizWithOlderKey()
    const running = await atOnce(100, () => start(host, quiz))
    await atOnce(50, (index) => choose(running[index]!, choiceOf(index)))
    host.clock.now += 1
    const job = await waitingRegrade(host, quiz, { revision: older })
    const acknowledged = new Map<string, string>()
    const answer = async (run: Run, index: number) => {
      const answered = await choose(run, choiceOf(index))
      if (answered.status === 200) acknowledged.set(run.id, choiceOf(index))
    }
    const acts = (index: number): Promise<unknown> => {
      if (index < 50) return running[index]!.finish(everything)
      if (index < 100) return answer(running[index]!, index).then(() => running[index]!.finish(everything))
      if (index < 150) return start(index % 2 === 0 ? host : other, quiz).then((run) => answer(run, index))
      const responses = [{ question: 'single', response: { choice: choiceOf(index) } }]
      return other.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body: { responses }, ...everything })
    }
    await Promise.all([work(host), work(other), ...Array.from({ length: 200 }, (_, index) => acts(index))])
    await runJobs(host.deps, 1000)

    const rows = await attemptsOf(host.deps.db, quiz)
    expect(rows).toHaveLength(200)
    const logs = new Map(await Promise.all(rows.map(async ({ id }) => [id, await logOf(host.deps.db, id)] as const)))
    const times = rows.map(({ id }) => logs.get(id)!.filter((event) => event.id === job).length)
    expect(Math.max(...times)).toBe(1)
    // Those that were there when it was asked for; what was started since may have been met or not.
    for (const { id } of running) expect(logs.get(id)!.filter(({ type }) => type === 'regraded')).toHaveLength(1)
    for (const [id, choice] of acknowledged) expect(chosenIn(logs.get(id)!)).toBe(choice)
    for (const row of rows) {
      const log = logs.get(row.id)!
      const key = log.some(({ type }) => type === 'regraded') ? 'c' : 'b'
      const score = chosenIn(log) === key ? 1 : 0
      const { attempt } = await staffView(host, row.id)
      expect(attempt).toMatchObject({ score, maxScore: 1 })
      const settled = { score: score * 1000, passed: score === 1, settled: log.length }
      expect(row).toMatchObject(row.finishedAt === null ? { settled: null } : settled)
    }
    const { body } = await readRegrade(host, quiz, job)
    expect(body).toMatchObject({ status: 'done', regraded: times.filter((count) => count === 1).length })
    const changes = await changesOf(host, job)
    for (const { attempt, before, after } of changes) {
      const log = logs.get(attempt)!
      const then = log.slice(
        0,
        log.findIndex((event) => event.id === job),
      )
      const chosen = chosenIn(then)
      expect([before.score, after.score]).toEqual([chosen === 'b' ? 1000 : 0, chosen === 'c' ? 1000 : 0])
    }
    const changed = rows.filter(({ id }) => {
      const log = logs.get(id)!
      const place = log.findIndex((event) => event.id === job)
      return place !== -1 && ['b', 'c'].includes(chosenIn(log.slice(0, place)) ?? '')
    })
    expect(changes.map(({ attempt }) => attempt)).toEqual(changed.map(({ id }) => id).toSorted())
  })
})

describe('two isolates at one job', () => {
  it('at once, do it once', async () => {
    const { quiz, older } = await quizWithOlderKey()
    const runs = await atOnce(6, () => start(host, quiz))
    await atOnce(6, (index) => choose(runs[index]!, 'abc'[index % 3]!))
    const job = await waitingRegrade(host, quiz, { revision: older })
    await Promise.all([runJobs(host.deps, 100), runJobs(other.deps, 100)])
    expect((await readRegrade(host, quiz, job)).body).toMatchObject({ status: 'done', attempts: 6, regraded: 6 })
  })

  for (const [batch, limit] of [2, 3, 4, 6, 8, 10].flatMap(
    (each) =>
      [
        [each, 2],
        [each, 100],
      ] as const,
  )) {
    it(`where the lease ran out at batch ${batch} and another does ${limit === 2 ? 'a part' : 'the rest'} of it, do it once`, async () => {
      const { quiz, older } = await quizWithOlderKey()
      const runs = await atOnce(4, () => start(host, quiz))
      await atOnce(4, (index) => choose(runs[index]!, 'bcac'[index]!))
      await atOnce(3, (index) => runs[index]!.finish(everything))
      const job = await waitingRegrade(host, quiz, { revision: older })
      host.faults.meanwhile(batch, async () => {
        host.clock.now += 60_000
        await runJobs(other.deps, limit)
      })
      await runJobs(host.deps, 100)
      await runJobs(host.deps, 100)
      const { body } = await readRegrade(host, quiz, job)
      expect(body).toMatchObject({
        status: 'done',
        attempts: 4,
        regraded: 4,
        becamePassed: 1,
        becameFailed: 1,
        meanBefore: 0.333,
        meanAfter: 0.333,
      })
      expect(body.changes).toHaveLength(3)
      for (const { id } of runs) {
        expect((await logOf(host.deps.db, id)).filter((event) => event.type === 'regraded')).toHaveLength(1)
        const row = await attemptRow(host.deps.db, id)
        expect(row.settled).toBe(row.finishedAt === null ? null : 3)
      }
    })
  }
})

describe('an isolate that has fallen behind', () => {
  it('does not take back how far another has come', async () => {
    const { quiz, older } = await quizWithOlderKey()
    await atOnce(5, () => start(host, quiz))
    const job = await waitingRegrade(host, quiz, { revision: older })
    host.faults.meanwhile(3, async () => {
      host.clock.now += 60_000
      await runJobs(other.deps, 4)
    })
    await runJobs(host.deps, 2)
    const { attempts, status } = (await readRegrade(host, quiz, job)).body
    expect([attempts >= 4, status]).toEqual([true, 'running'])
  })
})

describe('a learner who acts while an attempt is being regraded', () => {
  /** Claim, page, attempt, and then the event: the keys are in memory. */
  const EVENT = 4

  const acts: { name: string; act: (run: Run) => Promise<unknown>; log: string; before: number; after: number }[] = [
    {
      name: 'answers rightly by the new key',
      act: (run) => choose(run, 'c'),
      log: 'responded responded regraded',
      before: 0,
      after: 1000,
    },
    {
      name: 'answers rightly by the old key',
      act: (run) => choose(run, 'b'),
      log: 'responded responded regraded',
      before: 1000,
      after: 0,
    },
    {
      name: 'finishes',
      act: (run) => run.finish(everything),
      log: 'responded finished regraded',
      before: 0,
      after: 0,
    },
  ]
  for (const { name, act, log, before, after } of acts) {
    it(`and ${name}, is regraded as the attempt stands then`, async () => {
      const { quiz, older } = await quizWithOlderKey({ tries: 3 })
      const run = await start(host, quiz)
      await choose(run, 'a')
      const job = await waitingRegrade(host, quiz, { revision: older })
      host.faults.meanwhile(EVENT, () => act(run))
      await runJobs(host.deps, 10)
      expect((await logOf(host.deps.db, run.id)).map(({ type }) => type).join(' ')).toBe(log)
      const scores = (await changesOf(host, job)).map((change) => [change.before.score, change.after.score])
      expect(scores).toEqual(before === after ? [] : [[before, after]])
      expect((await staffView(host, run.id)).attempt.score).toBe(after / 1000)
    })
  }

  it('and then another isolate that regrades it, leave no trace of what the first had meant to do', async () => {
    const { quiz, older } = await quizWithOlderKey({ tries: 3 })
    const run = await start(host, quiz)
    await choose(run, 'c')
    const job = await waitingRegrade(host, quiz, { revision: older })
    // For the first, the choice of c becomes right; for the second, the last choice is wrong by either key.
    host.faults.meanwhile(EVENT, async () => {
      await choose(run, 'a')
      host.clock.now += 60_000
      await runJobs(other.deps, 10)
    })
    await runJobs(host.deps, 10)
    expect((await logOf(host.deps.db, run.id)).map(({ type }) => type)).toEqual(['responded', 'responded', 'regraded'])
    expect(await changesOf(host, job)).toEqual([])
    expect((await readRegrade(host, quiz, job)).body).toMatchObject({ status: 'done', attempts: 1, regraded: 1 })
  })
})

describe('a revision that is published while a regrade runs', () => {
  it('is left alone with its attempts, and those that are in the middle are regraded', async () => {
    const quiz = await publish(host, version('b'))
    const old = await atOnce(3, () => start(host, quiz))
    await atOnce(3, (index) => choose(old[index]!, 'a'))
    const target = await publishAgain(host, quiz, version('c'))
    const job = await waitingRegrade(host, quiz, { revision: target, rule: 'full-credit' })
    host.clock.now += 1
    await runJobs(host.deps, 2)
    await publishAgain(host, quiz, version('a'))
    const later = await atOnce(3, () => start(host, quiz))
    await atOnce(3, (index) => choose(later[index]!, 'b'))
    await runJobs(host.deps, 100)
    const types = await Promise.all(
      [...old, ...later].map(async ({ id }) => (await logOf(host.deps.db, id)).map(({ type }) => type).join(' ')),
    )
    expect(countBy(types, (each) => each)).toEqual({ 'responded regraded': 3, responded: 3 })
    expect((await readRegrade(host, quiz, job)).body).toMatchObject({ status: 'done', attempts: 3, regraded: 3 })
    for (const { id } of later) expect((await staffView(host, id)).attempt.score).toBe(0)
  })
})
