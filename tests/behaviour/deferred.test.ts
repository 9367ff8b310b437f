import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { newQuizId, publish, type Run, start } from '../support/actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { NOTHING_SAID, said } from '../support/said.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

async function take(feedback: 'deferred' | 'never'): Promise<Run> {
  return start(host, await publish(host, quizDocument({ policy: { feedback } })))
}

/** Everything that a learner is told until the finish, but for ids and tokens. */
async function transcript(key: string): Promise<string[]> {
  const { questions } = quizDocument() as { questions: Json[] }
  const document = quizDocument({
    questions: [{ ...questions[0], key: { choice: key } }, ...questions.slice(1)],
    policy: { feedback: 'deferred', shuffle: { options: false } },
  })
  const run = await start(host, await publish(host, document))
  const answers = [run.started]
  for (const choice of ['a', 'b', 'b', 'c', 'a']) answers.push(await run.respond('single', { choice }))
  answers.push(await run.respond('multiple', { choices: ['p', 'q', 'r'] }), await run.resume())
  return answers.map(({ status, body }) => {
    const { token, ...told } = body
    const { iat: _iat, exp: _exp, jti: _jti, rev: _rev, sub: _sub, quiz: _quiz, ...claims } = decodeJwt(token)
    return JSON.stringify([status, told, claims]).replaceAll(
      /"(?:id|revision|quiz)":"(?:att|rev|quiz)[-_][^"]*"/g,
      '""',
    )
  })
}

describe('a deferred quiz, before its end,', () => {
  it('takes an answer as a save: answered, without verdict, score or tries', async () => {
    const run = await take('deferred')
    const saved = await run.respond('single', { choice: 'b' })
    expect(saved.body.results[0]).toEqual({
      question: 'single',
      response: { choice: 'b' },
      certainty: null,
      status: 'answered',
      score: null,
      maxScore: 1,
      try: null,
      triesLeft: null,
      duplicate: false,
      refused: null,
      feedback: null,
      hint: null,
      explanation: null,
      answer: null,
      comment: null,
    })
    expect(saved.body.attempt).toMatchObject({ answeredCount: 1, score: null, passed: null })
    expect(decodeJwt(saved.body.token)['progress']).toEqual({ answered: 1, total: 3 })
  })

  it('lets the last answer stand, and closes nothing, a right answer neither', async () => {
    const run = await take('deferred')
    for (const choice of ['b', 'a', 'b', 'c', 'a']) {
      const saved = await run.respond('single', { choice })
      expect(saved.body.results[0]).toMatchObject({ status: 'answered', duplicate: false, refused: null })
    }
    const resumed = await run.resume()
    expect(resumed.body.results[0]).toMatchObject({ response: { choice: 'a' }, status: 'answered', score: null })
    expect(resumed.body.receipt).toBeNull()
    const finished = await run.finish({ releases: ['single'] })
    expect(finished.body.results[0]).toMatchObject({ response: { choice: 'a' }, status: 'incorrect', score: 0 })
  })

  it('knows a repetition of the current answer, and takes an older one as a change of mind', async () => {
    const run = await take('deferred')
    const save = async (...choices: string[]) =>
      (await run.respond('multiple', { choices })).body.results[0].duplicate as boolean
    expect(await save('p', 'q')).toBe(false)
    expect(await save('q', 'p')).toBe(true)
    expect(await save('s')).toBe(false)
    expect(await save('p', 'q')).toBe(false)
  })

  it('answers the same whatever is right', async () => {
    const [first, second] = await Promise.all(['a', 'b'].map((key) => transcript(key)))
    expect(first).toEqual(second)
  })

  it('has no tries to count: a number of them is refused', async () => {
    for (const feedback of ['deferred', 'never']) {
      const body = quizDocument({ policy: { feedback, tries: 2 } })
      const refused = await host.client.call('PUT', `/v1/quizzes/${newQuizId()}`, { token: ROOT_KEY, body })
      expect(refused).toMatchObject({ status: 422, body: { code: 'invalid-input' } })
      expect(refused.body.errors).toMatchObject([{ pointer: '/policy/tries', code: 'inconsistent' }])
    }
    const quiz = await publish(host, quizDocument({ policy: { feedback: 'deferred' } }))
    expect((await host.client.call('GET', `/v1/quizzes/${quiz}`)).body.policy.tries).toBeNull()
  })
})

describe('a deferred quiz, at its end,', () => {
  it('tells everything of what was answered, and nothing of what was not', async () => {
    const run = await take('deferred')
    await run.respond('single', { choice: 'c' })
    await run.respond('multiple', { choices: ['p', 'q'] })
    const finished = await run.finish({ releases: ['single', 'multiple'] })
    const [single, multiple, truth] = finished.body.results
    expect(single).toMatchObject({ status: 'incorrect', score: 0, try: null, triesLeft: null })
    expect(said(single)).toEqual({
      feedback: ['incorrect', 'option-a', 'option-b', 'option-c'],
      hint: null,
      explanation: 'explanation',
      answer: { choice: 'b' },
    })
    expect(multiple).toMatchObject({ status: 'partially-correct', score: 2 })
    expect(truth).toMatchObject({ status: 'unanswered', score: 0 })
    expect(said(truth)).toEqual(NOTHING_SAID)
    expect(finished.body.attempt).toMatchObject({ score: 2, maxScore: 5, passed: false, answeredCount: 2 })
    expect(decodeJwt(finished.body.receipt)).toMatchObject({ score: 2, maxScore: 5, passed: false })
    expect(decodeJwt(finished.body.token)['progress']).toEqual({ answered: 2, total: 3, score: 2 })
  })

  it('takes no more saves', async () => {
    const run = await take('deferred')
    await run.respond('single', { choice: 'b' })
    await run.finish({ releases: ['single'] })
    const late = await run.respond('single', { choice: 'a' }, { releases: ['single'] })
    expect(late).toMatchObject({ status: 409, body: { code: 'attempt-finished' } })
    expect(late.body.results[0]).toMatchObject({ response: { choice: 'b' }, status: 'correct', score: 1 })
  })

  it('knows the answer that stands when it is sent again', async () => {
    const run = await take('deferred')
    await run.respond('single', { choice: 'a' })
    await run.respond('single', { choice: 'b' })
    await run.finish({ releases: ['single'] })
    const again = await run.respond('single', { choice: 'b' }, { releases: ['single'] })
    expect(again.status).toBe(200)
    expect(again.body.results[0]).toMatchObject({ duplicate: true, refused: null, status: 'correct' })
    expect((await run.respond('single', { choice: 'a' }, { releases: ['single'] })).status).toBe(409)
  })
})

describe('a quiz that never gives feedback', () => {
  it('tells the total at the end, and nothing of any question', async () => {
    const run = await take('never')
    const saved = await run.respond('single', { choice: 'b' })
    expect(saved.body.attempt.score).toBeNull()
    await run.respond('multiple', { choices: ['p', 'q', 'r'] })
    const finished = await run.finish()
    expect(finished.body.attempt).toMatchObject({ status: 'finished', score: 4, maxScore: 5, passed: true })
    expect(finished.body.attempt.questions).toEqual([
      { id: 'single', status: 'answered', tries: 1, triesLeft: null, score: null },
      { id: 'multiple', status: 'answered', tries: 1, triesLeft: null, score: null },
      { id: 'truth', status: 'unanswered', tries: 0, triesLeft: null, score: null },
    ])
    for (const result of finished.body.results) {
      expect(result.score).toBeNull()
      expect(said(result)).toEqual(NOTHING_SAID)
    }
    expect(decodeJwt(finished.body.receipt)).toMatchObject({ score: 4, maxScore: 5, passed: true })
    expect(decodeJwt(finished.body.token)['progress']).toEqual({ answered: 2, total: 3, score: 4 })
  })

  it('tells staff everything', async () => {
    const run = await take('never')
    await run.respond('single', { choice: 'a' })
    const read = await run.resume({ token: ROOT_KEY, releases: 'everything' })
    expect(read.body).toMatchObject({ token: null, receipt: null, attempt: { status: 'active', score: 0 } })
    expect(read.body.results[0]).toMatchObject({ status: 'incorrect', score: 0 })
    expect(said(read.body.results[0])).toMatchObject({ explanation: 'explanation', answer: { choice: 'b' } })
    expect(said(read.body.results[2])).toMatchObject({ explanation: 'explanation', answer: { choice: 'true' } })
  })
})
