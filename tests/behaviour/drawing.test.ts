import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start, startFor } from '../support/actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument, singleChoice } from '../support/quiz-document.ts'
import { attemptRow, attemptsOf } from '../support/rows.ts'
import { seededBytes } from '../support/seeded-bytes.ts'

/** An attempt holds some of the questions: as many of each section as the policy says. */

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const STAFF = { token: ROOT_KEY, releases: 'everything' } as const
const ONE = ['q1', 'q2', 'q3', 'q4']
const TWO = ['r1', 'r2', 'r3']
const IDS = [...ONE, ...TWO, 's1']
const sectionOf = (id: string) => ({ q: 'one', r: 'two', s: 'three' })[id[0]!]!
const sections = ['one', 'two', 'three'].map((id) => ({ id, title: id }))

/** Two of four questions of 2 points are drawn, one of three of 1.5, and one of 3 stays: 8.5 points of 15.5. */
const document = (policy: Json = {}, change: Json = {}, ids: readonly string[] = IDS, key = 'b'): Json =>
  quizDocument({
    sections,
    questions: ids.map((id) =>
      singleChoice(id, { section: sectionOf(id), points: { q: 2, r: 1.5, s: 3 }[id[0]!], key }),
    ),
    policy: { draw: { one: 2, two: 1 }, ...policy },
    ...change,
  })

const idsOf = (questions: readonly { id: string }[]) => questions.map(({ id }) => id)
const heldBy = (run: Run): string[] => idsOf(run.started.body.questions)
const left = (run: Run): string[] => IDS.filter((id) => !heldBy(run).includes(id))

describe('an attempt at a quiz that draws', () => {
  it('holds so many questions of each section, in the author’s order, and the same ones ever after', async () => {
    const run = await start(host, await publish(host, document()))
    const held = heldBy(run)
    expect(held.map(sectionOf)).toEqual(['one', 'one', 'two', 'three'])
    expect(held).toEqual(IDS.filter((id) => held.includes(id)))
    const other = await host.isolate()
    for (const { client } of [host, other]) {
      const read = await client.call('GET', `/v1/attempts/${run.id}`, { token: run.token })
      expect(idsOf(read.body.questions)).toEqual(held)
      expect(idsOf(read.body.attempt.questions)).toEqual(held)
      expect(read.body.results.map(({ question }: Json) => question)).toEqual(held)
    }
    expect(idsOf((await run.resume(STAFF)).body.questions)).toEqual(held)
    const finished = (await run.finish()).body
    expect(idsOf(finished.attempt.questions)).toEqual(held)
    expect(finished.results.map(({ question }: Json) => question)).toEqual(held)
  })

  it('is counted by what it holds, everywhere', async () => {
    const quiz = await publish(host, document())
    const counted = { questionCount: 4, maxScore: 8.5 }
    const counts = [2, 1, 1]
    const summary = (await host.client.call('GET', `/v1/quizzes/${quiz}`)).body
    const run = await start(host, quiz)
    for (const each of [summary, run.started.body.quiz, (await run.resume()).body.quiz]) {
      expect(each).toMatchObject(counted)
      expect(each.sections.map(({ questionCount }: Json) => questionCount)).toEqual(counts)
    }
    expect(run.started.body.attempt).toMatchObject(counted)
    expect((await attemptRow(host.deps.db, run.id)).maxScore).toBe(8500)
    for (const id of heldBy(run)) {
      const { body } = await run.respond(id, { choice: 'b' }, { releases: IDS })
      expect(body.attempt).toMatchObject(counted)
    }
    expect(decodeJwt((await run.resume({ releases: IDS })).body.token)['progress']).toEqual({
      answered: 4,
      total: 4,
      score: 8.5,
    })
    const { attempt, receipt } = (await run.finish({ releases: IDS })).body
    expect(attempt).toMatchObject({ ...counted, answeredCount: 4, score: 8.5, passed: true })
    expect(decodeJwt(receipt)).toMatchObject({ score: 8.5, maxScore: 8.5, passed: true })
    const listed = await host.client.call('GET', `/v1/quizzes/${quiz}/attempts`, { token: ROOT_KEY })
    expect(listed.body.attempts[0]).toMatchObject({ score: 8.5, maxScore: 8.5 })
  })

  it('is counted three times over where it asks for certainty', async () => {
    const quiz = await publish(host, document({ certainty: true }))
    expect((await host.client.call('GET', `/v1/quizzes/${quiz}`)).body).toMatchObject({ maxScore: 25.5 })
    const run = await start(host, quiz)
    expect(run.started.body.attempt).toMatchObject({ questionCount: 4, maxScore: 25.5 })
    const responses = heldBy(run).map((question) => ({ question, response: { choice: 'b' }, certainty: 3 }))
    const { attempt } = (await run.respondAll(responses, { releases: IDS })).body
    expect(attempt).toMatchObject({ score: 25.5, maxScore: 25.5 })
  })

  it('has no question that was not drawn: answering it is malformed, and nothing beside it counts', async () => {
    const run = await start(host, await publish(host, document()))
    const [held] = heldBy(run)
    const unknown = await run.respond('nothing', { choice: 'b' })
    for (const question of left(run)) {
      const refused = await run.respond(question, { choice: 'b' })
      expect(problemOf(refused)).toEqual([422, 'invalid-input', '/responses/0/question unknown-id'])
      expect(refused.body.errors).toEqual(unknown.body.errors)
      const beside = await run.respondAll([
        { question: held, response: { choice: 'b' } },
        { question, response: { choice: 'z' } },
      ])
      expect(problemOf(beside)).toEqual([422, 'invalid-input', '/responses/1/question unknown-id'])
    }
    expect((await run.resume()).body.attempt.answeredCount).toBe(0)
    for (const path of ['overrides', 'grades']) {
      const body = { question: left(run)[0], score: 1, ...(path === 'overrides' && { reason: 'x' }) }
      const answer = await host.client.call('POST', `/v1/attempts/${run.id}/${path}`, { ...STAFF, body })
      expect(problemOf(answer)).toEqual([422, 'invalid-input', '/question unknown-id'])
    }
  })

  it('keeps what it holds when the quiz is published anew with other questions, keys and draws', async () => {
    const quiz = await publish(host, document())
    const run = await start(host, quiz)
    const held = heldBy(run)
    await publish(host, document({ draw: { one: 1, two: 3 } }, {}, [...IDS.toReversed(), 'q0'], 'c'), quiz)
    expect(idsOf((await run.resume()).body.questions)).toEqual(held)
    const again = await run.respond(held[0]!, { choice: 'b' }, { releases: IDS })
    expect(again.body.results[0]).toMatchObject({ status: 'correct' })
    expect((await start(host, quiz)).started.body.attempt).toMatchObject({ questionCount: 5, maxScore: 9.5 })
  })

  it('is another one each time: every question comes at last, and a learner’s second attempt is drawn anew', async () => {
    // The ids of its attempts are the same in every run, and so are its draws.
    const steady = await createHost({ randomBytes: seededBytes(20_260_108) })
    const quiz = await publish(steady, document({}, { access: 'restricted' }))
    const draws = new Set<string>()
    for (let attempt = 0; attempt < 24; attempt++) {
      const run = await startFor(steady, quiz, 'l-1')
      draws.add(heldBy(run).join())
      await run.finish()
    }
    // Eighteen draws are equally likely.
    expect(draws.size).toBeGreaterThan(8)
    expect(new Set([...draws].flatMap((draw) => draw.split(',')))).toEqual(new Set(IDS))
  })

  it('resumed by a start holds what it held', async () => {
    const quiz = await publish(host, document({}, { access: 'restricted' }))
    const run = await startFor(host, quiz, 'l-2')
    const resumed = await startFor(host, quiz, 'l-2')
    expect([resumed.id, heldBy(resumed)]).toEqual([run.id, heldBy(run)])
  })

  it('moves its questions within their section where the policy shuffles them', async () => {
    const quiz = await publish(host, document({ draw: { one: 4 }, shuffle: { questions: true } }))
    const orders = new Set<string>()
    for (let attempt = 0; attempt < 12; attempt++) {
      const held = heldBy(await start(host, quiz))
      expect(held.slice(0, 4).toSorted()).toEqual(ONE)
      expect(held.slice(4, 7).toSorted()).toEqual(TWO)
      orders.add(held.join())
    }
    expect(orders.size).toBeGreaterThan(1)
  })
})

describe('without an attempt', () => {
  it.each([{ one: 1 }, { one: 4, two: 3, three: 1 }])('no question is told where %o is drawn', async (draw) => {
    const quiz = await publish(host, document({ draw }))
    const read = await host.client.call('GET', `/v1/quizzes/${quiz}/questions`)
    expect(problemOf(read).slice(0, 2)).toEqual([403, 'start-required'])
    const staff = await host.client.call('GET', `/v1/quizzes/${quiz}/questions`, { token: ROOT_KEY })
    expect(problemOf(staff).slice(0, 2)).toEqual([403, 'start-required'])
    const etag = (await host.client.call('GET', `/v1/quizzes/${quiz}`)).headers.get('ETag')!
    const headers = { 'If-None-Match': etag }
    expect((await host.client.call('GET', `/v1/quizzes/${quiz}/questions`, { headers })).status).toBe(403)
  })

  it('there is no taking it in one call, whatever is sent', async () => {
    const quiz = await publish(host, document())
    for (const responses of [
      [],
      [{ question: 's1', response: { choice: 'b' } }],
      [{ question: 'q1', response: { choice: 'z' } }],
      [{ question: 'nothing', response: {} }],
    ]) {
      const submitted = await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body: { responses } })
      expect(problemOf(submitted).slice(0, 2)).toEqual([403, 'start-required'])
    }
    expect(await attemptsOf(host.deps.db, quiz)).toEqual([])
  })
})
