import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { NOTHING_SAID, said } from '../support/said.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

async function take(policy: Json): Promise<Run> {
  return start(host, await publish(host, quizDocument({ policy })))
}

const ALL_FEEDBACK = ['incorrect', 'option-a', 'option-b', 'option-c']
const HIDDEN = { status: 'answered', score: null, ...NOTHING_SAID }
const SHOWN = (result: Json) => ({ status: result['status'], score: result['score'], ...said(result) })

describe('after the finish a learner sees what `review.finished` lists, each item by itself', () => {
  interface Seen {
    /** Of `single`, answered with a instead of b. */
    readonly wrong: Json
    /** Of `truth`, never answered. */
    readonly unanswered?: Json
    readonly total?: number
  }
  const examples: [finished: string[], seen: Seen][] = [
    [[], { wrong: {} }],
    [['verdict'], { wrong: { status: 'incorrect' } }],
    [['score'], { wrong: {}, total: 3 }],
    [['verdict', 'score'], { wrong: { status: 'incorrect', score: 0 }, unanswered: { score: 0 }, total: 3 }],
    [['feedback'], { wrong: { feedback: ALL_FEEDBACK } }],
    [['explanation'], { wrong: { explanation: 'explanation' } }],
    [['answer'], { wrong: { answer: { choice: 'b' } } }],
    [['unanswered'], { wrong: {} }],
    [['answer', 'unanswered'], { wrong: { answer: { choice: 'b' } }, unanswered: { answer: { choice: 'true' } } }],
    [
      ['unanswered', 'explanation'],
      { wrong: { explanation: 'explanation' }, unanswered: { explanation: 'explanation' } },
    ],
    [
      ['verdict', 'score', 'feedback', 'explanation', 'answer', 'unanswered'],
      {
        wrong: {
          status: 'incorrect',
          score: 0,
          feedback: ALL_FEEDBACK,
          explanation: 'explanation',
          answer: { choice: 'b' },
        },
        unanswered: { score: 0, feedback: [], explanation: 'explanation', answer: { choice: 'true' } },
        total: 3,
      },
    ],
  ]

  for (const [finished, { wrong, unanswered = {}, total = null }] of examples) {
    it(`${JSON.stringify(finished)} shows that and nothing else`, async () => {
      const run = await take({ feedback: 'deferred', review: { finished } })
      await run.respond('single', { choice: 'a' })
      await run.respond('multiple', { choices: ['p', 'q', 'r'] })
      const releases = ['single', 'multiple', ...(finished.includes('unanswered') ? ['truth'] : [])]
      const end = await run.finish({ releases })
      expect(SHOWN(end.body.results[0])).toEqual({ ...HIDDEN, ...wrong })
      expect(SHOWN(end.body.results[2])).toEqual({ ...HIDDEN, status: 'unanswered', ...unanswered })
      expect(end.body.attempt.questions[0]).toMatchObject({
        status: wrong['status'] ?? 'answered',
        score: wrong['score'] ?? null,
      })
      expect(end.body.attempt).toMatchObject({ score: total, passed: total === null ? null : false })
      expect(decodeJwt(end.body.token)['progress']).toEqual({
        answered: 2,
        total: 3,
        ...(total === null ? {} : { score: total }),
      })
      const receipt = end.body.receipt && decodeJwt(end.body.receipt)
      expect(receipt?.score ?? null).toBe(total)
      expect(receipt === null).toBe(total === null)
    })
  }
})

describe('during the attempt a learner sees what `review.during` lists', () => {
  const examples: [during: string[], open: Json, closed: Json, total: number | null][] = [
    [['verdict'], { status: 'incorrect' }, { status: 'incorrect' }, null],
    [['verdict', 'score'], { status: 'incorrect', score: 0 }, { status: 'incorrect', score: 0 }, 0],
    [
      ['verdict', 'feedback'],
      { status: 'incorrect', feedback: ['incorrect', 'option-a'], hint: 'hint-1' },
      { status: 'incorrect', feedback: ALL_FEEDBACK },
      null,
    ],
    [['explanation', 'verdict'], { status: 'incorrect' }, { status: 'incorrect', explanation: 'explanation' }, null],
    [['verdict', 'answer'], { status: 'incorrect' }, { status: 'incorrect', answer: { choice: 'b' } }, null],
  ]

  for (const [during, open, closed, total] of examples) {
    it(`${JSON.stringify(during)} shows that and nothing else, before and after the close`, async () => {
      const run = await take({ tries: 2, review: { during, finished: [] } })
      const first = await run.respond('single', { choice: 'a' }, { releases: ['single'] })
      expect(SHOWN(first.body.results[0])).toEqual({ ...HIDDEN, ...open })
      const last = await run.respond('single', { choice: 'c' }, { releases: ['single'] })
      const feedback = closed['feedback'] ? { feedback: ALL_FEEDBACK } : {}
      expect(SHOWN(last.body.results[0])).toEqual({ ...HIDDEN, ...closed, ...feedback })
      expect(last.body.attempt).toMatchObject({ score: total, passed: null })
      expect(decodeJwt(last.body.token)['progress']).toEqual({
        answered: 1,
        total: 3,
        ...(total === null ? {} : { score: total }),
      })
    })
  }

  it('and what the finish does not list is gone after it', async () => {
    const run = await take({ review: { finished: [] } })
    const shown = await run.respond('single', { choice: 'a' }, { releases: ['single'] })
    expect(shown.body.results[0]).toMatchObject({ status: 'incorrect', score: 0 })
    const end = await run.finish()
    expect(SHOWN(end.body.results[0])).toEqual(HIDDEN)
    expect(end.body).toMatchObject({ receipt: null, attempt: { status: 'finished', score: null, passed: null } })
  })

  it('verdicts make tries of a quiz whose feedback is deferred', async () => {
    const run = await take({ feedback: 'deferred', review: { during: ['verdict'] }, tries: 2 })
    const wrong = await run.respond('single', { choice: 'a' })
    expect(wrong.body.results[0]).toMatchObject({ status: 'incorrect', score: null, try: 1, triesLeft: 1 })
    expect(said(wrong.body.results[0])).toEqual(NOTHING_SAID)
    await run.respond('single', { choice: 'b' })
    expect((await run.respond('single', { choice: 'c' })).body.code).toBe('no-tries-left')
    expect(said((await run.finish({ releases: ['single'] })).body.results[0]).explanation).toBe('explanation')
  })

  it('an empty list makes saves of a quiz whose feedback is immediate', async () => {
    const run = await take({ feedback: 'immediate', review: { during: [] } })
    await run.respond('single', { choice: 'b' })
    const changed = await run.respond('single', { choice: 'a' })
    expect(changed.body.results[0]).toMatchObject({ status: 'answered', try: null, triesLeft: null, refused: null })
    expect((await run.finish({ releases: ['single'] })).body.results[0]).toMatchObject({ status: 'incorrect' })
  })
})

describe('what the review of a closed quiz lists', () => {
  it('never applies without a time at which it closes', async () => {
    const everything = ['verdict', 'score', 'feedback', 'explanation', 'answer', 'unanswered']
    const run = await take({ feedback: 'deferred', review: { finished: [], closed: everything } })
    await run.respond('single', { choice: 'a' })
    await run.finish()
    const before = host.clock.now
    host.clock.now += 20 * 24 * 60 * 60 * 1000
    const read = await run.resume()
    host.clock.now = before
    expect(SHOWN(read.body.results[0])).toEqual(HIDDEN)
    expect(read.body.receipt).toBeNull()
  })
})

describe('staff', () => {
  it('see verdicts, totals and the receipt whatever the review lists', async () => {
    const run = await take({ feedback: 'deferred', review: { finished: [], closed: [] } })
    await run.respond('single', { choice: 'b' })
    await run.finish()
    const read = await run.resume({ token: ROOT_KEY, releases: 'everything' })
    expect(read.body.attempt).toMatchObject({ status: 'finished', score: 1, passed: false })
    expect(read.body.results[0]).toMatchObject({ status: 'correct', score: 1 })
    expect(said(read.body.results[2])).toMatchObject({ explanation: 'explanation', answer: { choice: 'true' } })
    expect(decodeJwt(read.body.receipt)).toMatchObject({ score: 1, maxScore: 5, passed: false })
  })
})
