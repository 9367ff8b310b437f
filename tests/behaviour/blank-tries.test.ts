import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import { canary } from '../support/canaries.ts'
import { essay, matching, shortText } from '../support/every-type.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { type Json, multipleChoice, quizDocument, secrets, trueFalse } from '../support/quiz-document.ts'
import { said } from '../support/said.ts'

/** Where the best try counts a blank is no try: it costs nothing, counts for nothing, and tells nothing. */

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const gaps: Json = {
  id: 'q',
  section: 'one',
  type: 'cloze',
  prompt: '{{tool}} and {{other}}',
  blanks: ['tool', 'other'].map((id) => ({ id, type: 'short-text' })),
  key: { blanks: { tool: { answers: [{ text: canary('q', 'tool') }] }, other: { answers: [{ text: 'x' }] } } },
  ...secrets('q'),
}

interface Example {
  readonly type: string
  readonly question: Json
  readonly blanks: readonly Json[]
  readonly wrong: readonly [Json, Json]
  /** Nearly nothing, and yet a try. */
  readonly almost: Json
}

const EXAMPLES: readonly Example[] = [
  {
    type: 'multiple-choice',
    question: multipleChoice('q'),
    blanks: [{ choices: [] }],
    wrong: [{ choices: ['s'] }, { choices: ['t'] }],
    almost: { choices: ['s', 't'] },
  },
  {
    type: 'matching',
    question: matching('q'),
    blanks: [{ pairs: {} }],
    wrong: [{ pairs: { n: '1' } }, { pairs: { l: '1' } }],
    almost: { pairs: { m: '1' } },
  },
  {
    type: 'short-text',
    question: shortText('q'),
    blanks: [{ text: '' }, { text: ' \n\t\u00a0\u3000' }],
    wrong: [{ text: 'a' }, { text: 'b' }],
    almost: { text: '.' },
  },
  {
    type: 'cloze',
    question: gaps,
    blanks: [{ blanks: {} }, { blanks: { tool: '' } }, { blanks: { other: ' ', tool: '\t' } }],
    wrong: [{ blanks: { tool: 'a' } }, { blanks: { tool: 'b', other: '' } }],
    almost: { blanks: { tool: ' ', other: '.' } },
  },
  {
    type: 'essay',
    question: essay('q'),
    blanks: [{ text: '' }, { text: '  ' }],
    wrong: [{ text: 'a' }, { text: 'b' }],
    almost: { text: '.' },
  },
]

const take = async (question: Json, policy: Json): Promise<Run> =>
  start(host, await publish(host, quizDocument({ questions: [question], policy })))
const BEST = { retryScoring: 'best', tries: 3, penalty: 0.5 }
const Q = { releases: ['q'] }

const UNANSWERED = {
  question: 'q',
  response: null,
  certainty: null,
  status: 'unanswered',
  score: null,
  try: null,
  triesLeft: 3,
  duplicate: false,
  refused: null,
  feedback: null,
  hint: null,
  explanation: null,
  answer: null,
  comment: null,
}

describe.each(EXAMPLES)('a blank in a question of $type', ({ question, blanks, wrong, almost }) => {
  it('leaves it unanswered, and tells nothing of it', async () => {
    const run = await take(question, BEST)
    for (const blank of [...blanks, ...blanks]) {
      const answer = await run.respond('q', blank)
      expect(answer.status).toBe(200)
      expect(answer.body.results[0]).toEqual({ ...UNANSWERED, maxScore: expect.any(Number) })
      expect(answer.body.attempt).toMatchObject({ answeredCount: 0, score: 0 })
    }
    expect((await run.resume()).body.attempt.questions[0]).toMatchObject({
      status: 'unanswered',
      tries: 0,
      triesLeft: 3,
    })
    const finished = await run.finish()
    expect(finished.body.results[0]).toMatchObject({ response: null, status: 'unanswered', score: 0, answer: null })
    expect(finished.body.attempt).toMatchObject({ answeredCount: 0, score: 0 })
  })

  it('between tries shows the question as it stands, and costs neither a try nor a penalty nor a hint', async () => {
    const run = await take(question, BEST)
    const stands = (await run.respond('q', wrong[0], Q)).body
    expect(stands.results[0]).toMatchObject({ try: 1, triesLeft: 2 })
    for (const blank of blanks) {
      const answer = (await run.respond('q', blank, Q)).body
      expect(answer.results[0]).toEqual({ ...stands.results[0], try: null })
      expect(answer.attempt.score).toBe(stands.attempt.score)
    }
    const second = (await run.respond('q', wrong[1], Q)).body
    expect(second.results[0]).toMatchObject({ try: 2, triesLeft: 1 })
    expect((await run.respond('q', blanks[0]!, Q)).body.results[0]).toEqual({ ...second.results[0], try: null })
    expect((await run.respond('q', almost, Q)).body.results[0]).toMatchObject({ try: 3, triesLeft: 0 })
  })

  it('is refused where any other response would be', async () => {
    const run = await take(question, { ...BEST, tries: 1 })
    const closed = (await run.respond('q', almost, Q)).body.results[0]
    const refused = await run.respond('q', blanks[0]!, Q)
    expect(refused).toMatchObject({ status: 409, body: { code: 'no-tries-left' } })
    expect(refused.body.results).toEqual([{ ...closed, refused: 'no-tries-left' }])
    await run.finish(Q)
    expect((await run.respond('q', blanks[0]!, Q)).body).toMatchObject({ code: 'attempt-finished' })
  })

  it.each<Json>([
    { tries: 3, penalty: 0.5 },
    { tries: 3, penalty: 0.5, retryScoring: 'per-part' },
    { retryScoring: 'declining', tryPoints: [1, 0.5, 0.25] },
  ])('is a try where not the best one counts: %o', async (policy) => {
    const run = await take(question, policy)
    expect((await run.respond('q', blanks[0]!, Q)).body.results[0]).toMatchObject({ try: 1, triesLeft: 2, score: 0 })
    const again = (await run.respond('q', blanks[0]!, Q)).body.results[0]
    expect(again).toMatchObject({ try: 1, duplicate: true, refused: null })
  })
})

describe('a blank among the responses of a request', () => {
  it('takes nothing from the others, and neither does its retry', async () => {
    const questions = [multipleChoice('q'), trueFalse('truth')]
    const run = await start(host, await publish(host, quizDocument({ questions, policy: BEST })))
    const responses = [
      { question: 'q', response: { choices: [] } },
      { question: 'truth', response: { choice: 'true' } },
    ]
    const headers = { 'Idempotency-Key': 'a-blank-that-is-sent-again-and-again' }
    const options = { headers, releases: ['truth'] }
    const first = await run.respondAll(responses, options)
    expect(first.body.results).toMatchObject([
      { try: null, status: 'unanswered' },
      { try: 1, status: 'correct', score: 1 },
    ])
    const again = await run.respondAll(responses, options)
    expect(again.body.results).toEqual(first.body.results)
    expect(again.body.attempt).toMatchObject({ answeredCount: 1, score: 1 })
    const right = await run.respond('q', { choices: ['p', 'q', 'r'] }, Q)
    expect(right.body.results[0]).toMatchObject({ try: 1, score: 3 })
    expect(right.body.attempt.score).toBe(4)
    // The retry of the blank shows what its question has come to.
    const late = await run.respondAll(responses, { headers, releases: ['q', 'truth'] })
    expect(late.body.results[0]).toEqual({ ...right.body.results[0], try: null })
  })

  it('is no answer in the one-call form', async () => {
    const quiz = await publish(host, quizDocument({ questions: [multipleChoice('q')], policy: BEST }))
    const body = { responses: [{ question: 'q', response: { choices: [] } }] }
    const submitted = await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body })
    expect(submitted.body.attempt).toMatchObject({ answeredCount: 0, score: 0, passed: false })
    expect(submitted.body.results[0]).toMatchObject({ status: 'unanswered', response: null, try: null })
    expect(said(submitted.body.results[0])).toMatchObject({ feedback: null, explanation: null, answer: null })
  })
})
