import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import { canary } from '../support/canaries.ts'
import { essay } from '../support/every-type.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { type Json, quizDocument, singleChoice } from '../support/quiz-document.ts'
import { attemptRow } from '../support/rows.ts'
import { said } from '../support/said.ts'
import { secretsIn, secretsOf } from '../support/secrets.ts'
import { grade, viewByStaff } from '../support/staff-words.ts'

/** A person grades an essay: until then it is pending, and so is whether the attempt is passed. */

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const releases = ['single', 'essay']
const TEXT = 'It depends on the kernel.'
const MODEL = { text: canary('essay', 'sample') }

/** One point for a choice, five for an essay. */
const take = async (policy: Json = {}, change: Json = {}): Promise<Run> =>
  start(
    host,
    await publish(host, quizDocument({ questions: [singleChoice('single'), essay('essay', change)], policy })),
  )

describe('an essay', () => {
  it('is served with its length alone', async () => {
    const run = await take({}, { maxLength: 300 })
    const { prompt: _, ...served } = run.started.body.questions[1]
    expect(served).toEqual({ id: 'essay', section: 'one', type: 'essay', points: 5, maxLength: 300 })
  })

  it('that was sent is pending: no score, no word for a verdict, and what the author explains', async () => {
    const run = await take()
    const sent = await run.respond('essay', { text: TEXT }, { releases })
    expect(sent.body.results[0]).toMatchObject({
      question: 'essay',
      response: { text: TEXT },
      status: 'pending',
      score: null,
      maxScore: 5,
      try: 1,
      triesLeft: 0,
      duplicate: false,
      refused: null,
      comment: null,
    })
    expect(said(sent.body.results[0])).toEqual({ feedback: [], hint: null, explanation: 'explanation', answer: MODEL })
    expect(secretsIn(sent)).toEqual(secretsOf('essay', '', 'explanation', 'sample'))
    expect(sent.body.attempt).toMatchObject({ status: 'active', answeredCount: 1, score: 0, passed: null })
    const resumed = await run.resume({ releases })
    expect(resumed.body.results[1]).toEqual(sent.body.results[0])
    expect(resumed.body.attempt.questions[1]).toEqual({
      id: 'essay',
      status: 'pending',
      tries: 1,
      triesLeft: 0,
      score: null,
    })
  })

  it.each(['', ' ', '\n\t \u00a0\u3000'])('that says nothing (%j) needs nobody: it earns nothing', async (text) => {
    const run = await take()
    const { results } = (await run.respond('essay', { text }, { releases })).body
    expect(results[0]).toMatchObject({ status: 'incorrect', score: 0, response: { text } })
    expect(said(results[0])).toMatchObject({ feedback: ['incorrect'], answer: MODEL })
    const finished = await run.finish({ releases })
    expect(finished.body.attempt).toMatchObject({ score: 0, passed: false })
    expect(decodeJwt(finished.body.receipt)).toMatchObject({ score: 0, passed: false, final: true })
  })

  it('that was not written is not pending', async () => {
    const run = await take()
    await run.respond('single', { choice: 'b' }, { releases })
    const finished = await run.finish({ releases })
    expect(finished.body.results[1]).toMatchObject({ status: 'unanswered', score: 0, answer: null })
    expect(finished.body.attempt).toMatchObject({ score: 1, passed: false })
    expect(decodeJwt(finished.body.receipt)).toMatchObject({ passed: false, final: true })
  })

  it('counts as nothing in the total, and leaves open whether the attempt is passed', async () => {
    const run = await take({ passingScore: 0.1 })
    await run.respond('single', { choice: 'b' }, { releases })
    await run.respond('essay', { text: TEXT }, { releases })
    const finished = await run.finish({ releases })
    expect(finished.body.attempt).toMatchObject({ status: 'finished', score: 1, maxScore: 6, passed: null })
    expect(finished.body.results[1]).toMatchObject({ status: 'pending', score: null })
    expect(decodeJwt(finished.body.receipt)).toMatchObject({ score: 1, maxScore: 6, passed: null, final: false })
    expect(decodeJwt(finished.body.token)['progress']).toEqual({ answered: 2, total: 2, score: 1 })
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ score: 1000, passed: null })
    const again = await run.finish({ releases })
    expect(again.body.results).toEqual(finished.body.results)
    const staff = await viewByStaff(host, run.id)
    expect(staff.body.attempt).toMatchObject({ score: 1, passed: null })
    expect(staff.body.results[1]).toMatchObject({ status: 'pending', score: null, response: { text: TEXT } })
    expect(decodeJwt(staff.body.receipt)).toMatchObject({ passed: null, final: false })
  })

  it.each([
    { score: 0, status: 'incorrect', word: 'incorrect', total: 1, passed: false },
    { score: 2.5, status: 'partially-correct', word: 'partly', total: 3.5, passed: true },
    { score: 5, status: 'correct', word: 'correct', total: 6, passed: true },
  ])('that a person graded with $score is $status to its learner, who gets the last receipt', async (graded) => {
    const { score, status, word, total, passed } = graded
    const run = await take({ passingScore: 0.5 })
    await run.respond('single', { choice: 'b' }, { releases })
    await run.respond('essay', { text: TEXT }, { releases })
    const finished = await run.finish({ releases })
    expect((await grade(host, run.id, score, { comment: 'See *kernel*.' })).status).toBe(200)
    const { attempt, results, receipt, token } = (await run.resume({ releases })).body
    expect(results[1]).toMatchObject({ status, score, comment: { html: '<p>See <em>kernel</em>.</p>' } })
    expect(said(results[1])).toEqual({ feedback: [word], hint: null, explanation: 'explanation', answer: MODEL })
    expect(attempt).toMatchObject({ score: total, passed, finishedAt: finished.body.attempt.finishedAt })
    expect(attempt.questions[1]).toEqual({ id: 'essay', status, tries: 1, triesLeft: 0, score })
    expect(decodeJwt(token)['progress']).toEqual({ answered: 2, total: 2, score: total })
    expect(decodeJwt(finished.body.receipt)).toMatchObject({ seq: 3, passed: null, final: false })
    expect(decodeJwt(receipt)).toMatchObject({ seq: 4, score: total, passed, final: true })
    const again = await run.finish({ releases })
    expect([again.body.attempt, again.body.results]).toEqual([attempt, results])
  })

  it('is the same in one call', async () => {
    const quiz = await publish(host, quizDocument({ questions: [singleChoice('single'), essay('essay')] }))
    const responses = [
      { question: 'essay', response: { text: TEXT } },
      { question: 'single', response: { choice: 'b' } },
    ]
    const submitted = await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
      body: { responses },
      releases,
    })
    expect(submitted.body.attempt).toMatchObject({ score: 1, maxScore: 6, passed: null })
    const { results } = submitted.body
    const written = results.find((result: Json) => result['question'] === 'essay')
    expect(written).toMatchObject({ status: 'pending', score: null, answer: MODEL })
    expect(decodeJwt(submitted.body.receipt)).toMatchObject({ score: 1, passed: null, final: false })
  })

  it('can be written anew while tries remain; the last one counts, a blank one too', async () => {
    const run = await take({ tries: 3 })
    const first = await run.respond('essay', { text: TEXT }, { releases })
    expect(first.body.results[0]).toMatchObject({ status: 'pending', triesLeft: 2, answer: null, explanation: null })
    const again = await run.respond('essay', { text: ` ${TEXT}\n` }, { releases })
    expect(again.body.results[0]).toMatchObject({
      duplicate: true,
      status: 'pending',
      try: 1,
      response: { text: TEXT },
    })
    const blank = await run.respond('essay', { text: ' ' }, { releases })
    expect(blank.body.results[0]).toMatchObject({ status: 'incorrect', score: 0, try: 2, triesLeft: 1 })
    const early = await run.respond('essay', { text: TEXT }, { releases })
    expect(early.body.results[0]).toMatchObject({ duplicate: true, status: 'pending', score: null, try: 1 })
    const finished = await run.finish({ releases })
    expect(finished.body.attempt).toMatchObject({ score: 0, passed: false })
    expect(decodeJwt(finished.body.receipt)).toMatchObject({ final: true })
  })

  it('in a deferred quiz is a save as any other before the finish, and pending after it', async () => {
    const run = await take({ feedback: 'deferred' })
    const saved = await run.respond('essay', { text: TEXT })
    const other = await run.respond('single', { choice: 'b' })
    for (const { body } of [saved, other]) {
      expect(body.results[0]).toMatchObject({ status: 'answered', score: null, try: null, feedback: null, hint: null })
      expect(body.attempt).toMatchObject({ score: null, passed: null })
    }
    const resumed = await run.resume()
    expect(resumed.body.attempt.questions.map(({ status }: Json) => status)).toEqual(['answered', 'answered'])
    expect(resumed.body.results[1]).toMatchObject({ status: 'answered', answer: null })
    const finished = await run.finish({ releases })
    expect(finished.body.results).toMatchObject([
      { status: 'correct', score: 1 },
      { status: 'pending', score: null, feedback: [], answer: MODEL },
    ])
    expect(finished.body.attempt).toMatchObject({ score: 1, passed: null })
    expect(finished.body.attempt.questions[1]).toMatchObject({ status: 'pending', score: null })
  })

  it('where there is no feedback stays a save to its learner, and the receipt says that it is not final', async () => {
    const run = await take({ feedback: 'never' })
    await run.respond('essay', { text: TEXT })
    const finished = await run.finish()
    expect(finished.body.results[1]).toMatchObject({ status: 'answered', score: null, feedback: null, answer: null })
    expect(finished.body.attempt).toMatchObject({ score: 0, passed: null })
    expect(decodeJwt(finished.body.receipt)).toMatchObject({ score: 0, passed: null, final: false })
    await grade(host, run.id, 5, { comment: 'Good.' })
    const graded = (await run.resume()).body
    expect(graded.results[1]).toMatchObject({ status: 'answered', score: null, feedback: null, comment: null })
    expect(graded.attempt).toMatchObject({ score: 5, passed: true })
    expect(decodeJwt(graded.receipt)).toMatchObject({ score: 5, passed: true, final: true })
  })

  it('has no answer where no sample earns everything', async () => {
    const samples = [{ response: { text: 'Half of it.' }, fraction: 0.5 }]
    const run = await take({}, { samples })
    const sent = await run.respond('essay', { text: TEXT }, { releases })
    expect(sent.body.results[0]).toMatchObject({ status: 'pending', answer: null })
  })

  it('is as long as it may be, in characters after NFC', async () => {
    const run = await take({ tries: null }, { maxLength: 3, samples: [] })
    for (const text of ['abc', '😀😀😀', 'e\u0301e\u0301e\u0301']) {
      expect((await run.respond('essay', { text }, { releases })).status, text).toBe(200)
    }
    for (const text of ['abcd', '😀😀😀😀', '    ']) {
      const refused = await run.respond('essay', { text })
      expect(refused.body.errors, text).toMatchObject([
        { pointer: '/responses/0/response/text', code: 'invalid-shape' },
      ])
    }
    const long = await take()
    const longest = '😀'.repeat(10_000)
    expect((await long.respond('essay', { text: `${longest}.` })).status).toBe(422)
    const sent = await long.respond('essay', { text: longest }, { releases })
    expect(sent.body.results[0]).toMatchObject({ status: 'pending', response: { text: longest } })
  })
})
