import { beforeEach, describe, expect, it } from 'vitest'
import { publish, start, startFor } from '../support/actions.ts'
import type { Answer } from '../support/client.ts'
import { setRules } from '../support/learners.ts'
import { createHost, ROOT_KEY, START, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { attemptRow, attemptsOf } from '../support/rows.ts'

let host: TestHost

beforeEach(async () => {
  host = await createHost({ clock: { now: START } })
})

/** Six seconds and a half into the minute in which the tests begin; and an hour later. */
const OPENS = '2026-01-05T09:00:06.500Z'
const CLOSES = '2026-01-05T10:00:00Z'
const opens = START + 6500
const closes = START + 3_600_000
const NOT_OPEN = [409, 'quiz-not-open']
const CLOSED = [409, 'quiz-closed']
const releases = ['single', 'multiple', 'truth']

const opening = (policy: Json = {}, change: Json = {}) =>
  quizDocument({ policy: { opensAt: OPENS, closesAt: CLOSES, ...policy }, ...change })
const restricted = { access: 'restricted' }
const learner = { learner: { id: 'ada' } }
const responses = [{ question: 'single', response: { choice: 'b' } }]

/** Every way to begin, by everyone who may. */
const BEGINNINGS: [who: string, begin: (quiz: string) => Promise<Answer>][] = [
  ['a start', (quiz) => host.client.call('POST', `/v1/quizzes/${quiz}/attempts`)],
  ['a start by staff', (quiz) => host.client.call('POST', `/v1/quizzes/${quiz}/attempts`, { token: ROOT_KEY })],
  [
    'a start for a learner',
    (quiz) => host.client.call('POST', `/v1/quizzes/${quiz}/attempts`, { token: ROOT_KEY, body: learner }),
  ],
  [
    'the one-call form',
    (quiz) => host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body: { responses }, releases }),
  ],
  [
    'the one-call form for a learner',
    (quiz) =>
      host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
        token: ROOT_KEY,
        body: { responses, ...learner },
        releases,
      }),
  ],
]

describe.each(BEGINNINGS)('%s', (_who, begin) => {
  it('is refused to the last millisecond before the quiz opens, and taken at the moment', async () => {
    const quiz = await publish(host, opening())
    host.clock.now = opens - 1
    const early = await begin(quiz)
    expect(problemOf(early)).toEqual(NOT_OPEN)
    expect(early.body.detail).toContain(OPENS)
    expect(await attemptsOf(host.deps.db, quiz)).toEqual([])
    host.clock.now = opens
    expect((await begin(quiz)).status).toBe(201)
  })

  it('is taken to the last millisecond before the quiz closes, and refused at the moment', async () => {
    const quiz = await publish(host, opening())
    host.clock.now = closes
    const late = await begin(quiz)
    expect(problemOf(late)).toEqual(CLOSED)
    expect(late.body.detail).toContain(CLOSES)
    expect(await attemptsOf(host.deps.db, quiz)).toEqual([])
    host.clock.now = closes - 1
    expect((await begin(quiz)).status).toBe(201)
  })

  it('obeys what was published last, also in an isolate that remembers another policy', async () => {
    const quiz = await publish(host, opening())
    const other = await host.isolate()
    host.clock.now = opens - 1
    expect(problemOf(await begin(quiz))).toEqual(NOT_OPEN)
    await publish(other, opening({ opensAt: null }), quiz)
    expect((await begin(quiz)).status).toBe(201)
  })
})

describe('before a quiz opens', () => {
  it('nobody gets its questions, whoever asks and whatever they have of it', async () => {
    const quiz = await publish(host, opening())
    const path = `/v1/quizzes/${quiz}/questions`
    const { body: summary } = await host.client.call('GET', `/v1/quizzes/${quiz}`)
    const headers = { 'If-None-Match': `"${summary.revision}"` }
    host.clock.now = opens - 1
    for (const options of [{}, { headers }, { token: ROOT_KEY }, { token: ROOT_KEY, headers }]) {
      const answer = await host.client.call('GET', path, options)
      expect(problemOf(answer)).toEqual(NOT_OPEN)
      expect(answer.body.detail).toContain(OPENS)
      expect(answer.headers.get('ETag')).toBeNull()
      expect(answer.headers.get('Cache-Control')).toBe('private, no-store')
    }
    host.clock.now = opens
    expect((await host.client.call('GET', path)).body.questions).toHaveLength(3)
    expect((await host.client.call('GET', path, { headers })).status).toBe(304)
  })

  it('nobody learns which questions it has by answering them', async () => {
    const quiz = await publish(host, opening())
    const wrong = [{ question: 'single', response: { choice: 'nonsense' } }]
    for (const sent of [responses, wrong, [{ question: 'elsewhere', response: {} }]]) {
      const answer = await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body: { responses: sent } })
      expect(problemOf(answer)).toEqual(NOT_OPEN)
    }
  })

  it('and after it has closed, everyone may read what it is', async () => {
    const quiz = await publish(host, opening())
    for (const now of [opens - 1, closes]) {
      host.clock.now = now
      const read = await host.client.call('GET', `/v1/quizzes/${quiz}`)
      expect(read.body.policy).toMatchObject({ opensAt: OPENS, closesAt: CLOSES })
    }
  })

  it('its questions are read after it has closed', async () => {
    const quiz = await publish(host, opening())
    host.clock.now = closes
    expect((await host.client.call('GET', `/v1/quizzes/${quiz}/questions`)).status).toBe(200)
  })
})

describe('an attempt that runs when its quiz closes', () => {
  it('goes on to its deadline, which is that moment, with the grace on top', async () => {
    const quiz = await publish(host, opening({ graceSeconds: 10 }))
    host.clock.now = closes - 1000
    const run = await start(host, quiz)
    expect(run.started.body.attempt.deadline).toBe('2026-01-05T10:00:00.000Z')
    host.clock.now = closes + 10_000
    const inTime = await run.respond('single', { choice: 'b' }, { releases })
    expect(inTime.body.results[0]).toMatchObject({ status: 'correct', refused: null })
    host.clock.now += 1
    expect(problemOf(await run.respond('truth', { choice: 'true' }, { releases }))).toEqual([409, 'attempt-finished'])
    expect((await run.resume({ releases })).body.attempt).toMatchObject({
      finishReason: 'expired',
      finishedAt: '2026-01-05T10:00:00.000Z',
      score: 1,
    })
  })

  it('is given to its named learner by a start, 200, as long as it is not over', async () => {
    const quiz = await publish(host, opening({ graceSeconds: 10 }, restricted))
    host.clock.now = closes - 1
    const run = await startFor(host, quiz, 'ada')
    for (const now of [closes, closes + 10_000]) {
      host.clock.now = now
      const again = await startFor(host, quiz, 'ada')
      expect([again.started.status, again.id]).toEqual([200, run.id])
    }
    host.clock.now += 1
    const late = await host.client.call('POST', `/v1/quizzes/${quiz}/attempts`, { token: ROOT_KEY, body: learner })
    expect(problemOf(late)).toEqual(CLOSED)
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ finishedAt: closes, settled: 1 })
  })

  it('is given to its named learner also where the quiz is to open later than it did', async () => {
    const quiz = await publish(host, quizDocument(restricted))
    const run = await startFor(host, quiz, 'ada')
    await publish(host, opening({}, restricted), quiz)
    expect((await startFor(host, quiz, 'ada')).id).toBe(run.id)
  })

  it('keeps the deadline that it began with when the quiz is published with another one', async () => {
    const quiz = await publish(host, opening({ opensAt: null }))
    const run = await start(host, quiz)
    await publish(host, opening({ opensAt: null, closesAt: '2026-01-05T09:00:01Z' }), quiz)
    host.clock.now = closes
    expect((await run.respond('single', { choice: 'b' }, { releases })).status).toBe(200)
  })
})

describe('a retry with the key of an attempt that was made in time', () => {
  const headers = { 'Idempotency-Key': 'the-key-of-an-attempt-in-time' }

  it.each(BEGINNINGS.map(([who]) => who))('gets it after the quiz has closed: %s', async (who) => {
    const quiz = await publish(host, opening({}, who.includes('learner') ? restricted : {}))
    const call = () => {
      const oneCall = who.startsWith('the one-call')
      const body = { ...(who.includes('learner') && learner), ...(oneCall && { responses }) }
      const token = /staff|learner/.test(who) ? ROOT_KEY : null
      const path = `/v1/quizzes/${quiz}/${oneCall ? 'submissions' : 'attempts'}`
      return host.client.call('POST', path, { token, body, headers, releases })
    }
    host.clock.now = closes - 1
    const first = await call()
    expect(first.status).toBe(201)
    host.clock.now = closes + 3_600_000
    const again = await call()
    expect([again.status, again.body.attempt.id]).toEqual([201, first.body.attempt.id])
    expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(1)
  })

  it('of a start that came too early starts once the quiz is open', async () => {
    const quiz = await publish(host, opening())
    const call = () => host.client.call('POST', `/v1/quizzes/${quiz}/attempts`, { headers })
    host.clock.now = opens - 1
    expect(problemOf(await call())).toEqual(NOT_OPEN)
    host.clock.now = opens
    expect((await call()).status).toBe(201)
  })

  it('that found the attempt which runs is remembered also after the quiz has closed', async () => {
    const quiz = await publish(host, opening({ graceSeconds: 60 }, restricted))
    host.clock.now = closes - 1
    const run = await startFor(host, quiz, 'ada')
    host.clock.now = closes
    const found = await startFor(host, quiz, 'ada', { headers })
    await run.finish({ releases })
    host.clock.now = closes + 3_600_000
    const again = await startFor(host, quiz, 'ada', { headers })
    expect([found.id, again.id, again.started.status]).toEqual([run.id, run.id, 200])
  })
})

describe('the deadline of a new attempt', () => {
  const examples: [what: string, policy: Json, rule: Json | null, before: number, deadline: number | null][] = [
    ['the limit, where the quiz closes later', { timeLimitSeconds: 60 }, null, 60_001, closes - 1],
    ['the closing, where the limit would end later', { timeLimitSeconds: 60 }, null, 59_999, closes],
    ['the closing alone, without a limit', {}, null, 5000, closes],
    ['the limit alone', { timeLimitSeconds: 60, closesAt: null }, null, 5000, closes + 55_000],
    ['none, without either', { closesAt: null }, null, 5000, null],
    ['never beyond the closing, whatever the factor', { timeLimitSeconds: 60 }, { factor: 100 }, 5000, closes],
    ['the closing, for a learner without a limit', { timeLimitSeconds: 60 }, { unlimited: true }, 5000, closes],
    [
      'the limit by the factor, where that is earlier',
      { timeLimitSeconds: 60 },
      { factor: 1.5, extraSeconds: 5 },
      100_000,
      closes - 5000,
    ],
  ]
  it.each(examples)('is %s', async (_what, policy, rule, before, deadline) => {
    const quiz = await publish(host, opening({ graceSeconds: 7, ...policy }, restricted))
    const id = `learner-of-${quiz}`
    if (rule) await setRules(host, id, [{ quiz: null, reason: 'Agreed.', ...rule }])
    host.clock.now = closes - before
    const run = await startFor(host, quiz, id)
    const said = run.started.body.attempt.deadline
    expect(said === null ? null : Date.parse(said)).toBe(deadline)
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({
      deadline,
      due: deadline === null ? null : deadline + 7000,
    })
  })

  it('is none for an attempt in one call', async () => {
    const quiz = await publish(host, opening({ opensAt: null }))
    const path = `/v1/quizzes/${quiz}/submissions`
    const { body } = await host.client.call('POST', path, { body: { responses }, releases })
    expect(body.attempt).toMatchObject({ deadline: null, finishReason: 'submitted', score: 1 })
    expect(await attemptRow(host.deps.db, body.attempt.id)).toMatchObject({ deadline: null, due: null })
  })
})

describe('moments in a policy', () => {
  it.each([
    ['2026-01-05T09:00:00.5Z', START + 500],
    ['2026-01-05T09:00:00.05Z', START + 50],
    ['2026-01-05T09:00:00.005Z', START + 5],
    ['2026-02-28T23:59:59Z', Date.UTC(2026, 1, 28, 23, 59, 59)],
    ['2028-02-29T00:00:00Z', Date.UTC(2028, 1, 29)],
  ])('are read to the millisecond: %s', async (opensAt, moment) => {
    const quiz = await publish(host, quizDocument({ policy: { opensAt } }))
    const begin = () => host.client.call('POST', `/v1/quizzes/${quiz}/attempts`)
    host.clock.now = moment - 1
    expect(problemOf(await begin())).toEqual(NOT_OPEN)
    host.clock.now = moment
    expect((await begin()).status).toBe(201)
  })

  it('far away are moments too', async () => {
    const open = await publish(host, quizDocument({ policy: { opensAt: '0000-01-01T00:00:00Z' } }))
    expect((await start(host, open)).started.status).toBe(201)
    const never = await publish(host, quizDocument({ policy: { closesAt: '9999-12-31T23:59:59.999Z' } }))
    expect((await start(host, never)).started.body.attempt.deadline).toBe('9999-12-31T23:59:59.999Z')
    const over = await publish(host, quizDocument({ policy: { closesAt: '0000-02-29T00:00:00Z' } }))
    expect(problemOf(await host.client.call('POST', `/v1/quizzes/${over}/attempts`))).toEqual(CLOSED)
  })
})
