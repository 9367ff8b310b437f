import { beforeAll, describe, expect, it } from 'vitest'
import { newQuizId, publish, type Run, start } from '../support/actions.ts'
import { issueKey } from '../support/api-keys.ts'
import { atOnce, countBy } from '../support/at-once.ts'
import type { Answer } from '../support/client.ts'
import { essay } from '../support/every-type.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument, singleChoice } from '../support/quiz-document.ts'
import { attemptRow, logOf } from '../support/rows.ts'
import {
  extend,
  extendAll,
  grade,
  override,
  readJob,
  say,
  STAFF,
  viewByStaff,
  type Word,
} from '../support/staff-words.ts'

let host: TestHost
let other: TestHost
let quiz: string

beforeAll(async () => {
  host = await createHost()
  other = await host.isolate()
  quiz = await publish(host, quizDocument({ questions: [singleChoice('single'), essay('essay')], policy: POLICY }))
})

const POLICY = { feedback: 'deferred', timeLimitSeconds: 600 }
const REUSED = [422, 'idempotency-key-reused']

let keys = 0
const newKey = () => ({ headers: { 'Idempotency-Key': `k${(keys += 1)}` } })

/** With an essay that waits, and ten minutes. */
async function answered(): Promise<Run> {
  const run = await start(host, quiz)
  await run.respond('single', { choice: 'a' })
  await run.respond('essay', { text: 'It depends.' })
  return run
}

interface Said {
  readonly name: string
  readonly word: Word
  readonly body: Json
  /** What is another word, though much of it is the same. */
  readonly others: readonly Json[]
}

const reason = 'Because'
const WORDS: readonly Said[] = [
  {
    name: 'an extension',
    word: 'extensions',
    body: { factor: 1.5, reason },
    others: [
      { factor: 1.6, reason },
      { factor: 1.5, reason: 'because' },
      { extraSeconds: 300, reason },
      { unlimited: true, reason },
    ],
  },
  {
    name: 'a grade',
    word: 'grades',
    body: { question: 'essay', score: 4, comment: 'Good.' },
    others: [
      { question: 'essay', score: 3.999, comment: 'Good.' },
      { question: 'essay', score: 4, comment: 'Good' },
      { question: 'essay', score: 4 },
      { question: 'single', score: 4, comment: 'Good.' },
    ],
  },
  {
    name: 'an override',
    word: 'overrides',
    body: { question: 'single', score: 1, reason },
    others: [
      { question: 'single', score: 0, reason },
      { question: 'single', score: null, reason },
      { question: 'essay', score: 1, reason },
      { score: 1, reason },
      { question: 'single', score: 1, reason: 'because' },
    ],
  },
  {
    name: 'an override of the whole',
    word: 'overrides',
    body: { score: 2, reason },
    others: [
      { score: 0, reason },
      { score: null, reason },
    ],
  },
  {
    name: 'an override that is taken back',
    word: 'overrides',
    body: { question: 'single', score: null, reason },
    others: [
      { question: 'single', score: 0, reason },
      { score: null, reason },
    ],
  },
]

/** What an answer says, without what differs between two in any case: a receipt's signature. */
const effectOf = ({ status, body }: Answer) => [status, { ...body, receipt: body.receipt && 'a receipt' }]
const eventsIn = async (run: Run) => (await logOf(host.deps.db, run.id)).length

describe.each(WORDS)('$name', ({ word, body, others }) => {
  it('that is sent again with its key is one event, with the same answer', async () => {
    const run = await answered()
    const key = newKey()
    const first = await say(host, word, run.id, body, key)
    const again = await say(other, word, run.id, body, key)
    expect(first.status).toBe(200)
    expect(effectOf(again)).toEqual(effectOf(first))
    expect(await eventsIn(run)).toBe(3)
  })

  it('without a key is an event each time', async () => {
    const run = await answered()
    for (let time = 0; time < 2; time++) expect((await say(host, word, run.id, body)).status).toBe(200)
    expect(await eventsIn(run)).toBe(4)
  })

  it('in other words is refused with its key, before the finish and after', async () => {
    const run = await answered()
    const key = newKey()
    await say(host, word, run.id, body, key)
    for (const each of others) expect(problemOf(await say(host, word, run.id, each, key))).toEqual(REUSED)
    await run.finish({ releases: 'everything' })
    for (const each of others) expect(problemOf(await say(host, word, run.id, each, key))).toEqual(REUSED)
    expect(await eventsIn(run)).toBe(4)
  })

  it('that is sent twelve times at once with one key is one event, and all are answered alike', async () => {
    const run = await answered()
    const key = newKey()
    const answers = await atOnce(12, (index) => say(index % 2 === 0 ? host : other, word, run.id, body, key))
    expect(new Set(answers.map((answer) => JSON.stringify(effectOf(answer)))).size).toBe(1)
    expect(answers[0]!.status).toBe(200)
    expect(await eventsIn(run)).toBe(3)
  })

  it('and another word at once with one key are one of the two, and the other is refused', async () => {
    const run = await answered()
    const key = newKey()
    const bodies = [body, others[0]!]
    const answers = await atOnce(8, (index) => say(index % 4 < 2 ? host : other, word, run.id, bodies[index % 2]!, key))
    const [won, lost] = [0, 1].map((which) => answers.filter((_, index) => index % 2 === which)) as [Answer[], Answer[]]
    const [accepted, refused] = won[0]!.status === 200 ? [won, lost] : [lost, won]
    expect(countBy(accepted, ({ status }) => status)).toEqual({ 200: 4 })
    expect(refused.map(problemOf)).toEqual([REUSED, REUSED, REUSED, REUSED])
    expect(await eventsIn(run)).toBe(3)
  })

  it('that is sent again after other words, and after the finish, changes nothing of what they said', async () => {
    const run = await answered()
    const key = newKey()
    await say(host, word, run.id, body, key)
    await extend(host, run.id, 60)
    await grade(host, run.id, 1)
    await override(host, run.id, ['single', 0.25])
    await override(host, run.id, [null, 0.125])
    await run.respond('essay', { text: 'Something else.' })
    const views: unknown[] = []
    const look = async () =>
      views.push(effectOf(await viewByStaff(host, run.id)), await attemptRow(host.deps.db, run.id))
    await look()
    expect((await say(host, word, run.id, body, key)).status).toBe(200)
    await look()
    expect(views.slice(2)).toEqual(views.slice(0, 2))
    await run.finish({ releases: 'everything' })
    await look()
    expect((await say(other, word, run.id, body, key)).status).toBe(200)
    await look()
    expect(views.slice(6)).toEqual(views.slice(4, 6))
    expect(await eventsIn(run)).toBe(9)
  })

  it('with a key that was used for another attempt, by another caller or for something else is an event of its own', async () => {
    const [one, two] = [await answered(), await answered()]
    const key = newKey()
    const { secret: token } = await issueKey(host, 'attempts:write', 'grading:write')
    const answers = [
      await say(host, word, one.id, body, key),
      await say(host, word, two.id, body, key),
      await say(host, word, one.id, body, { token, ...key }),
      await say(host, word === 'grades' ? 'overrides' : 'grades', one.id, SOMETHING_ELSE[word], key),
    ]
    expect(countBy(answers, ({ status }) => status)).toEqual({ 200: 4 })
    expect([await eventsIn(one), await eventsIn(two)]).toEqual([5, 3])
  })

  it('that was refused has not used up its key', async () => {
    const run = await start(host, quiz)
    const key = newKey()
    const wrong = { ...body, score: 100, extraSeconds: 0 }
    expect((await say(host, word, run.id, wrong, key)).status).toBe(422)
    await run.respond('essay', { text: 'It depends.' })
    expect((await say(host, word, run.id, body, key)).status).toBe(200)
  })

  it('is nothing that a learner can say, and nothing about an attempt that is not there', async () => {
    const [run, their] = [await answered(), await answered()]
    for (const token of [run.token, their.token, null]) {
      expect(problemOf(await say(host, word, run.id, body, { token }))).toEqual([401, 'unauthorized'])
    }
    for (const id of ['att_none', `${run.id}x`, run.id.slice(0, -1), quiz, newQuizId(), '__proto__', '%00']) {
      expect(problemOf(await say(host, word, id, body)), id).toEqual([404, 'not-found'])
    }
    expect(await eventsIn(run)).toBe(2)
  })
})

describe('a word about an attempt that is found expired', () => {
  it('is there once after the end, whichever of its batches is cut off, and the row says what the log says', async () => {
    // It is read, finished, settled, the word is written, and it is settled anew.
    for (let batch = 1; batch <= 5; batch++) {
      for (const kind of ['before', 'after'] as const) {
        const run = await answered()
        const key = newKey()
        host.clock.now += 601_000
        host.faults[kind](batch)
        const send = () => override(host, run.id, [null, 5], key)
        expect((await send()).status).toBe(503)
        host.faults.clear()
        expect((await send()).body.attempt).toMatchObject({ finishReason: 'expired', score: 5, passed: true })
        const types = (await logOf(host.deps.db, run.id)).map(({ type }) => type)
        expect(types, `${kind} ${batch}`).toEqual(['responded', 'responded', 'finished', 'overridden'])
        expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ score: 5000, passed: true, settled: 4 })
      }
    }
  })
})

const SOMETHING_ELSE: Record<Word, Json> = {
  extensions: { question: 'essay', score: 1 },
  grades: { score: 1, reason },
  overrides: { question: 'essay', score: 1 },
}

const jobOf = ({ body }: Answer) => body.id as string

/** A quiz with one attempt of ten minutes. */
async function oneAttempt() {
  const own = await publish(host, quizDocument({ policy: POLICY }))
  return { own, run: await start(host, own) }
}

describe('an extension for all', () => {
  it('that is sent again with its key is one job, which extends once, also when it is done', async () => {
    const { own, run } = await oneAttempt()
    const key = newKey()
    const first = await extendAll(host, own, 60, key)
    const again = await extendAll(other, own, 60, key)
    await host.idle()
    await other.idle()
    const late = await extendAll(host, own, 60, key)
    await host.idle()
    expect([again.status, late.status]).toEqual([202, 202])
    expect(new Set([first, again, late].map(jobOf)).size).toBe(1)
    expect(late.body).toMatchObject({ status: 'done', attempts: 1, extended: 1 })
    expect(late.headers.get('Location')).toBe(first.headers.get('Location'))
    expect((await logOf(host.deps.db, run.id)).map(({ type }) => type)).toEqual(['extended'])
  })

  it('in other words is refused with its key; without one it is another job', async () => {
    const { own, run } = await oneAttempt()
    const key = newKey()
    await extendAll(host, own, 60, key)
    for (const more of [{ extraSeconds: 61 }, { factor: 2 }, { extraSeconds: 60, reason: 'Because' }]) {
      expect(problemOf(await extendAll(host, own, more, key))).toEqual(REUSED)
    }
    await host.idle()
    await extendAll(host, own, 60)
    await host.idle()
    expect(await logOf(host.deps.db, run.id)).toHaveLength(2)
  })

  it('that is asked for ten times at once with one key is one job', async () => {
    const { own, run } = await oneAttempt()
    const key = newKey()
    const answers = await atOnce(10, (index) => extendAll(index % 2 === 0 ? host : other, own, 60, key))
    await host.idle()
    await other.idle()
    expect(countBy(answers, ({ status }) => status)).toEqual({ 202: 10 })
    expect(new Set(answers.map(jobOf)).size).toBe(1)
    expect(await logOf(host.deps.db, run.id)).toHaveLength(1)
  })

  it('is nothing that a learner can ask for, and is absent under another quiz', async () => {
    const { own, run } = await oneAttempt()
    for (const token of [run.token, null]) {
      expect(problemOf(await extendAll(host, own, 60, { token }))).toEqual([401, 'unauthorized'])
    }
    expect(problemOf(await extendAll(host, newQuizId(), 60))).toEqual([404, 'not-found'])
    const made = await extendAll(host, own, 60)
    await host.idle()
    const path = `/v1/quizzes/${own}/extensions/${jobOf(made)}`
    expect(problemOf(await host.client.call('GET', path, { token: run.token }))).toEqual([401, 'unauthorized'])
    for (const [where, id] of [
      [quiz, jobOf(made)],
      [newQuizId(), jobOf(made)],
      [own, `${jobOf(made)}x`],
      [own, run.id],
    ] as const) {
      expect(problemOf(await readJob(host, where, id))).toEqual([404, 'not-found'])
    }
    const regrade = await host.client.call('GET', `/v1/quizzes/${own}/regrades/${jobOf(made)}`, STAFF)
    expect(problemOf(regrade)).toEqual([404, 'not-found'])
  })
})
