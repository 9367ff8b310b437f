import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { publish, start } from '../support/actions.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { logOf } from '../support/rows.ts'
import { NOTHING_SAID, said } from '../support/said.ts'

const ALL = ['single', 'multiple', 'truth']

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

describe('a quiz with immediate feedback and one try', () => {
  it('tells the verdict, and explains a question as soon as it is closed', async () => {
    const run = await start(host, await publish(host))
    const wrong = await run.respond('single', { choice: 'a' }, { releases: ['single'] })
    expect(wrong.body.results[0]).toMatchObject({
      question: 'single',
      response: { choice: 'a' },
      certainty: null,
      status: 'incorrect',
      score: 0,
      maxScore: 1,
      try: 1,
      triesLeft: 0,
      duplicate: false,
      refused: null,
      comment: null,
    })
    expect(said(wrong.body.results[0])).toEqual({
      feedback: ['incorrect', 'option-a', 'option-b', 'option-c'],
      hint: null,
      explanation: 'explanation',
      answer: { choice: 'b' },
    })
  })

  it('explains a right answer too', async () => {
    const run = await start(host, await publish(host))
    const right = await run.respond('truth', { choice: 'true' }, { releases: ['truth'] })
    expect(right.body.results[0]).toMatchObject({ status: 'correct', score: 1, try: 1, triesLeft: 0 })
    expect(said(right.body.results[0])).toEqual({
      feedback: ['correct'],
      hint: null,
      explanation: 'explanation',
      answer: { choice: 'true' },
    })
  })

  it('is taken from start to receipt with one score', async () => {
    const run = await start(host, await publish(host))
    await run.respond('single', { choice: 'b' }, { releases: ['single'] })
    const partly = await run.respond('multiple', { choices: ['q', 'p'] }, { releases: ['multiple'] })
    expect(partly.body.results[0]).toMatchObject({ status: 'partially-correct', score: 2, maxScore: 3 })
    expect(said(partly.body.results[0]).feedback).toContain('partly')
    expect(said(partly.body.results[0]).answer).toEqual({ choices: ['p', 'q', 'r'] })
    const finished = await run.finish({ releases: ['single', 'multiple'] })
    expect(finished.body.attempt).toMatchObject({ status: 'finished', score: 3, maxScore: 5, passed: false })
    expect(decodeJwt(finished.body.receipt)).toMatchObject({ score: 3, maxScore: 5, passed: false, final: true })
    const again = await run.resume({ releases: ['single', 'multiple'] })
    expect(again.body.results).toEqual(finished.body.results)
    expect(decodeJwt(again.body.receipt)).toEqual(decodeJwt(finished.body.receipt))
  })

  it('shows the total so far while it runs, in the attempt and in the token, and no verdict on the whole', async () => {
    const run = await start(host, await publish(host))
    expect(run.started.body.attempt).toMatchObject({ status: 'active', score: 0, maxScore: 5, passed: null })
    const answer = await run.respond('multiple', { choices: ['p'] }, { releases: ['multiple'] })
    expect(answer.body.attempt).toMatchObject({
      status: 'active',
      finishReason: null,
      finishedAt: null,
      questionCount: 3,
      answeredCount: 1,
      score: 1,
      passed: null,
    })
    expect(decodeJwt(answer.body.token)['progress']).toEqual({ answered: 1, total: 3, score: 1 })
    const resumed = await run.resume({ releases: ['multiple'] })
    expect(resumed.body.receipt).toBeNull()
    expect(resumed.body.attempt.questions).toEqual([
      { id: 'single', status: 'unanswered', tries: 0, triesLeft: 1, score: null },
      { id: 'multiple', status: 'partially-correct', tries: 1, triesLeft: 0, score: 1 },
      { id: 'truth', status: 'unanswered', tries: 0, triesLeft: 1, score: null },
    ])
  })

  it('keeps what belongs to questions that were never answered, after the finish too', async () => {
    const run = await start(host, await publish(host))
    await run.respond('single', { choice: 'b' }, { releases: ['single'] })
    const finished = await run.finish({ releases: ['single'] })
    for (const result of finished.body.results.slice(1)) {
      expect(result).toMatchObject({ status: 'unanswered', response: null, score: 0, try: null, triesLeft: 0 })
      expect(said(result)).toEqual(NOTHING_SAID)
    }
  })

  it('takes picking nothing as an answer', async () => {
    const run = await start(host, await publish(host))
    const none = await run.respond('multiple', { choices: [] }, { releases: ['multiple'] })
    expect(none.body.results[0]).toMatchObject({ status: 'incorrect', score: 0, try: 1, response: { choices: [] } })
    expect(none.body.attempt.answeredCount).toBe(1)
  })
})

describe('one request with several responses', () => {
  it('is answered in its own order, each question judged by itself', async () => {
    const run = await start(host, await publish(host))
    const responses = [
      { question: 'truth', response: { choice: 'false' } },
      { question: 'single', response: { choice: 'b' } },
    ]
    const answer = await run.respondAll(responses, { releases: ALL })
    expect(answer.body.results.map((result: any) => [result.question, result.status])).toEqual([
      ['truth', 'incorrect'],
      ['single', 'correct'],
    ])
    expect(await logOf(host.deps.db, run.id)).toHaveLength(1)
  })

  it('is a 200 when some of it counts, and says what does not', async () => {
    const run = await start(host, await publish(host))
    await run.respond('single', { choice: 'a' }, { releases: ['single'] })
    const responses = [
      { question: 'single', response: { choice: 'b' } },
      { question: 'truth', response: { choice: 'true' } },
    ]
    const answer = await run.respondAll(responses, { releases: ALL })
    expect(answer.status).toBe(200)
    expect(answer.body.results[0]).toMatchObject({
      response: { choice: 'a' },
      status: 'incorrect',
      score: 0,
      try: 1,
      duplicate: false,
      refused: 'no-tries-left',
    })
    expect(answer.body.results[1]).toMatchObject({ status: 'correct', refused: null })
    expect(answer.body.attempt.score).toBe(1)
  })

  it('is a 200 when part of it is a repetition and the rest is refused', async () => {
    const run = await start(host, await publish(host))
    const first = [
      { question: 'single', response: { choice: 'a' } },
      { question: 'truth', response: { choice: 'true' } },
    ]
    await run.respondAll(first, { releases: ALL })
    const again = [first[0]!, { question: 'truth', response: { choice: 'false' } }]
    const answer = await run.respondAll(again, { releases: ALL })
    expect(answer.status).toBe(200)
    expect(answer.body.results.map((result: any) => [result.duplicate, result.refused])).toEqual([
      [true, null],
      [false, 'no-tries-left'],
    ])
  })

  it('is a 409 with the results when nothing of it counts', async () => {
    const run = await start(host, await publish(host))
    await run.respond('single', { choice: 'b' }, { releases: ['single'] })
    const refused = await run.respond('single', { choice: 'c' }, { releases: ['single'] })
    expect(refused.status).toBe(409)
    expect(refused.body).toMatchObject({ code: 'no-tries-left', status: 409 })
    expect(refused.body.results).toHaveLength(1)
    expect(refused.body.results[0]).toMatchObject({
      response: { choice: 'b' },
      status: 'correct',
      score: 1,
      try: 1,
      triesLeft: 0,
      duplicate: false,
      refused: 'no-tries-left',
    })
  })

  it('records nothing when one of its responses is malformed', async () => {
    const run = await start(host, await publish(host))
    const good = { question: 'single', response: { choice: 'b' } }
    const malformed = [
      [good, { question: 'elsewhere', response: { choice: 'b' } }, '/responses/1/question', 'unknown-id'],
      [good, { question: 'single', response: { choice: 'c' } }, '/responses/1/question', 'duplicate'],
      [good, { question: 'truth', response: { choices: ['p'] } }, '/responses/1/response/choice', 'invalid-shape'],
      [good, { question: 'multiple', response: { choices: ['z'] } }, '/responses/1/response/choices/0', 'unknown-id'],
      [good, { ...good, question: 'truth', certainty: 1 }, '/responses/1/certainty', 'inconsistent'],
    ] as const
    for (const [first, second, pointer, code] of malformed) {
      const answer = await run.respondAll([first, second])
      expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-input' } })
      expect(answer.body.errors[0]).toMatchObject({ pointer, code })
    }
    expect(await logOf(host.deps.db, run.id)).toEqual([])
  })
})

describe('a finished attempt', () => {
  it('has the same outcome however often it is finished', async () => {
    const run = await start(host, await publish(host))
    await run.respond('single', { choice: 'b' }, { releases: ['single'] })
    const first = await run.finish({ releases: ['single'] })
    host.clock.now += 60_000
    const second = await run.finish({ releases: ['single'] })
    expect(second.status).toBe(200)
    expect(second.body.results).toEqual(first.body.results)
    expect({ ...second.body.attempt, serverTime: null }).toEqual({ ...first.body.attempt, serverTime: null })
    expect(decodeJwt(second.body.receipt)).toEqual({ ...decodeJwt(first.body.receipt), iat: host.clock.now / 1000 })
  })

  it('refuses answers as finished, those to closed questions too', async () => {
    const run = await start(host, await publish(host))
    await run.respond('single', { choice: 'a' }, { releases: ['single'] })
    const before = await run.finish({ releases: ['single'] })
    const responses = [
      { question: 'single', response: { choice: 'c' } },
      { question: 'truth', response: { choice: 'true' } },
    ]
    const late = await run.respondAll(responses, { releases: ['single'] })
    expect(late).toMatchObject({ status: 409, body: { code: 'attempt-finished' } })
    expect(late.body.results).toMatchObject([
      { question: 'single', response: { choice: 'a' }, status: 'incorrect', refused: 'attempt-finished' },
      { question: 'truth', response: null, status: 'unanswered', refused: 'attempt-finished' },
    ])
    expect(said(late.body.results[1])).toEqual(NOTHING_SAID)
    const after = await run.resume({ releases: ['single'] })
    expect(after.body.results).toEqual(before.body.results)
  })

  it('still answers the retry of a try that counted', async () => {
    const run = await start(host, await publish(host))
    await run.respond('single', { choice: 'b' }, { releases: ['single'] })
    await run.finish({ releases: ['single'] })
    const retried = await run.respond('single', { choice: 'b' }, { releases: ['single'] })
    expect(retried.status).toBe(200)
    expect(retried.body.results[0]).toMatchObject({ status: 'correct', try: 1, duplicate: true, refused: null })
  })

  it('is continued by no token, and read by every one of it', async () => {
    const run = await start(host, await publish(host, quizDocument({ policy: { tries: 2 } })))
    const answered = await run.respond('single', { choice: 'a' }, { releases: ['single'] })
    const finished = await run.finish({ releases: ['single'] })
    for (const token of [run.token, answered.body.token, finished.body.token]) {
      const read = await run.resume({ token, releases: ['single'] })
      expect(read.body.attempt).toMatchObject({ status: 'finished', score: 0 })
      expect((await run.respond('truth', { choice: 'true' }, { token, releases: ['single'] })).status).toBe(409)
    }
  })
})
