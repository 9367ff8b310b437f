import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { attempts } from '../../src/db/schema.ts'
import { settleDueAttempts } from '../../src/services/settle-due-attempts.ts'
import { publish, start, startFor } from '../support/actions.ts'
import { essay } from '../support/every-type.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { quizDocument, singleChoice } from '../support/quiz-document.ts'
import { attemptsOf } from '../support/rows.ts'
import { ODD_LEARNERS, publishPoints, read, readAll, take } from '../support/staff-lists.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const pathOf = (quiz: string) => `/v1/quizzes/${quiz}/attempts`
const listed = (quiz: string, query = 'limit=200') => readAll(host, pathOf(quiz), { query })
const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
const time = (milliseconds: number) => new Date(milliseconds).toISOString()
const everything = { releases: 'everything' } as const

describe('the list of attempts', () => {
  it('says of each what staff read of it alone, once it is finished', async () => {
    const quiz = await publishPoints(host, [1, 2], { passingScore: 0.5 })
    const body = { learner: { id: 'ada', name: 'Ada' }, metadata: { course: 'd', constructor: 'c' } }
    const named = await start(host, quiz, { token: ROOT_KEY, body })
    host.clock.now += 5000
    await named.respond('q1', { choice: 'b' }, everything)
    await named.finish(everything)
    host.clock.now += 5000
    await (await start(host, quiz)).finish(everything)
    const list = await listed(quiz)
    expect(list).toHaveLength(2)
    for (const { updatedAt, ...summary } of list) {
      const options = { token: ROOT_KEY, ...everything }
      const { attempt } = (await host.client.call('GET', `/v1/attempts/${summary.id}`, options)).body
      expect(attempt).toMatchObject(summary)
      expect(updatedAt).toBe(summary.finishedAt)
    }
    expect(list[0]).toMatchObject({
      score: 2,
      maxScore: 3,
      passed: true,
      learner: body.learner,
      metadata: body.metadata,
    })
    expect(list[1]).toMatchObject({ score: 0, maxScore: 3, passed: false, learner: null, metadata: {} })
  })

  it('says of one that runs what it may come to, and not what it has', async () => {
    const quiz = await publishPoints(host, [1, 2])
    const run = await startFor(host, quiz, 'ada')
    const startedAt = time(host.clock.now)
    host.clock.now += 5000
    await run.respond('q0', { choice: 'b' }, everything)
    expect(await listed(quiz)).toEqual([
      {
        id: run.id,
        quiz,
        revision: run.started.body.attempt.revision,
        status: 'active',
        learner: { id: 'ada' },
        metadata: {},
        startedAt,
        deadline: null,
        finishedAt: null,
        score: null,
        maxScore: 3,
        passed: null,
        updatedAt: startedAt,
      },
    ])
  })

  it('tells the deadline without the grace of the revision that the attempt is taken at', async () => {
    const quiz = await publishPoints(host, [1], { timeLimitSeconds: 60, graceSeconds: 10 })
    const first = await start(host, quiz)
    const began = host.clock.now
    await publishPoints(host, [1], { timeLimitSeconds: 30, graceSeconds: 7 }, { quiz })
    host.clock.now += 1000
    await start(host, quiz)
    await publishPoints(host, [1], {}, { quiz })
    host.clock.now += 1000
    await start(host, quiz)
    const deadlines = async () => (await listed(quiz)).map((attempt) => attempt.deadline)
    expect(await deadlines()).toEqual([time(began + 60_000), time(began + 31_000), null])
    // As an extension by a minute leaves the row.
    const due = began + 60_000 + 60_000 + 10_000
    await host.deps.db.batch([host.deps.db.update(attempts).set({ due }).where(eq(attempts.id, first.id))])
    expect(await deadlines()).toEqual([time(began + 120_000), time(began + 31_000), null])
    // Finishing does not take it away.
    await first.finish()
    expect(await deadlines()).toEqual([time(began + 120_000), time(began + 31_000), null])
  })

  it('waits for the timer where time is up', async () => {
    const quiz = await publishPoints(host, [1], { timeLimitSeconds: 60 })
    const run = await start(host, quiz)
    const began = host.clock.now
    host.clock.now += 90_000
    expect(await listed(quiz)).toMatchObject([{ id: run.id, status: 'active', finishedAt: null }])
    await settleDueAttempts(host.deps, 1000)
    const settled = { status: 'finished', finishedAt: time(began + 60_000), score: 0, passed: false }
    expect(await listed(quiz)).toMatchObject([{ ...settled, updatedAt: time(began + 90_000) }])
  })

  it('has no score for one that is finished and not settled, and none that is no longer true', async () => {
    const quiz = await publishPoints(host, [1])
    const run = await start(host, quiz)
    host.faults.before(2)
    expect((await run.finish()).status).toBe(503)
    const unsettled = { id: run.id, status: 'finished', score: null, maxScore: 1, passed: null }
    expect(await listed(quiz)).toMatchObject([unsettled])
    await run.finish()
    expect(await listed(quiz)).toMatchObject([{ ...unsettled, score: 0, passed: false }])
    // As a word of staff leaves the row until it is folded in.
    const { db } = host.deps
    await db.batch([db.update(attempts).set({ settled: null }).where(eq(attempts.id, run.id))])
    expect(await listed(quiz)).toMatchObject([unsettled])
    expect(await listed(quiz, 'passed=false')).toEqual([])
  })

  it('has a score and no word on passing while a person has to grade', async () => {
    const quiz = await publish(host, quizDocument({ questions: [singleChoice('single'), essay('essay')] }))
    const run = await start(host, quiz)
    await run.respondAll(
      [
        { question: 'essay', response: { text: 'First I …' } },
        { question: 'single', response: { choice: 'b' } },
      ],
      everything,
    )
    await run.finish(everything)
    expect(await listed(quiz)).toMatchObject([{ status: 'finished', score: 1, maxScore: 6, passed: null }])
    expect(await listed(quiz, 'passed=true')).toEqual([])
    expect(await listed(quiz, 'passed=false')).toEqual([])
  })

  it('is there for quizzes that are archived or restricted, and for none that never were', async () => {
    const quiz = await publishPoints(host, [1], {}, { access: 'restricted' })
    const run = await startFor(host, quiz, 'ada')
    await host.client.call('DELETE', `/v1/quizzes/${quiz}`, { token: ROOT_KEY })
    expect(idsOf(await listed(quiz))).toEqual([run.id])
    expect(problemOf(await read(host, pathOf('never-published')))).toEqual([404, 'not-found'])
  })

  it('is empty for a quiz that nobody has tried, and holds no other quiz’s attempts', async () => {
    const [quiz, other] = [await publishPoints(host, [1]), await publishPoints(host, [1])]
    await start(host, other)
    expect((await read(host, pathOf(quiz))).body).toEqual({ attempts: [], nextCursor: null })
  })
})

describe('the filters of the list', () => {
  let quiz: string
  let all: any[]
  let middle: string

  beforeAll(async () => {
    const policy = { passingScore: 0.5 }
    quiz = await publishPoints(host, [1, 1], policy)
    await take(host, quiz, 'ada', [0, 1])
    await take(host, quiz, 'ada', [])
    await take(host, quiz, 'ada ', [0])
    const cut = await startFor(host, quiz, 'cut')
    host.faults.before(2)
    await cut.finish()
    host.clock.now += 1000
    middle = time(host.clock.now)
    await startFor(host, quiz, 'ada')
    await startFor(host, quiz, 'bob')
    await (await start(host, quiz)).finish()
    await take(host, quiz, 'bob-too', [1])
    await take(host, quiz, 'Ada', [])
    all = await listed(quiz)
  })

  it('begin with a list that has something of every kind', () => {
    const kinds = new Set(all.map(({ status, passed }) => `${status} ${passed}`))
    expect([...kinds].toSorted()).toEqual(['active null', 'finished false', 'finished null', 'finished true'])
    expect(all.filter(({ learner }) => learner?.id === 'ada')).toHaveLength(3)
    expect(all.filter(({ updatedAt }) => updatedAt < middle)).toHaveLength(4)
  })

  const choices = {
    learner: [undefined, 'ada', 'bob', 'nobody', "ada' OR '1'='1"],
    status: [undefined, 'active', 'finished'],
    passed: [undefined, 'true', 'false'],
    updatedSince: [undefined, 'middle', '2000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'],
  }
  for (const learner of choices.learner) {
    for (const status of choices.status) {
      it(`keep what fits, of learner ${learner} and status ${status}, passed or not, at any time`, async () => {
        for (const passed of choices.passed) {
          for (const since of choices.updatedSince) {
            const updatedSince = since === 'middle' ? middle : since
            const asked = Object.entries({ learner, status, passed, updatedSince, limit: '3' })
            const query = new URLSearchParams(
              asked.filter((entry): entry is [string, string] => entry[1] !== undefined),
            )
            const fitting = all.filter(
              (attempt) =>
                (learner === undefined || attempt.learner?.id === learner) &&
                (status === undefined || attempt.status === status) &&
                (passed === undefined || String(attempt.passed) === passed) &&
                (updatedSince === undefined || Date.parse(attempt.updatedAt) >= Date.parse(updatedSince)),
            )
            expect(await listed(quiz, String(query)), String(query)).toEqual(fitting)
          }
        }
      })
    }
  }

  it('tell a moment to the millisecond, the same moment included', async () => {
    const changed = Date.parse(all.at(-1).updatedAt)
    const since = await listed(quiz, `updatedSince=${time(changed)}`)
    expect([since.length, await listed(quiz, `updatedSince=${time(changed + 1)}`)]).toEqual([1, []])
  })

  const wrong: [query: string, code: string][] = [
    ['status=Active', 'invalid-shape'],
    ['status=', 'invalid-shape'],
    ['passed=1', 'invalid-shape'],
    ['passed=null', 'invalid-shape'],
    ['learner=', 'invalid-shape'],
    [`learner=${'x'.repeat(201)}`, 'invalid-shape'],
    ['updatedSince=yesterday', 'invalid-shape'],
    ['updatedSince=0', 'invalid-shape'],
    ['updatedSince=2026-02-30T00:00:00Z', 'invalid-shape'],
    ['updatedSince=2026-01-05T09:00:00%2B01:00', 'invalid-shape'],
    ['updatedSince=2026-01-05', 'invalid-shape'],
    ['score=1', 'unknown-field'],
    ['Learner=ada', 'unknown-field'],
    ['learner=ada&learner=bob', 'duplicate'],
  ]
  it.each(wrong)('are refused as in %s', async (query, code) => {
    expect(problemOf(await read(host, `${pathOf(quiz)}?${query}`))).toEqual([422, 'invalid-input', ` ${code}`])
  })

  it('find a learner by any id, and by nothing but the whole of it', async () => {
    const odd = await publishPoints(host, [1])
    for (const learner of ODD_LEARNERS) await take(host, odd, learner, [])
    for (const learner of ODD_LEARNERS) {
      const found = await listed(odd, `learner=${encodeURIComponent(learner)}`)
      expect(found.map((attempt) => attempt.learner)).toEqual([{ id: learner }])
    }
    for (const learner of ['%00', '%', '%25', '*', '%EF%BF%BD', '%FF']) {
      expect(await listed(odd, `learner=${learner}`), learner).toEqual([])
    }
  })
})

describe('pages of the list', () => {
  it('hold every attempt once, in the order of their starts, however long they are', async () => {
    const quiz = await publishPoints(host, [1])
    const begun: string[] = []
    for (let index = 0; index < 7; index++) begun.push((await take(host, quiz, `learner-${index}`, [])).id)
    for (const limit of [1, 2, 3, 6, 7, 8, 200]) {
      expect(idsOf(await listed(quiz, `limit=${limit}`)), `limit ${limit}`).toEqual(begun)
    }
    expect((await read(host, `${pathOf(quiz)}?limit=7`)).body.nextCursor).toBeNull()
    expect((await read(host, pathOf(quiz))).body.attempts).toHaveLength(7)
  })

  it('neither repeat nor skip while others begin, answer and finish', async () => {
    const quiz = await publishPoints(host, [1])
    const runs = []
    for (let index = 0; index < 9; index++) {
      host.clock.now += 1000
      runs.push(await startFor(host, quiz, `learner-${index}`))
    }
    const before = runs.map(({ id }) => id)
    const waiting = [...runs]
    let later = 0
    const between = async () => {
      host.clock.now += 1000
      await waiting.shift()?.finish()
      await waiting.pop()?.finish()
      later += 1
      if (later < 4) await startFor(host, quiz, `later-${later}`)
    }
    const rows = await readAll(host, pathOf(quiz), { query: 'limit=2', between })
    expect(idsOf(rows).slice(0, 9)).toEqual(before)
    expect(new Set(idsOf(rows)).size).toBe(rows.length)
    const rest = (await attemptsOf(host.deps.db, quiz)).map(({ id }) => id).slice(9)
    expect(idsOf(rows).slice(9)).toEqual(rest)
    expect(rest).toHaveLength(3)
  })

  it('take no cursor that is not of this list', async () => {
    const quiz = await publishPoints(host, [1])
    for (const learner of ['ada', 'bob']) await take(host, quiz, learner, [])
    await publishPoints(host, [2], {}, { quiz })
    const cursorOf = async (path: string) => (await read(host, `${path}?limit=1`)).body.nextCursor as string
    const foreign = [
      await cursorOf('/v1/quizzes'),
      await cursorOf(`/v1/quizzes/${quiz}/revisions`),
      await cursorOf(`/v1/quizzes/${quiz}/grades`),
    ]
    expect(foreign.every((cursor) => typeof cursor === 'string')).toBe(true)
    const own = await cursorOf(pathOf(quiz))
    for (const cursor of [...foreign, '', 'A', '!', 'AAAA', '____', `${own}${own}`, `${own}!`, 'a'.repeat(1102)]) {
      const answer = await read(host, `${pathOf(quiz)}?cursor=${cursor}`)
      expect(problemOf(answer), cursor).toEqual([422, 'invalid-input', ' invalid-shape'])
    }
  })

  it('go on with whatever else is asked, after the attempt that a cursor names', async () => {
    const quiz = await publishPoints(host, [1])
    for (const learner of ['ada', 'bob', 'ada', 'bob']) await take(host, quiz, learner, [])
    const { nextCursor } = (await read(host, `${pathOf(quiz)}?limit=1`)).body
    const rest = await listed(quiz, `learner=ada&cursor=${nextCursor}`)
    expect(rest.map((attempt) => attempt.learner.id)).toEqual(['ada'])
  })
})
