import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { type Json, multipleChoice, quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { NOTHING_SAID, said } from '../support/said.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

/** A quiz of one question. */
async function take(question: Json, policy: Json): Promise<Run> {
  return start(host, await publish(host, quizDocument({ questions: [question], policy })))
}

const respond = (run: Run, question: string, response: Json) =>
  run.respond(question, response, { releases: [question] })

describe('tries', () => {
  it('are counted down, and the right one closes the question with tries left', async () => {
    const run = await take(singleChoice('single'), { tries: 3 })
    const wrong = await run.respond('single', { choice: 'a' }, { releases: ['single'] })
    expect(wrong.body.results[0]).toMatchObject({ status: 'incorrect', try: 1, triesLeft: 2 })
    const right = await respond(run, 'single', { choice: 'b' })
    expect(right.body.results[0]).toMatchObject({ status: 'correct', score: 1, try: 2, triesLeft: 0 })
    const third = await respond(run, 'single', { choice: 'c' })
    expect(third).toMatchObject({ status: 409, body: { code: 'no-tries-left' } })
    expect(third.body.results[0]).toMatchObject({ status: 'correct', try: 2, response: { choice: 'b' } })
    const resumed = await run.resume({ releases: ['single'] })
    expect(resumed.body.attempt.questions).toEqual([
      { id: 'single', status: 'correct', tries: 2, triesLeft: 0, score: 1 },
    ])
  })

  it('end with the last wrong one', async () => {
    const run = await take(singleChoice('single'), { tries: 2 })
    await respond(run, 'single', { choice: 'a' })
    const last = await respond(run, 'single', { choice: 'c' })
    expect(last.body.results[0]).toMatchObject({ status: 'incorrect', try: 2, triesLeft: 0 })
    expect(said(last.body.results[0])).toMatchObject({ explanation: 'explanation', answer: { choice: 'b' } })
    expect((await respond(run, 'single', { choice: 'b' })).status).toBe(409)
  })

  it('without a limit go on until the question is answered right', async () => {
    const run = await take(multipleChoice('multiple'), { tries: null })
    for (const [index, choices] of [['p'], ['q'], ['r'], ['s'], ['t'], ['p', 's']].entries()) {
      const wrong = await respond(run, 'multiple', { choices })
      expect(wrong.body.results[0]).toMatchObject({ try: index + 1, triesLeft: null, refused: null })
      expect(said(wrong.body.results[0])).toMatchObject({ explanation: null, answer: null })
    }
    const right = await respond(run, 'multiple', { choices: ['p', 'q', 'r'] })
    expect(right.body.results[0]).toMatchObject({ status: 'correct', try: 7, triesLeft: null, score: 3 })
    expect((await respond(run, 'multiple', { choices: ['p', 't'] })).body.code).toBe('no-tries-left')
  })

  it('of one question leave those of the others alone', async () => {
    const run = await start(host, await publish(host, quizDocument({ policy: { tries: 2 } })))
    await respond(run, 'single', { choice: 'a' })
    const resumed = await run.resume({ releases: ['single'] })
    expect(resumed.body.attempt.questions.map((question: any) => question.triesLeft)).toEqual([1, 2, 2])
  })
})

describe('the last try counts, less the penalty for each earlier one', () => {
  /** By points and penalty: what the same fraction earns on the first, second and third try, worked out by hand. */
  const examples: [points: number, penalty: number, right: [number, number, number]][] = [
    [1, 0.333333, [1, 0.667, 0.333]],
    [3, 0.333333, [3, 2, 1]],
    [10_000, 0.333333, [10_000, 6666.67, 3333.34]],
    [0.5, 0.333333, [0.5, 0.333, 0.167]],
    [1, 0, [1, 1, 1]],
    [1, 0.1, [1, 0.9, 0.8]],
    [1, 0.6, [1, 0.4, 0]],
    [2, 1, [2, 0, 0]],
    // Half a thousandth is rounded up, and less than half is not.
    [0.001, 0.5, [0.001, 0.001, 0]],
    [0.001, 0.500001, [0.001, 0, 0]],
    [0.005, 0.5, [0.005, 0.003, 0]],
  ]

  for (const [points, penalty, right] of examples) {
    it(`${points} points with a penalty of ${penalty} are worth ${right.join(', ')} when answered right`, async () => {
      const quiz = await publish(
        host,
        quizDocument({ questions: [singleChoice('single', { points })], policy: { tries: 3, penalty } }),
      )
      for (const [wrong, expected] of right.entries()) {
        const run = await start(host, quiz)
        for (const choice of ['a', 'c'].slice(0, wrong)) await respond(run, 'single', { choice })
        const answer = await respond(run, 'single', { choice: 'b' })
        expect(answer.body.results[0]).toMatchObject({ status: 'correct', score: expected, try: wrong + 1 })
        expect(answer.body.attempt.score).toBe(expected)
      }
    })
  }

  it('the fraction is exact before the penalty comes off, and what is left is rounded once', async () => {
    const run = await take(multipleChoice('multiple'), { tries: 4, penalty: 0.333333 })
    const scores = []
    // 2/3, then 2/3 − 0.333333, then 2/3 − 0.666666: of three points 2, 1.000001 and 0.000002.
    for (const choices of [
      ['p', 'q'],
      ['q', 'r'],
      ['p', 'r'],
    ]) {
      scores.push((await respond(run, 'multiple', { choices })).body.results[0].score)
    }
    expect(scores).toEqual([2, 1, 0])
  })

  it('a worse last try is worth less than an earlier one', async () => {
    const run = await take(multipleChoice('multiple'), { tries: 3, penalty: 0.1 })
    await respond(run, 'multiple', { choices: ['p', 'q'] })
    const worse = await respond(run, 'multiple', { choices: ['p'] })
    expect(worse.body.results[0]).toMatchObject({ status: 'partially-correct', score: 0.7 })
    const worst = await respond(run, 'multiple', { choices: ['s'] })
    expect(worst.body.results[0]).toMatchObject({ status: 'incorrect', score: 0 })
    expect(worst.body.attempt.score).toBe(0)
  })

  it('the verdict speaks of the answer and not of what the penalty left of it', async () => {
    const run = await take(multipleChoice('multiple'), { tries: 3, penalty: 1 })
    await respond(run, 'multiple', { choices: ['p'] })
    const partly = await respond(run, 'multiple', { choices: ['p', 'q'] })
    expect(partly.body.results[0]).toMatchObject({ status: 'partially-correct', score: 0 })
    const right = await respond(run, 'multiple', { choices: ['r', 'q', 'p'] })
    expect(right.body.results[0]).toMatchObject({ status: 'correct', score: 0 })
  })
})

describe('an answer that was given before', () => {
  it('costs no try and gets the verdict of its own', async () => {
    const run = await take(multipleChoice('multiple'), { tries: 3, penalty: 0.5 })
    await respond(run, 'multiple', { choices: ['p', 'q'] })
    await respond(run, 'multiple', { choices: ['s'] })
    const again = await respond(run, 'multiple', { choices: ['p', 'q'] })
    expect(again.status).toBe(200)
    expect(again.body.results[0]).toMatchObject({
      response: { choices: ['p', 'q'] },
      status: 'partially-correct',
      score: 2,
      try: 1,
      triesLeft: 1,
      duplicate: true,
      refused: null,
    })
    expect(again.body.attempt.score).toBe(0)
  })

  it('is known whatever the order of its choices', async () => {
    const run = await take(multipleChoice('multiple'), { tries: 2 })
    await respond(run, 'multiple', { choices: ['t', 'p', 'q'] })
    const again = await respond(run, 'multiple', { choices: ['q', 't', 'p'] })
    expect(again.body.results[0]).toMatchObject({ duplicate: true, try: 1, response: { choices: ['t', 'p', 'q'] } })
    const subset = await respond(run, 'multiple', { choices: ['q', 't'] })
    expect(subset.body.results[0]).toMatchObject({ duplicate: false, try: 2 })
  })

  it('is known after its question is closed', async () => {
    const run = await take(singleChoice('single'), { tries: 2 })
    await respond(run, 'single', { choice: 'a' })
    await respond(run, 'single', { choice: 'b' })
    const first = await respond(run, 'single', { choice: 'a' })
    expect(first.status).toBe(200)
    expect(first.body.results[0]).toMatchObject({ status: 'incorrect', try: 1, duplicate: true, triesLeft: 0 })
  })

  it('gives no further hint', async () => {
    const run = await take(singleChoice('single', { ids: 'abcde' }), { tries: 4 })
    await respond(run, 'single', { choice: 'a' })
    const again = await respond(run, 'single', { choice: 'a' })
    expect(said(again.body.results[0]).hint).toBe('hint-1')
  })
})

describe('while tries remain', () => {
  it('single-choice tells of the option that was chosen, and one more hint after each wrong try', async () => {
    const run = await take(singleChoice('single', { ids: 'abcde' }), { tries: 5 })
    const tell = async (choice: string) => said((await respond(run, 'single', { choice })).body.results[0])
    const open = { explanation: null, answer: null }
    expect(await tell('a')).toEqual({ ...open, feedback: ['incorrect', 'option-a'], hint: 'hint-1' })
    expect(await tell('c')).toEqual({ ...open, feedback: ['incorrect', 'option-c'], hint: 'hint-2' })
    expect(await tell('d')).toEqual({ ...open, feedback: ['incorrect', 'option-d'], hint: null })
    expect(await tell('b')).toEqual({
      feedback: ['correct', 'option-a', 'option-b', 'option-c', 'option-d', 'option-e'],
      hint: null,
      explanation: 'explanation',
      answer: { choice: 'b' },
    })
  })

  it('multiple-choice tells of no single option before the close', async () => {
    const run = await take(multipleChoice('multiple'), { tries: 3 })
    const tell = async (...choices: string[]) => said((await respond(run, 'multiple', { choices })).body.results[0])
    const open = { explanation: null, answer: null }
    expect(await tell('p', 'q')).toEqual({ ...open, feedback: ['partly'], hint: 'hint-1' })
    expect(await tell('s', 't')).toEqual({ ...open, feedback: ['incorrect'], hint: 'hint-2' })
    expect(await tell('p')).toEqual({
      feedback: ['partly', 'option-p', 'option-q', 'option-r', 'option-s', 'option-t'],
      hint: null,
      explanation: 'explanation',
      answer: { choices: ['p', 'q', 'r'] },
    })
  })

  it('true-false tells the word for its verdict and a hint', async () => {
    const run = await take(trueFalse('truth'), { tries: 3 })
    const wrong = await respond(run, 'truth', { choice: 'false' })
    expect(said(wrong.body.results[0])).toEqual({ ...NOTHING_SAID, feedback: ['incorrect'], hint: 'hint-1' })
  })

  it('a resume tells as much as the last answer did', async () => {
    const run = await take(singleChoice('single', { ids: 'abcd' }), { tries: 3 })
    await respond(run, 'single', { choice: 'a' })
    const last = await respond(run, 'single', { choice: 'c' })
    const resumed = await run.resume({ releases: ['single'] })
    expect(resumed.body.results).toEqual(last.body.results)
  })

  it('a finish closes the question, and tells the rest', async () => {
    const run = await take(singleChoice('single'), { tries: 3 })
    await respond(run, 'single', { choice: 'a' })
    const finished = await run.finish({ releases: ['single'] })
    expect(finished.body.results[0]).toMatchObject({ status: 'incorrect', try: 1, triesLeft: 0 })
    expect(said(finished.body.results[0])).toEqual({
      feedback: ['incorrect', 'option-a', 'option-b', 'option-c'],
      hint: null,
      explanation: 'explanation',
      answer: { choice: 'b' },
    })
  })
})
