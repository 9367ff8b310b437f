import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { publish, start } from '../support/actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { multipleChoice, quizDocument, singleChoice } from '../support/quiz-document.ts'
import { attemptRow } from '../support/rows.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

describe('a score passes where it reaches the share exactly', () => {
  /** Of two questions the first is answered right. */
  const examples: [points: [number, number], passingScore: number, passed: boolean][] = [
    [[7, 3], 0.7, true],
    [[6.999, 3.001], 0.7, false],
    [[7.001, 2.999], 0.7, true],
    [[0.7, 0.3], 0.7, true],
    [[2.1, 0.9], 0.7, true],
    // As binary fractions 0.07 × 100 is more than 7, and 0.57 × 100 less than 57.
    [[7, 93], 0.07, true],
    [[57, 43], 0.57, true],
    [[56.999, 43.001], 0.57, false],
    [[0.3, 2.7], 0.1, true],
    // A third of three points is one; 0.333334 of them is 1.000002.
    [[1, 2], 0.333333, true],
    [[1, 2], 0.333334, false],
    [[0.001, 9999.999], 0, true],
    [[9999.999, 0.001], 1, false],
    [[9999.999, 0.001], 0.999999, true],
  ]

  for (const [[right, wrong], passingScore, passed] of examples) {
    it(`${right} of ${right + wrong} points ${passed ? 'pass' : 'do not pass'} at ${passingScore}`, async () => {
      const questions = [singleChoice('one', { points: right }), singleChoice('two', { points: wrong })]
      const run = await start(host, await publish(host, quizDocument({ questions, policy: { passingScore } })))
      await run.respond('one', { choice: 'b' }, { releases: ['one'] })
      await run.respond('two', { choice: 'a' }, { releases: ['two'] })
      const { body } = await run.finish({ releases: ['one', 'two'] })
      expect(body.attempt).toMatchObject({ score: right, passed })
      expect(decodeJwt(body.receipt)).toMatchObject({ score: right, passed, final: true })
      expect(await attemptRow(host.deps.db, run.id)).toMatchObject({ score: Math.round(right * 1000), passed })
    })
  }

  it('nothing passes at 0', async () => {
    const run = await start(host, await publish(host, quizDocument({ policy: { passingScore: 0 } })))
    expect((await run.finish()).body.attempt).toMatchObject({ score: 0, passed: true })
  })

  it('everything passes at 1, and less does not', async () => {
    const quiz = await publish(
      host,
      quizDocument({ questions: [multipleChoice('multiple')], policy: { passingScore: 1 } }),
    )
    for (const [choices, passed] of [
      [['p', 'q', 'r'], true],
      [['p', 'q'], false],
    ] as const) {
      const run = await start(host, quiz)
      await run.respond('multiple', { choices }, { releases: ['multiple'] })
      expect((await run.finish({ releases: ['multiple'] })).body.attempt.passed).toBe(passed)
    }
  })
})

describe('a fraction of the points is rounded once, half away from zero', () => {
  const examples: [points: number, third: number, twoThirds: number][] = [
    [1, 0.333, 0.667],
    [2, 0.667, 1.333],
    [0.5, 0.167, 0.333],
    [0.001, 0, 0.001],
    [10, 3.333, 6.667],
    [10_000, 3333.333, 6666.667],
    [0.003, 0.001, 0.002],
  ]

  for (const [points, third, twoThirds] of examples) {
    it(`a third of ${points} is ${third}, two thirds ${twoThirds}`, async () => {
      const questions = [multipleChoice('one', { points }), multipleChoice('two', { points })]
      const run = await start(host, await publish(host, quizDocument({ questions })))
      const answer = await run.respondAll(
        [
          { question: 'one', response: { choices: ['p', 'q', 's'] } },
          { question: 'two', response: { choices: ['p', 'q'] } },
        ],
        { releases: ['one', 'two'] },
      )
      expect(answer.body.results.map((result: any) => result.score)).toEqual([third, twoThirds])
    })
  }

  it('half of an odd number of thousandths goes up', async () => {
    const questions = [
      multipleChoice('one', { key: 'pq', points: 0.005 }),
      multipleChoice('two', { key: 'pq', points: 0.001 }),
    ]
    const run = await start(host, await publish(host, quizDocument({ questions })))
    const responses = ['one', 'two'].map((question) => ({ question, response: { choices: ['p'] } }))
    const answer = await run.respondAll(responses, { releases: ['one', 'two'] })
    expect(answer.body.results.map((result: any) => result.score)).toEqual([0.003, 0.001])
  })

  it('and totals are sums of what was rounded', async () => {
    const ids = ['one', 'two', 'three']
    const questions = ids.map((id) => multipleChoice(id, { points: 1 }))
    const quiz = await publish(host, quizDocument({ questions, policy: { passingScore: 0.333333 } }))
    const run = await start(host, quiz)
    const thirds = ids.map((question) => ({ question, response: { choices: ['p'] } }))
    await run.respondAll(thirds, { releases: ids })
    const { body } = await run.finish({ releases: ids })
    expect(body.attempt).toMatchObject({ score: 0.999, maxScore: 3, passed: false })
    const staff = await run.resume({ token: ROOT_KEY, releases: 'everything' })
    expect(staff.body.attempt).toMatchObject({ score: 0.999, passed: false })
  })

  it('a hundred tenths are ten', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `q${index}`)
    const questions = ids.map((id) => singleChoice(id, { points: 0.1 }))
    const quiz = await publish(host, quizDocument({ questions, policy: { passingScore: 1 } }))
    const run = await start(host, quiz)
    const right = ids.map((question) => ({ question, response: { choice: 'b' } }))
    expect((await run.respondAll(right, { releases: ids })).body.attempt).toMatchObject({ score: 10, maxScore: 10 })
    expect((await run.finish({ releases: ids })).body.attempt.passed).toBe(true)
  })
})
