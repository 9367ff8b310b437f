import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { settleDueAttempts } from '../../src/services/settle-due-attempts.ts'
import { publish, type Run, start } from '../support/actions.ts'
import type { Answer } from '../support/client.ts'
import { essay } from '../support/every-type.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, multipleChoice, quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { attemptRow, logOf } from '../support/rows.ts'
import { grade, override, STAFF, say, viewByStaff } from '../support/staff-words.ts'

const everything = { releases: 'everything' } as const

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

/** `single` of 1, `multiple` of 3 and `truth` of 1 point: passed with 3.5 of 5. */
async function begin(policy: Json = {}, quiz?: string): Promise<Run> {
  return start(host, quiz ?? (await publish(host, quizDocument({ policy }))))
}

/** `single` answered wrong, `multiple` right, `truth` not at all: 3 points. */
async function answered(policy: Json = {}, quiz?: string): Promise<Run> {
  const run = await begin(policy, quiz)
  await run.respond('single', { choice: 'a' }, everything)
  await run.respond('multiple', { choices: ['p', 'q', 'r'] }, everything)
  return run
}

it('an earlier try that is repeated under an override is told with what it came to itself', async () => {
  const run = await begin({ tries: 3 })
  await run.respond('single', { choice: 'a' }, everything)
  await run.respond('single', { choice: 'c' }, everything)
  await override(host, run.id, ['single', 1])
  const { results } = (await run.respond('single', { choice: 'a' }, everything)).body
  expect(results[0]).toMatchObject({ duplicate: true, try: 1, status: 'incorrect', score: 0 })
  const again = (await run.respond('single', { choice: 'c' }, everything)).body.results[0]
  expect(again).toMatchObject({ duplicate: true, try: 2, status: 'correct', score: 1 })
})

type Said = readonly [question: string | null, score: number | null]

describe('an attempt of 3 of 5 points', () => {
  const examples: { said: Said[]; score: number; row: number; question?: [string, string, number] }[] = [
    { said: [['single', 1]], score: 4, row: 4000, question: ['single', 'correct', 1] },
    { said: [['single', 0.5]], score: 3.5, row: 3500, question: ['single', 'partially-correct', 0.5] },
    { said: [['single', 0.499]], score: 3.499, row: 3499, question: ['single', 'partially-correct', 0.499] },
    { said: [['multiple', 0]], score: 0, row: 0, question: ['multiple', 'incorrect', 0] },
    { said: [['multiple', 1.234]], score: 1.234, row: 1234, question: ['multiple', 'partially-correct', 1.234] },
    { said: [['truth', 0.75]], score: 3.75, row: 3750, question: ['truth', 'unanswered', 0.75] },
    {
      said: [
        ['single', 1],
        ['single', 0.25],
      ],
      score: 3.25,
      row: 3250,
    },
    {
      said: [
        ['single', 1],
        ['single', null],
      ],
      score: 3,
      row: 3000,
      question: ['single', 'incorrect', 0],
    },
    { said: [['single', null]], score: 3, row: 3000 },
    {
      said: [
        ['single', 1],
        ['truth', 1],
        ['multiple', 2.5],
      ],
      score: 4.5,
      row: 4500,
      question: ['multiple', 'partially-correct', 2.5],
    },
    { said: [[null, 5]], score: 5, row: 5000 },
    { said: [[null, 0]], score: 0, row: 0 },
    { said: [[null, 3.5]], score: 3.5, row: 3500 },
    { said: [[null, 3.499]], score: 3.499, row: 3499 },
    {
      said: [
        [null, 2],
        ['single', 1],
      ],
      score: 2,
      row: 2000,
      question: ['single', 'correct', 1],
    },
    {
      said: [
        [null, 2],
        ['single', 1],
        [null, null],
      ],
      score: 4,
      row: 4000,
    },
    {
      said: [
        ['single', 1],
        [null, null],
      ],
      score: 4,
      row: 4000,
    },
  ]
  for (const { said, score, row, question } of examples) {
    const what = said.map(([id, given]) => `${id ?? 'the whole'}: ${given}`).join(', ')
    for (const when of ['before', 'after'] as const) {
      it(`that is overridden ${when} the finish (${what}) comes to ${score}`, async () => {
        const run = await answered()
        if (when === 'after') await run.finish(everything)
        const answers: Answer[] = []
        for (const word of said) answers.push(await override(host, run.id, word))
        expect(answers.map(({ body }) => body.results.map((result: Json) => result['question']))).toEqual(
          said.map(([id]) => (id === null ? [] : [id])),
        )
        const stands =
          when === 'before' ? { status: 'active', passed: null } : { status: 'finished', passed: score >= 3.5 }
        expect(answers.at(-1)!.body.attempt).toMatchObject({ ...stands, score, maxScore: 5 })
        expect(answers.at(-1)!.body.receipt === null).toBe(when === 'before')
        await run.finish(everything)
        const { attempt, results, receipt } = (await run.resume(everything)).body
        expect(attempt).toMatchObject({ score, maxScore: 5, passed: score >= 3.5 })
        expect(decodeJwt(receipt)).toMatchObject({ score, passed: score >= 3.5, seq: 3 + said.length, final: true })
        const [id, status, points] = question ?? ['multiple', 'correct', 3]
        const shown = { question: id, status, score: points }
        expect(results.find((result: Json) => result['question'] === id)).toMatchObject(shown)
        expect(attempt.questions.find((each: Json) => each['id'] === id)).toMatchObject({ status, score: points })
        expect(await attemptRow(host.deps.db, run.id)).toMatchObject({
          score: row,
          maxScore: 5000,
          passed: score >= 3.5,
          settled: 3 + said.length,
        })
      })
    }
  }
})

describe('an override', () => {
  it('is refused above the maximum, below nothing, with more than three decimals, or without a reason', async () => {
    const run = await answered()
    const refused: [Json, string][] = [
      [{ question: 'single', score: 1.001 }, '/score inconsistent'],
      [{ question: 'multiple', score: 3.001 }, '/score inconsistent'],
      [{ score: 5.001 }, '/score inconsistent'],
      [{ score: 100_000_000.001 }, '/score invalid-shape'],
      [{ question: 'single', score: -0.001 }, '/score invalid-shape'],
      [{ score: -1 }, '/score invalid-shape'],
      [{ question: 'single', score: 0.0005 }, '/score invalid-shape'],
      [{ question: 'single', score: '1' }, '/score invalid-shape'],
      [{ question: 'single', score: true }, '/score invalid-shape'],
      [{ question: 'nothing', score: 1 }, '/question unknown-id'],
      [{ question: 'nothing', score: null }, '/question unknown-id'],
      [{ question: '__proto__', score: 1 }, '/question invalid-shape'],
      [{ question: null, score: 1 }, '/question invalid-shape'],
      [{ score: 1, comment: 'Well said' }, '/comment unknown-field'],
    ]
    for (const [body, place] of refused) {
      const answer = await say(host, 'overrides', run.id, { reason: 'Because', ...body })
      expect(problemOf(answer), JSON.stringify(body)).toEqual([422, 'invalid-input', place])
    }
    for (const body of [{ score: 1 }, { score: 1, reason: '' }, { reason: 'No score' }]) {
      expect(problemOf(await say(host, 'overrides', run.id, body)).slice(0, 2)).toEqual([422, 'invalid-input'])
    }
    expect(await logOf(host.deps.db, run.id)).toHaveLength(2)
  })

  it('of a question that the attempt has not drawn is refused', async () => {
    const questions = ['one', 'two', 'three'].map((id) => singleChoice(id))
    const run = await start(host, await publish(host, quizDocument({ questions, policy: { draw: { one: 1 } } })))
    const [drawn] = run.started.body.questions as { id: string }[]
    for (const { id } of (questions as { id: string }[]).filter((question) => question.id !== drawn!.id)) {
      expect(problemOf(await override(host, run.id, [id, 1]))).toEqual([422, 'invalid-input', '/question unknown-id'])
    }
    const answer = await override(host, run.id, [drawn!.id, 1])
    expect(answer.body.attempt).toMatchObject({ score: 1, maxScore: 1 })
  })

  it('stands over what the learner answers after it, and leaves open what was open', async () => {
    const run = await begin({ tries: 3 })
    await override(host, run.id, ['single', 0.5])
    for (const [choice, tries] of [
      ['a', 1],
      ['c', 2],
      ['b', 3],
    ] as const) {
      const { body } = await run.respond('single', { choice }, everything)
      expect(body.results[0]).toMatchObject({ try: tries, score: 0.5, status: 'partially-correct' })
    }
    await override(host, run.id, ['single', null])
    expect((await run.finish(everything)).body.attempt).toMatchObject({ score: 1 })
  })

  it('of an essay ends the waiting; taken back, it waits again, or has the grade that it had', async () => {
    const questions = [singleChoice('single'), essay('essay')]
    const run = await start(host, await publish(host, quizDocument({ questions, policy: { feedback: 'deferred' } })))
    await run.respond('essay', { text: 'It depends.' })
    await run.finish(everything)
    const seen = async () => {
      const { attempt, receipt, results } = (await viewByStaff(host, run.id)).body
      const { final, seq } = decodeJwt(receipt)
      return [attempt.score, attempt.passed, results[1].status, final, seq]
    }
    expect(await seen()).toEqual([0, null, 'pending', false, 2])
    await override(host, run.id, ['essay', 4.5])
    expect(await seen()).toEqual([4.5, true, 'partially-correct', true, 3])
    await override(host, run.id, ['essay', null])
    expect(await seen()).toEqual([0, null, 'pending', false, 4])
    await override(host, run.id, [null, 6])
    expect(await seen()).toEqual([6, true, 'pending', true, 5])
    await grade(host, run.id, 2)
    expect(await seen()).toEqual([6, true, 'partially-correct', true, 6])
    await override(host, run.id, [null, null])
    expect(await seen()).toEqual([2, false, 'partially-correct', true, 7])
    await override(host, run.id, ['essay', 5])
    await override(host, run.id, ['essay', null])
    expect(await seen()).toEqual([2, false, 'partially-correct', true, 9])
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ score: 2000, passed: false, settled: 9 })
  })

  it('with certainty goes up to three times the points, and passing is measured by the points', async () => {
    const run = await begin({ feedback: 'deferred', certainty: true })
    await run.respondAll([{ question: 'single', response: { choice: 'a' }, certainty: 3 }])
    expect((await viewByStaff(host, run.id)).body.attempt).toMatchObject({ score: 0, maxScore: 15 })
    expect(problemOf(await override(host, run.id, ['single', 3.001]))).toEqual([
      422,
      'invalid-input',
      '/score inconsistent',
    ])
    expect((await override(host, run.id, ['single', 3])).body.attempt).toMatchObject({ score: 3 })
    expect((await override(host, run.id, [null, 15])).body.attempt).toMatchObject({ score: 15 })
    await override(host, run.id, [null, 3.5])
    const finished = await run.finish(everything)
    expect(finished.body.attempt).toMatchObject({ score: 3.5, maxScore: 15, passed: true })
  })

  it('never tells the learner its reason, or who gave it, on any way', async () => {
    const run = await answered()
    const reason = 'Quux copied from Ada'
    await say(host, 'overrides', run.id, { question: 'single', score: 0.5, reason })
    await say(host, 'overrides', run.id, { score: 2, reason })
    const finish = () => run.finish(everything)
    const answers = [await run.resume(everything), await run.respond('truth', { choice: 'true' }, everything)]
    answers.push(await finish(), await run.resume(everything), await finish())
    for (const { text, body } of answers) {
      const tokens = [body.token, body.receipt].filter(Boolean).map((token) => JSON.stringify(decodeJwt(token)))
      expect(`${text} ${tokens.join(' ')}`).not.toMatch(/Quux|overrid|root/)
    }
    // Staff find it in the log alone.
    expect((await viewByStaff(host, run.id)).text).not.toContain('Quux')
  })

  it('after the finish that was cut off before it was settled is settled by the timer', async () => {
    const run = await answered()
    await run.finish(everything)
    host.faults.before(3)
    expect((await override(host, run.id, [null, 5])).status).toBe(503)
    host.faults.clear()
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ score: 3000, settled: null })
    await settleDueAttempts(host.deps, 1000)
    expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ score: 5000, passed: true, settled: 4 })
  })
})

describe('a regrade to another revision', () => {
  interface Regrade {
    readonly said: Said
    /** The next revision's questions, and what becomes of which. */
    readonly questions: Json[]
    readonly rule: Json | string
    readonly score: number
    readonly maxScore: number
    readonly why: string
  }
  const others = [multipleChoice('multiple'), trueFalse('truth')]
  const worth = (points: number) => [singleChoice('single', { points }), ...others]
  const drop = { single: 'drop-question' }
  const full = { single: 'full-credit' }
  const right = [singleChoice('single', { key: 'a' }), ...others]

  const examples: Regrade[] = [
    {
      said: ['single', 0.25],
      questions: right,
      rule: 'new-key',
      score: 3.25,
      maxScore: 5,
      why: 'it stands over the key',
    },
    { said: ['single', 0], questions: worth(1), rule: full, score: 3, maxScore: 5, why: 'over full credit too' },
    { said: ['single', 0.5], questions: worth(4), rule: 'new-key', score: 5, maxScore: 8, why: 'half of 4, and 3' },
    {
      said: ['single', 0.333],
      questions: worth(0.5),
      rule: 'new-key',
      score: 3.167,
      maxScore: 4.5,
      why: '0.1665 is 0.167',
    },
    {
      said: ['single', 1],
      questions: worth(1),
      rule: drop,
      score: 3,
      maxScore: 4,
      why: 'what is dropped counts for nothing',
    },
    { said: [null, 2.5], questions: worth(4), rule: 'new-key', score: 4, maxScore: 8, why: 'half of 8' },
    { said: [null, 1.667], questions: worth(4), rule: 'new-key', score: 2.667, maxScore: 8, why: '2.6672' },
    { said: [null, 2.5], questions: worth(1), rule: drop, score: 2, maxScore: 4, why: 'half of 4' },
    { said: [null, 5], questions: right, rule: 'new-key', score: 5, maxScore: 5, why: 'it stands over the key' },
  ]
  for (const { said, questions, rule, score, maxScore, why } of examples) {
    it(`leaves ${said[0] ?? 'the whole'}: ${said[1]} at ${score} of ${maxScore}: ${why}`, async () => {
      const quiz = await publish(host, quizDocument())
      const run = await answered({}, quiz)
      await override(host, run.id, said)
      await run.finish(everything)
      await publish(host, quizDocument({ questions }), quiz)
      const { body } = await host.client.call('GET', `/v1/quizzes/${quiz}`)
      const regrade = { revision: body.revision, rule, reason: 'The key was wrong' }
      const path = `/v1/quizzes/${quiz}/regrades`
      expect((await host.client.call('POST', path, { ...STAFF, body: regrade })).status).toBe(202)
      await host.idle()
      const passed = score >= maxScore * 0.7
      expect((await viewByStaff(host, run.id)).body.attempt).toMatchObject({ score, maxScore, passed })
      expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ maxScore: maxScore * 1000, passed, settled: 5 })
    })
  }
})
