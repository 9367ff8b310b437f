import { createLocalJWKSet, jwtVerify } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import { appendEvent } from '../../src/db/attempt-events.ts'
import { unsettle } from '../../src/db/attempts.ts'
import { settleDueAttempts } from '../../src/services/settle-due-attempts.ts'
import { publish, type Run, start } from '../support/actions.ts'
import { findCanaries } from '../support/canaries.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { essay, everyType } from '../support/every-type.ts'
import { PUBLIC_URL, ROOT_KEY, type TestHost } from '../support/host.ts'
import { decodeJwt } from '../support/jwt.ts'
import { type Json, quizDocument, singleChoice } from '../support/quiz-document.ts'
import { createTellingHost, LMS, post, type Receivers, tell } from '../support/receivers.ts'
import { publishAgain, regrade } from '../support/regrades.ts'
import { SPECIMENS } from '../support/specimens.ts'
import { grade, override } from '../support/staff-words.ts'

/** What each event says. */

let host: TestHost
let receivers: Receivers

beforeEach(async () => {
  ;({ host, receivers } = await createTellingHost())
  await emptyDatabase(host.deps.db)
  await tell(host)
})

const everything = { releases: 'everything' } as const
const ADA = { learner: { id: 'ada', name: 'Ada L.' }, metadata: { course: 'devops-1' } }

/** One question of one point that is passed when it is right, and an essay of five where the test asks for one. */
const document = (more: readonly Json[] = [], policy: Json = {}) =>
  quizDocument({ questions: [singleChoice('single'), ...more], policy: { passingScore: 0.5, ...policy } })

/** Ada's attempt, with the right answer or a wrong one. */
async function taken({ right = true, more = [] as readonly Json[], policy = {} } = {}): Promise<
  Run & { quiz: string }
> {
  const quiz = await publish(host, document(more, policy))
  const run = await start(host, quiz, { token: ROOT_KEY, body: ADA })
  await run.respond('single', { choice: right ? 'b' : 'a' }, everything)
  if (more.length > 0) await run.respond('essay', { text: 'It depends.' }, everything)
  return { ...run, quiz }
}

async function told() {
  await host.idle()
  return receivers.to(LMS).map(({ body }) => body)
}

/** The last that was told of a type. */
async function last(type: string) {
  return (await told()).findLast((body) => body.type === `attempt.${type}`)!
}

async function claimsOf(receipt: string) {
  const jwks = (await host.client.call('GET', '/.well-known/jwks.json')).body
  const options = { issuer: PUBLIC_URL, typ: 'receipt+jwt', currentDate: new Date(host.clock.now) }
  return (await jwtVerify(receipt, createLocalJWKSet(jwks), options)).payload
}

describe('a start', () => {
  it('says whose attempt it is, at what, and until when', async () => {
    const run = await taken({ policy: { timeLimitSeconds: 600 } })
    expect(await last('started')).toEqual({
      type: 'attempt.started',
      timestamp: '2026-01-05T09:00:00.000Z',
      data: {
        attempt: run.id,
        quiz: run.quiz,
        revision: run.started.body.attempt.revision,
        ...ADA,
        startedAt: '2026-01-05T09:00:00.000Z',
        deadline: '2026-01-05T09:10:00.000Z',
        maxScore: 1,
        seq: 0,
      },
    })
  })

  it('of an attempt that is nobody’s says so', async () => {
    await start(host, await publish(host, document()))
    expect((await last('started')).data).toMatchObject({ learner: null, metadata: {}, deadline: null })
  })
})

describe('a finish', () => {
  it('says what came of it, with a receipt that verifies and has the same seq', async () => {
    const run = await taken()
    host.clock.now += 60_000
    await run.finish(everything)
    const { timestamp, data } = await last('finished')
    const { receipt, ...rest } = data
    expect(timestamp).toBe('2026-01-05T09:01:00.000Z')
    expect(rest).toEqual({
      attempt: run.id,
      quiz: run.quiz,
      revision: run.started.body.attempt.revision,
      ...ADA,
      startedAt: '2026-01-05T09:00:00.000Z',
      finishedAt: '2026-01-05T09:01:00.000Z',
      finishReason: 'submitted',
      score: 1,
      maxScore: 1,
      passed: true,
      final: true,
      seq: 2,
    })
    expect(await claimsOf(receipt)).toMatchObject({
      sub: run.id,
      learner: ADA.learner,
      score: 1,
      maxScore: 1,
      passed: true,
      final: true,
      seq: 2,
    })
  })

  it('that passes is told by two, with the same data', async () => {
    await (await taken()).finish(everything)
    await host.idle()
    expect(receivers.toldTo(LMS).slice(-2).toSorted()).toEqual(['attempt.finished 2', 'attempt.passed 2'])
    expect((await last('passed')).data).toEqual((await last('finished')).data)
  })

  it('that fails is told by one', async () => {
    await (await taken({ right: false })).finish(everything)
    expect(await told()).toHaveLength(3)
    expect((await last('finished')).data).toMatchObject({ score: 0, passed: false })
  })

  it('by expiry says that, at the deadline', async () => {
    const run = await taken({ policy: { timeLimitSeconds: 60 } })
    host.clock.now += 3_600_000
    await settleDueAttempts(host.deps)
    expect(await last('finished')).toMatchObject({
      timestamp: '2026-01-05T10:00:00.000Z',
      data: { attempt: run.id, finishReason: 'expired', finishedAt: '2026-01-05T09:01:00.000Z', passed: true },
    })
  })

  it('tells totals where the learner does not see them', async () => {
    const run = await taken({ policy: { review: { during: [], finished: [] } } })
    expect((await run.finish()).body).toMatchObject({ receipt: null, attempt: { score: null } })
    const { data } = await last('finished')
    expect(data).toMatchObject({ score: 1, passed: true })
    expect(await claimsOf(data.receipt)).toMatchObject({ score: 1, passed: true })
  })
})

describe('a word of staff', () => {
  it('that grades what was pending makes the attempt passed, and is told by both', async () => {
    const run = await taken({ more: [essay('essay')] })
    await run.finish(everything)
    expect((await last('finished')).data).toMatchObject({ score: 1, maxScore: 6, passed: null, final: false, seq: 3 })
    expect(await last('passed')).toBeUndefined()
    await grade(host, run.id, 4)
    for (const type of ['graded', 'passed']) {
      const { data } = await last(type)
      expect(data).toMatchObject({ score: 5, passed: true, final: true, seq: 4 })
      expect(await claimsOf(data.receipt)).toMatchObject({ score: 5, passed: true, final: true, seq: 4 })
    }
  })

  it('that overrides is a grade; a pass is told when it comes about, again after it was lost', async () => {
    const run = await taken()
    await run.finish(everything)
    await override(host, run.id, [null, 0.9])
    await override(host, run.id, [null, 0])
    await override(host, run.id, ['single', 1])
    await override(host, run.id, [null, null])
    await host.idle()
    expect(receivers.toldTo(LMS).slice(2).toSorted()).toEqual(
      ['finished 2', 'passed 2', 'graded 3', 'graded 4', 'graded 5', 'graded 6', 'passed 6']
        .map((one) => `attempt.${one}`)
        .toSorted(),
    )
    const graded = (await told()).filter(({ type }) => type === 'attempt.graded').map(({ data }) => data)
    expect(graded.map(({ seq, score, passed }) => [seq, score, passed])).toEqual([
      [3, 0.9, true],
      [4, 0, false],
      [5, 0, false],
      [6, 1, true],
    ])
  })

  it('before the finish is told by the finish alone', async () => {
    const run = await taken({ more: [essay('essay')] })
    await grade(host, run.id, 5)
    await run.finish(everything)
    await host.idle()
    expect(receivers.toldTo(LMS).slice(2).toSorted()).toEqual(['attempt.finished 4', 'attempt.passed 4'])
  })

  it('is told as the attempt stood then, when several are settled at once', async () => {
    const run = await taken({ more: [essay('essay')] })
    await run.finish(everything)
    const { db } = host.deps
    const graded = (score: number) => {
      const body = { question: 'essay', score, of: 5000, comment: null, by: 'root' }
      return appendEvent(db, { attempt: run.id, id: `evt-${score}`, type: 'graded', at: host.clock.now, body })
    }
    const place = { attempt: run.id, event: 'evt-0', at: host.clock.now }
    await db.batch([graded(1000), graded(5000), graded(0), unsettle(db, place)])
    await settleDueAttempts(host.deps)
    const all = (await told()).filter(({ data }) => data.seq > 3)
    expect(
      all.map(({ type, data }) => [data.seq, type, data.score, data.passed]).toSorted((a, b) => a[0] - b[0]),
    ).toEqual([
      [4, 'attempt.graded', 2, false],
      [5, 'attempt.graded', 6, true],
      [5, 'attempt.passed', 6, true],
      [6, 'attempt.graded', 1, false],
    ])
    for (const { data } of all) expect(await claimsOf(data.receipt)).toMatchObject({ seq: data.seq, score: data.score })
  })
})

const anotherKey = (key: string) =>
  quizDocument({ questions: [singleChoice('single', { key })], policy: { passingScore: 0.5 } })

describe('a regrade', () => {
  it('that makes a pass is told by itself alone, with how it stood before', async () => {
    const run = await taken({ right: false })
    await run.finish(everything)
    const revision = await publishAgain(host, run.quiz, anotherKey('a'))
    await regrade(host, run.quiz, { revision })
    const { data } = await last('regraded')
    expect(data).toMatchObject({ passedBefore: false, passed: true, score: 1, seq: 3 })
    expect(await claimsOf(data.receipt)).toMatchObject({ passed: true, score: 1, seq: 3 })
    expect(await last('passed')).toBeUndefined()
  })

  it('that takes a pass away says so', async () => {
    const run = await taken()
    await run.finish(everything)
    const revision = await publishAgain(host, run.quiz, anotherKey('c'))
    await regrade(host, run.quiz, { revision })
    expect((await last('regraded')).data).toMatchObject({ passedBefore: true, passed: false, score: 0, seq: 3 })
  })
})

describe('a publication', () => {
  it('says which revision of which quiz, and who published it', async () => {
    const quiz = await publish(host, document())
    const [revision] = (await host.client.call('GET', `/v1/quizzes/${quiz}/revisions`, { token: ROOT_KEY })).body
      .revisions
    expect((await told()).at(-1)).toEqual({
      type: 'quiz.published',
      timestamp: '2026-01-05T09:00:00.000Z',
      data: { quiz, revision: revision.revision, publishedBy: 'root' },
    })
    await publish(host, document(), quiz)
    expect(await told()).toHaveLength(1)
  })
})

describe('a ping', () => {
  it('comes to whoever is asked for, and names the webhook', async () => {
    const { id } = await tell(host, 'other.school.org', { events: ['attempt.passed'] })
    expect((await post(host, id, 'test')).status).toBe(202)
    await host.idle()
    expect(receivers.received.map(({ host: name, body }) => [name, body])).toEqual([
      ['other.school.org', { type: 'ping', timestamp: '2026-01-05T09:00:00.000Z', data: { webhook: id } }],
    ])
  })
})

describe('a body', () => {
  it('is below 20 kB with the longest names and metadata there can be', async () => {
    const emoji = '🙂'.repeat(200)
    const metadata = Object.fromEntries(
      Array.from({ length: 16 }, (_, index) => [`${'k'.repeat(62)}${index + 10}`, emoji]),
    )
    const learner = { id: emoji, name: emoji }
    const quiz = await publish(host, document([essay('essay')]), 'q'.repeat(64))
    const run = await start(host, quiz, { token: ROOT_KEY, body: { learner, metadata } })
    await run.respond('single', { choice: 'b' }, everything)
    await run.finish(everything)
    await override(host, run.id, [null, 5.999])
    const bodies = (await told()).filter(({ type }) => type.startsWith('attempt'))
    expect(bodies.map(({ data }) => [data.learner, data.metadata])).toEqual(bodies.map(() => [learner, metadata]))
    const sizes = receivers.received.map(({ text }) => new TextEncoder().encode(text).length)
    expect(Math.max(...sizes)).toBeLessThan(20_000)
    expect(Math.max(...sizes)).toBeGreaterThan(17_000)
  })

  it('is below 20 kB whatever the metadata is', async () => {
    const worst = '\u0001'.repeat(200)
    const metadata = Object.fromEntries(
      Array.from({ length: 16 }, (_, index) => [`${'k'.repeat(62)}${index + 10}`, worst]),
    )
    const quiz = await publish(host, document())
    const run = await start(host, quiz, { token: ROOT_KEY, body: { learner: { id: worst, name: worst }, metadata } })
    await run.finish(everything)
    await host.idle()
    const sizes = receivers.received.map(({ text }) => new TextEncoder().encode(text).length)
    expect(sizes).toHaveLength(3)
    expect(Math.max(...sizes)).toBeLessThan(20_000)
  })
})

describe('no secret of any type', () => {
  it('reaches a receiver, in a body, a header or a receipt, when everything is right and when it is wrong', async () => {
    for (const kind of ['right', 'wrong'] as const) {
      const quiz = await publish(host, everyType())
      const run = await start(host, quiz, { token: ROOT_KEY, body: ADA })
      for (const specimen of SPECIMENS) {
        const { response } = kind === 'right' ? specimen.right : specimen.wrong[0]
        await run.respond(specimen.question, response, everything)
      }
      await run.respond('essay', { text: 'An essay that nobody else reads.' }, everything)
      await run.finish(everything)
      await grade(host, run.id, 1, { comment: 'A word that is for Ada alone.' })
      await override(host, run.id, [null, 1])
      const revision = await publishAgain(host, quiz, everyType({ passingScore: 0.01 }))
      await regrade(host, quiz, { revision })
    }
    await host.idle()
    expect(new Set(receivers.received.map(({ body }) => body.type)).size).toBeGreaterThanOrEqual(4)
    for (const { headers, text, body } of receivers.received) {
      const receipt = body.data.receipt ? JSON.stringify(decodeJwt(body.data.receipt)) : ''
      const whole = `${JSON.stringify(headers)}\n${text}\n${receipt}`
      expect(findCanaries(whole)).toEqual([])
      expect(whole).not.toMatch(/essay that nobody|for Ada alone|was unclear|Prompt of|Option \*\*|whsec_/)
    }
  })

  it('goes unnoticed by this scan', () => {
    expect(findCanaries(JSON.stringify(everyType())).length).toBeGreaterThan(50)
  })
})
