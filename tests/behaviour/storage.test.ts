import { beforeAll, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { selectAttempt } from '../../src/db/attempts.ts'
import { selectQuiz, selectSummaries } from '../../src/db/quizzes.ts'
import { selectRevision } from '../../src/db/revisions.ts'
import { answerKeys, attemptEvents, revisions } from '../../src/db/schema.ts'
import { newQuizId, publish, type Run, start } from '../support/actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { manyAnswersQuiz, wrongAnswer } from '../support/many-answers.ts'
import { quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { attemptRow, insertEvents, logOf, pointerOf, revisionsOf } from '../support/rows.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

describe('rows that a batch reads from several tables', () => {
  it('keep their columns apart, though many have the same names', async () => {
    const { db } = host.deps
    const quiz = await publish(host, quizDocument({ title: 'Apart' }))
    const run = await start(host, quiz)
    const pointer = (await pointerOf(db, quiz))!
    const [[quizRow], summaries, [revision], [attempt]] = await db.batch([
      selectQuiz(db, quiz),
      selectSummaries(db, { after: '', limit: 200, all: true }),
      selectRevision(db, pointer.revision),
      selectAttempt(db, run.id),
    ])
    expect(quizRow).toEqual({ id: quiz, revision: pointer.revision, access: 'public', archivedAt: null })
    expect(revision).toMatchObject({ id: pointer.revision, quiz, number: 1, publishedBy: 'root' })
    expect(attempt).toMatchObject({ id: run.id, quiz, revision: pointer.revision, learnerId: null, finishedAt: null })
    const { summary } = summaries.find((row) => row.summary.id === quiz)!
    expect(summary).toMatchObject({ id: quiz, revision: pointer.revision, title: 'Apart', access: 'public' })
  })

  it('give every quiz of a list its own summary, as the quiz itself is told', async () => {
    const single = await publish(host, quizDocument({ title: 'Single', questions: [singleChoice('single')] }))
    const truth = await publish(host, quizDocument({ title: 'Truth', questions: [trueFalse('truth', { points: 7 })] }))
    await publish(host, quizDocument({ title: 'Truth, again', questions: [trueFalse('truth', { points: 8 })] }), truth)
    const list = await host.client.call('GET', '/v1/quizzes?limit=200')
    for (const [quiz, title, maxScore] of [
      [single, 'Single', 1],
      [truth, 'Truth, again', 8],
    ]) {
      const listed = list.body.quizzes.find((summary: { id: string }) => summary.id === quiz)
      expect(listed).toMatchObject({ id: quiz, title, maxScore, questionCount: 1 })
      expect(listed).toEqual((await host.client.call('GET', `/v1/quizzes/${quiz}`)).body)
    }
  })
})

describe('an attempt whose log is full of long requests', () => {
  it('takes no more responses before it costs anyone else their memory, and can be finished', async () => {
    const run = await start(host, await publish(host, quizDocument({ policy: { feedback: 'deferred' } })))
    const save = (choice: string) => run.respond('single', { choice })
    expect((await save('a')).status).toBe(200)
    // What 4,000,000 characters of earlier requests would have left in the log.
    await host.deps.db.update(attemptEvents).set({ size: 3_999_990 }).where(eq(attemptEvents.attempt, run.id))
    expect((await save('b')).status).toBe(200)
    const refused = await save('c')
    expect([refused.status, refused.body.code]).toEqual([429, 'attempt-log-full'])
    expect((await save('b')).body.results[0]).toMatchObject({ duplicate: true })
    expect((await run.finish({ releases: ['single'] })).body.attempt).toMatchObject({ status: 'finished', score: 1 })
  })

  it('is measured in the characters of its requests', async () => {
    const run = await start(host, await publish(host, quizDocument({ policy: { feedback: 'deferred' } })))
    await run.respond('single', { choice: 'a' })
    await run.respond('truth', { choice: 'true' })
    const bodies = [
      '{"responses":[{"question":"single","response":{"choice":"a"}}]}',
      '{"responses":[{"question":"truth","response":{"choice":"true"}}]}',
    ]
    const log = await host.deps.db.select().from(attemptEvents).where(eq(attemptEvents.attempt, run.id))
    expect(log.map(({ size }) => size)).toEqual([bodies[0]!.length, bodies.join('').length])
  })
})

describe('an attempt whose log is full', () => {
  const releases = ['many']
  const EVENTS = 2000

  /** The first 255 events are tries, and what follows repeats the last of them. */
  async function full(count = EVENTS): Promise<Run> {
    const run = await start(host, await publish(host, manyAnswersQuiz({ tries: null })))
    await insertEvents(host.deps.db, run.id, count, (index) => ({
      responses: [{ question: 'many', response: wrongAnswer(Math.min(index, 253)) }],
    }))
    return run
  }

  it('takes no more responses, and says so', async () => {
    const run = await full()
    const refused = await run.respond('many', wrongAnswer(254), { releases })
    expect([refused.status, refused.body.code]).toEqual([429, 'attempt-log-full'])
    expect(await logOf(host.deps.db, run.id)).toHaveLength(EVENTS)
  })

  it('took the one that filled it', async () => {
    const run = await full(EVENTS - 1)
    const last = await run.respond('many', wrongAnswer(254), { releases })
    expect(last.body.results[0]).toMatchObject({ try: 255, duplicate: false, refused: null })
    const again = await run.respond('many', wrongAnswer(254), { releases })
    expect(again.body.results[0]).toMatchObject({ try: 255, duplicate: true, refused: null })
    expect((await run.respond('many', { choices: ['z'] }, { releases })).status).toBe(429)
  })

  it('still tells the verdict of a try that is sent again', async () => {
    const run = await full()
    const again = await run.respond('many', wrongAnswer(7), { releases })
    expect(again.body.results[0]).toMatchObject({ try: 8, status: 'incorrect', duplicate: true, refused: null })
    expect(await logOf(host.deps.db, run.id)).toHaveLength(EVENTS)
  })

  it('can be finished, and keeps its outcome', async () => {
    const run = await full()
    const finished = await run.finish({ releases })
    expect(finished.body.attempt).toMatchObject({ status: 'finished', score: 0, questions: [{ tries: 254 }] })
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ settled: EVENTS + 1, score: 0, passed: false })
    expect((await run.resume({ releases })).body.results).toEqual(finished.body.results)
    const late = await run.respond('many', { choices: ['z'] }, { releases })
    expect([late.status, late.body.code]).toEqual([409, 'attempt-finished'])
  })
})

/** Every revision of a quiz with its key, as it stands in the tables. */
async function stored(quiz: string) {
  const { db } = host.deps
  const rows = await revisionsOf(db, quiz)
  const keys = await Promise.all(
    rows.map(async ({ id }) => (await db.batch([db.select().from(answerKeys).where(eq(answerKeys.revision, id))]))[0]),
  )
  return rows.map((row, index) => JSON.stringify([row, keys[index]]))
}

describe('what is published', () => {
  it('is never written again, whatever happens to its quiz', async () => {
    const quiz = newQuizId()
    await publish(host, quizDocument({ title: 'One' }), quiz)
    const [first] = await stored(quiz)
    host.clock.now += 60_000
    const staff = { token: ROOT_KEY, headers: { 'Idempotency-Key': 'again' } }
    await publish(host, quizDocument({ title: 'One' }), quiz)
    await (await start(host, quiz)).finish()
    await publish(host, quizDocument({ title: 'Two', access: 'restricted' }), quiz)
    const [, second] = await stored(quiz)
    host.clock.now += 60_000
    await host.client.call('DELETE', `/v1/quizzes/${quiz}`, { token: ROOT_KEY })
    for (let time = 0; time < 2; time++) {
      const body = quizDocument({ title: 'One' })
      await host.client.call('PUT', `/v1/quizzes/${quiz}`, { ...staff, body })
    }
    const all = await stored(quiz)
    expect(all).toHaveLength(3)
    expect(all.slice(0, 2)).toEqual([first, second])
  })

  it('has one key a revision, and none without', async () => {
    const { db } = host.deps
    const [ids, keys] = await db.batch([
      db.select({ id: revisions.id }).from(revisions),
      db.select({ id: answerKeys.revision }).from(answerKeys),
    ])
    expect(ids.length).toBeGreaterThan(3)
    expect(keys.map(({ id }) => id).toSorted()).toEqual(ids.map(({ id }) => id).toSorted())
  })
})
