import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { settleDueAttempts } from '../../src/services/settle-due-attempts.ts'
import { publish, type Run, start } from '../support/actions.ts'
import { essay } from '../support/every-type.ts'
import { createHost, START, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument, singleChoice } from '../support/quiz-document.ts'
import { attemptRow, logOf } from '../support/rows.ts'
import { grade, override, viewByStaff } from '../support/staff-words.ts'

/** A person grades what no key can. */

const releases = ['single', 'essay']

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

/** One point for a choice, five for an essay; passed with 0.7 of 6 points, so from 4.2 on. */
async function begin(policy: Json = {}): Promise<Run> {
  host.clock.now = START
  return start(host, await publish(host, quizDocument({ questions: [singleChoice('single'), essay('essay')], policy })))
}

/** One that has both questions answered, the choice rightly. */
async function answered(policy: Json = {}): Promise<Run> {
  const run = await begin(policy)
  await run.respond('single', { choice: 'b' }, { releases })
  await run.respond('essay', { text: 'It depends.' }, { releases })
  return run
}

const rowOf = async (run: Run) => {
  const { score, maxScore, passed, settled, updatedAt } = await attemptRow(host.deps.db, run.id)
  return { score, maxScore, passed, settled, updatedAt }
}

describe('what a person gives for an essay of five points', () => {
  const examples = [
    { score: 0, status: 'incorrect', total: 1, row: 1000, passed: false },
    { score: 0.001, status: 'partially-correct', total: 1.001, row: 1001, passed: false },
    { score: 3.199, status: 'partially-correct', total: 4.199, row: 4199, passed: false },
    { score: 3.2, status: 'partially-correct', total: 4.2, row: 4200, passed: true },
    { score: 4.999, status: 'partially-correct', total: 5.999, row: 5999, passed: true },
    { score: 5, status: 'correct', total: 6, row: 6000, passed: true },
  ]
  for (const { score, status, total, row, passed } of examples) {
    it(`after the finish makes it ${status}, and the attempt ${passed ? 'passed' : 'not passed'}: ${score}`, async () => {
      const run = await answered()
      const finished = await run.finish({ releases })
      expect(finished.body.attempt).toMatchObject({ score: 1, passed: null })
      expect(await rowOf(run)).toMatchObject({ score: 1000, maxScore: 6000, passed: null, settled: 3 })
      host.clock.now += 60_000
      const graded = await grade(host, run.id, score)
      expect(graded.status).toBe(200)
      expect(graded.body.attempt).toMatchObject({ status: 'finished', score: total, maxScore: 6, passed })
      expect(graded.body.results).toMatchObject([{ question: 'essay', status, score, maxScore: 5 }])
      expect(decodeJwt(graded.body.receipt)).toMatchObject({ score: total, passed, seq: 4, final: true })
      const resumed = await run.resume({ releases })
      expect(resumed.body.attempt).toMatchObject({ score: total, passed })
      expect(resumed.body.attempt.questions[1]).toMatchObject({ status, score })
      expect(decodeJwt(resumed.body.receipt)).toEqual(decodeJwt(graded.body.receipt))
      expect(await rowOf(run)).toEqual({
        score: row,
        maxScore: 6000,
        passed,
        settled: 4,
        updatedAt: START + 60_000,
      })
    })

    it(`before the finish is what the finish finds: ${score}`, async () => {
      const run = await answered()
      const graded = await grade(host, run.id, score)
      expect(graded.body).toMatchObject({ receipt: null, attempt: { status: 'active', score: total, passed: null } })
      expect(await rowOf(run)).toMatchObject({ score: null, settled: null, updatedAt: START })
      const finished = await run.finish({ releases })
      expect(finished.body.attempt).toMatchObject({ score: total, passed })
      expect(decodeJwt(finished.body.receipt)).toMatchObject({ score: total, passed, seq: 4, final: true })
      expect(await rowOf(run)).toMatchObject({ score: row, passed, settled: 4 })
    })
  }
})

describe('a grade', () => {
  it('that is given again replaces the one before, with a receipt of a higher number', async () => {
    const run = await answered()
    await run.finish({ releases })
    const seqs: unknown[] = []
    for (const [score, passed] of [
      [5, true],
      [0, false],
      [4, true],
    ] as const) {
      const { body } = await grade(host, run.id, score, { comment: `So much: ${score}` })
      expect(body.attempt).toMatchObject({ score: 1 + score, passed })
      expect(body.results[0]).toMatchObject({ score, comment: { markdown: `So much: ${score}` } })
      seqs.push(decodeJwt(body.receipt)['seq'])
      expect(await rowOf(run)).toMatchObject({ score: (1 + score) * 1000, passed, settled: seqs.at(-1) })
    }
    expect(seqs).toEqual([4, 5, 6])
    expect((await grade(host, run.id, 3)).body.results[0]).toMatchObject({ score: 3, comment: null })
  })

  it('is given to the last save: a later one waits anew, and a repetition of it does not', async () => {
    const run = await answered({ feedback: 'deferred' })
    await grade(host, run.id, 4, { comment: 'Good.' })
    await run.respond('essay', { text: ' It depends.\n' })
    expect((await viewByStaff(host, run.id)).body.results[1]).toMatchObject({ status: 'partially-correct', score: 4 })
    await run.respond('essay', { text: 'It depends on the kernel.' })
    const view = await viewByStaff(host, run.id)
    expect(view.body.results[1]).toMatchObject({ status: 'pending', score: null, comment: null })
    const finished = await run.finish({ releases })
    expect(finished.body.attempt).toMatchObject({ score: 1, passed: null })
    expect(decodeJwt(finished.body.receipt)).toMatchObject({ final: false })
    expect((await grade(host, run.id, 5)).body.attempt).toMatchObject({ score: 6, passed: true })
  })

  it('to a save that came back after another one is not remembered', async () => {
    const run = await answered({ feedback: 'deferred' })
    await grade(host, run.id, 4)
    await run.respond('essay', { text: 'Something else.' })
    await run.respond('essay', { text: 'It depends.' })
    expect((await viewByStaff(host, run.id)).body.results[1]).toMatchObject({ status: 'pending' })
  })

  it('is refused where nothing waits: no answer, a blank one, a question that a key grades', async () => {
    const run = await begin()
    const refusals = async () => [
      problemOf(await grade(host, run.id, 1)),
      problemOf(await grade(host, run.id, 1, { question: 'single' })),
    ]
    const refused = [422, 'invalid-input', '/question inconsistent']
    expect(await refusals()).toEqual([refused, refused])
    await run.respond('single', { choice: 'b' }, { releases })
    await run.respond('essay', { text: ' \n' }, { releases })
    expect(await refusals()).toEqual([refused, refused])
    expect(problemOf(await grade(host, run.id, 1, { question: 'nothing' }))).toEqual([
      422,
      'invalid-input',
      '/question unknown-id',
    ])
    expect((await logOf(host.deps.db, run.id)).map(({ type }) => type)).toEqual(['responded', 'responded'])
  })

  it('is refused for a blank that came after what waited', async () => {
    const run = await begin({ feedback: 'deferred' })
    await run.respond('essay', { text: 'It depends.' })
    await run.respond('essay', { text: '' })
    expect(problemOf(await grade(host, run.id, 1))).toEqual([422, 'invalid-input', '/question inconsistent'])
  })

  it('is refused above the maximum, below nothing, with more than three decimals, or as no number', async () => {
    const run = await answered()
    const refused: [Json, string][] = [
      [{ score: 5.001 }, '/score inconsistent'],
      [{ score: 99_999_999 }, '/score inconsistent'],
      [{ score: -0.001 }, '/score invalid-shape'],
      [{ score: -5 }, '/score invalid-shape'],
      [{ score: 1.0001 }, '/score invalid-shape'],
      [{ score: 0.1 + 0.2 }, '/score invalid-shape'],
      [{ score: 1e300 }, '/score invalid-shape'],
      [{ score: '4' }, '/score invalid-shape'],
      [{ score: null }, '/score invalid-shape'],
      [{ score: 4, comment: '' }, '/comment invalid-shape'],
      [{ score: 4, comment: null }, '/comment invalid-shape'],
      [{ score: 4, reason: 'None' }, '/reason unknown-field'],
    ]
    for (const [body, place] of refused) {
      expect(problemOf(await grade(host, run.id, 0, body)), JSON.stringify(body)).toEqual([422, 'invalid-input', place])
    }
    expect(await logOf(host.deps.db, run.id)).toHaveLength(2)
  })

  it('of an attempt that has expired is given to what was saved in time, though nobody had looked', async () => {
    const run = await answered({ feedback: 'deferred', timeLimitSeconds: 60 })
    host.clock.now += 61_000
    const graded = await grade(host, run.id, 5)
    expect(graded.body.attempt).toMatchObject({ finishReason: 'expired', score: 6, passed: true })
    expect((await logOf(host.deps.db, run.id)).map(({ type }) => type)).toEqual([
      'responded',
      'responded',
      'finished',
      'graded',
    ])
  })
})

/** Tries of an essay alone, and what each of them is given. */
async function tries(policy: Json, given: readonly (number | null)[]) {
  const run = await start(host, await publish(host, quizDocument({ questions: [essay('essay')], policy })))
  for (const [index, score] of given.entries()) {
    const sent = await run.respond('essay', { text: `Try ${index}` }, { releases })
    expect(sent.status).toBe(200)
    if (score !== null) await grade(host, run.id, score)
  }
  return run
}

describe('with more tries than one', () => {
  const last = { tries: 3, penalty: 0.2 }
  const best = { tries: 3, penalty: 0.2, retryScoring: 'best' }
  const declining = { tryPoints: [1, 0.5, 0.25], retryScoring: 'declining' }
  // What a person gives for a try is the last word on it: no penalty comes off.
  const examples: { policy: Json; given: (number | null)[]; score: number; pending: boolean; why: string }[] = [
    { policy: last, given: [2], score: 2, pending: false, why: 'what was given' },
    { policy: last, given: [2, 3], score: 3, pending: false, why: 'the last try, without a penalty' },
    { policy: last, given: [3, 2], score: 2, pending: false, why: 'the last try, though it is worse' },
    { policy: last, given: [3, null], score: 0, pending: true, why: 'a try that waits counts as nothing' },
    { policy: last, given: [null, 4], score: 4, pending: false, why: 'the one before needs nobody any more' },
    { policy: best, given: [3, 2], score: 3, pending: false, why: 'the best try' },
    { policy: best, given: [3, null], score: 3, pending: true, why: 'the best so far, and it may become more' },
    { policy: best, given: [2, 4], score: 4, pending: false, why: 'the best try' },
  ]
  for (const { policy, given, score, pending, why } of examples) {
    it(`tries given ${JSON.stringify(given)} by ${JSON.stringify(policy)} come to ${score}: ${why}`, async () => {
      const run = await tries(policy, given)
      expect((await viewByStaff(host, run.id)).body.attempt.score).toBe(score)
      const finished = await run.finish({ releases })
      expect(finished.body.attempt).toMatchObject({ score, passed: pending ? null : score >= 3.5 })
      expect(decodeJwt(finished.body.receipt)['final']).toBe(!pending)
    })
  }

  it('with points per try what a person gives is the score: they have seen the tries', async () => {
    const run = await tries(declining, [2, 4])
    expect((await run.finish({ releases })).body.attempt).toMatchObject({ score: 4 })
  })

  it('a grade of everything closes the question, and a lower one after it does not open it again', async () => {
    const run = await tries({ tries: 3 }, [5])
    expect(problemOf(await run.respond('essay', { text: 'Another' }, { releases }))).toEqual([409, 'no-tries-left'])
    await grade(host, run.id, 2)
    expect(problemOf(await run.respond('essay', { text: 'Another' }, { releases }))).toEqual([409, 'no-tries-left'])
    expect((await run.resume({ releases })).body.results[0]).toMatchObject({ score: 2, triesLeft: 0, try: 1 })
  })

  it('a grade of less leaves the tries that are left', async () => {
    const run = await tries({ tries: 2 }, [4])
    expect((await run.resume({ releases })).body.results[0]).toMatchObject({ score: 4, triesLeft: 1 })
    const again = await run.respond('essay', { text: 'Better' }, { releases })
    expect(again.body.results[0]).toMatchObject({ status: 'pending', try: 2, triesLeft: 0 })
  })
})

describe('with certainty', () => {
  it('a person may give three times the points, whatever the learner said, and passing is measured by the points', async () => {
    const policy = { feedback: 'deferred', certainty: true }
    const quiz = await publish(host, quizDocument({ questions: [essay('essay')], policy }))
    const examples = [
      { certainty: 1, score: 15, passed: true },
      { certainty: 3, score: 3.499, passed: false },
      { certainty: 2, score: 3.5, passed: true },
      { certainty: 3, score: 0, passed: false },
    ]
    for (const { certainty, score, passed } of examples) {
      const run = await start(host, quiz)
      await run.respondAll([{ question: 'essay', response: { text: 'It depends.' }, certainty }])
      expect(problemOf(await grade(host, run.id, 15.001))).toEqual([422, 'invalid-input', '/score inconsistent'])
      await grade(host, run.id, score)
      const { attempt, results } = (await run.finish({ releases })).body
      expect(attempt).toMatchObject({ score, maxScore: 15, passed })
      // Nobody judged the answer by a key: it says nothing about how sure one should have been.
      expect(attempt.calibration.map(({ count }: Json) => count)).toEqual([0, 0, 0])
      expect(results[0]).toMatchObject({ score, certainty, maxScore: 15 })
    }
  })
})

describe('a comment', () => {
  const comment = 'See **chapter 3** <script>alert(1)</script> [here](javascript:alert(1))'

  it('is Markdown without raw HTML or dangerous links', async () => {
    const run = await answered()
    const { html, markdown } = (await grade(host, run.id, 4, { comment })).body.results[0].comment
    expect(markdown).toBe(comment)
    expect(html).toContain('<strong>chapter 3</strong>')
    expect(html).not.toMatch(/<script|javascript:/)
  })

  const examples: { policy: Json; during: boolean; after: boolean }[] = [
    { policy: { feedback: 'immediate' }, during: true, after: true },
    { policy: { feedback: 'deferred' }, during: false, after: true },
    { policy: { feedback: 'never' }, during: false, after: false },
    { policy: { review: { during: ['verdict', 'score'], finished: ['feedback'] } }, during: false, after: true },
    {
      policy: { review: { during: ['verdict', 'feedback'], finished: ['verdict', 'score'] } },
      during: true,
      after: false,
    },
  ]
  for (const { policy, during, after } of examples) {
    it(`is for the learner only with feedback: ${JSON.stringify(policy)}`, async () => {
      const run = await answered(policy)
      const graded = await grade(host, run.id, 4, { comment: 'Quux is missing.' })
      expect(graded.body.results[0].comment.markdown).toBe('Quux is missing.')
      const seen = await run.resume({ releases })
      expect(seen.text.includes('Quux')).toBe(during)
      const finished = await run.finish({ releases })
      expect(finished.text.includes('Quux')).toBe(after)
      expect(finished.body.results[1].comment).toEqual(after ? graded.body.results[0].comment : null)
      expect((await viewByStaff(host, run.id)).body.results[1].comment.markdown).toBe('Quux is missing.')
    })
  }

  it('is all that tells a learner of a grade in a deferred quiz: before the end there is nothing to see', async () => {
    const run = await answered({ feedback: 'deferred' })
    const before = { ...(await run.resume()).body, token: null }
    await grade(host, run.id, 5, { comment: 'Good.' })
    await override(host, run.id, ['single', 0])
    expect({ ...(await run.resume()).body, token: null }).toEqual(before)
    const saved = await run.respond('single', { choice: 'a' })
    expect(saved.body.results[0]).toMatchObject({ status: 'answered', score: null, comment: null })
  })
})

describe('a grade after the finish that was cut off before it was settled', () => {
  const followers: { follower: string; settles: (run: Run) => Promise<unknown> }[] = [
    {
      follower: 'the timer of another isolate',
      settles: async () => settleDueAttempts((await host.isolate()).deps, 1000),
    },
    { follower: 'the next resume', settles: (run) => run.resume({ releases }) },
    { follower: 'the next grade', settles: (run) => override(host, run.id, ['single', null]) },
  ]
  for (const { follower, settles } of followers) {
    it(`is settled by ${follower}`, async () => {
      const run = await answered()
      await run.finish({ releases })
      host.clock.now += 1000
      host.faults.before(3)
      expect((await grade(host, run.id, 5)).status).toBe(503)
      host.faults.clear()
      expect(await rowOf(run)).toMatchObject({ score: 1000, passed: null, settled: null, updatedAt: START + 1000 })
      host.clock.now += 1000
      await settles(run)
      const seq = (await logOf(host.deps.db, run.id)).length
      expect(await rowOf(run)).toEqual({
        score: 6000,
        maxScore: 6000,
        passed: true,
        settled: seq,
        updatedAt: START + 2000,
      })
      expect((await run.resume({ releases })).body.attempt).toMatchObject({ score: 6, passed: true })
    })
  }
})
