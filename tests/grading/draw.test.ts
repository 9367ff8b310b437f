import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawQuestions, maxScoreOf, questionCountOf } from '../../src/grading/draw.ts'
import { present } from '../../src/grading/present.ts'
import type { PublicQuiz } from '../../src/grading/quiz.ts'
import { replay } from '../../src/grading/replay.ts'
import { chiSquare, RARELY_EXCEEDED } from '../support/chi-square.ts'
import { type Json, quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { seededBytes } from '../support/seeded-bytes.ts'
import { gradedQuiz } from './graded-quiz.ts'

const ONE = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6']
const TWO = ['r1', 'r2', 'r3', 'r4']
const sections = ['one', 'two', 'three'].map((id) => ({ id, title: id }))
const sectionOf = (id: string) => (id.startsWith('q') ? 'one' : id.startsWith('r') ? 'two' : 'three')

/** Two of six are drawn, three of four, and the one of the last section stays. */
function quizOf(ids: readonly string[], policy: Json = {}, key = 'b') {
  const questions = ids.map((id) => singleChoice(id, { section: sectionOf(id), key }))
  return gradedQuiz(quizDocument({ sections, questions, policy: { draw: { one: 2, two: 3 }, ...policy } }))
}

const SORTED = [...ONE, ...TWO, 's1']
const MIXED = ['s1', 'r4', 'q6', 'q2', 'r1', 'q1', 'q5', 'r3', 'q3', 'r2', 'q4']
const idsOf = (questions: readonly { id: string }[]) => questions.map(({ id }) => id)
const drawn = (quiz: PublicQuiz, attempt: string) => idsOf(drawQuestions(quiz, attempt)).toSorted().join()

/** Worked out by another implementation: the first of the section’s ids, shuffled from id order by `<attempt>/<section>/draw`. */
const ATTEMPTS: [attempt: string, questions: string, inShuffledOrder: string][] = [
  ['att_0', 'q3,q5,r1,r2,r4,s1', 'q3,q5,r4,r1,r2,s1'],
  ['att_1', 'q2,q3,r1,r3,r4,s1', 'q2,q3,r3,r1,r4,s1'],
  ['att_2', 'q5,q6,r1,r3,r4,s1', 'q5,q6,r4,r1,r3,s1'],
  ['att_01jq8fv400AAAAAAAAAAAAAAAAAAAAAA', 'q1,q3,r1,r3,r4,s1', 'q3,q1,r3,r4,r1,s1'],
  ['att_01jq8fv400AAAAAAAAAAAAAAAAAAAAAB', 'q1,q5,r1,r2,r3,s1', 'q1,q5,r1,r2,r3,s1'],
]

describe('an attempt’s id alone says which questions it holds, for ever', () => {
  const sorted = quizOf(SORTED)
  const otherwise = quizOf(MIXED, {}, 'c')
  const shuffled = quizOf(MIXED, { shuffle: { questions: true } })

  for (const [attempt, questions, inShuffledOrder] of ATTEMPTS) {
    it(`${attempt}: ${questions}, whatever the key and the order in which the author has them`, () => {
      for (const { quiz } of [sorted, otherwise, shuffled]) expect(drawn(quiz, attempt)).toBe(questions)
      expect(idsOf(present(shuffled.quiz, attempt)).join()).toBe(inShuffledOrder)
    })

    it(`${attempt} shows and grades these and no other`, () => {
      for (const { quiz, answerKey } of [sorted, otherwise, shuffled]) {
        const presented = idsOf(present(quiz, attempt))
        const outcome = replay({ id: attempt, startedAt: 0, deadline: null }, quiz, answerKey, [])
        expect(presented.toSorted().join()).toBe(questions)
        expect(idsOf(outcome.questions.map(({ question }) => question))).toEqual(presented)
        expect(outcome).toMatchObject({ maxScore: 6000, points: 6000 })
      }
    })
  }

  it('and what is drawn keeps the author’s order where the policy does not shuffle', () => {
    expect(idsOf(drawQuestions(otherwise.quiz, 'att_0'))).toEqual(['s1', 'r4', 'r1', 'q5', 'q3', 'r2'])
  })

  it('and nothing else does: not the title, the points, the prompts, nor what other sections hold', () => {
    const change = { title: 'Another', sections: sections.toReversed(), policy: { draw: { one: 2 } } }
    const questions = [...TWO, 'r5', ...ONE].map((id) =>
      trueFalse(id, { section: sectionOf(id), points: 7, prompt: `Is ${id} so?` }),
    )
    const { quiz } = gradedQuiz(quizDocument({ ...change, questions }))
    for (const [attempt, drawnThere] of ATTEMPTS) {
      expect(drawn(quiz, attempt)).toBe([...drawnThere.split(',').slice(0, 2), ...TWO, 'r5'].join())
    }
  })
})

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

describe('every choice of questions is as likely as any other', () => {
  const five = quizDocument({
    questions: [...'edcba'].map((id) => singleChoice(id)),
    policy: { draw: { one: 2 } },
  })
  const pairs = ['a,b', 'a,c', 'a,d', 'a,e', 'b,c', 'b,d', 'b,e', 'c,d', 'c,e', 'd,e']
  const randomBytes = seededBytes(7)

  it.each([
    ['that are numbered', (index: number) => `att_${index}`],
    ['of one moment', () => `att_01jq8fv400${base64url(randomBytes(16))}`],
  ])('by ids %s', (_, idOf) => {
    const { quiz } = gradedQuiz(five)
    const counts = new Map(pairs.map((pair) => [pair, 0]))
    for (let index = 0; index < 5000; index++) {
      const pair = drawn(quiz, idOf(index))
      counts.set(pair, counts.get(pair)! + 1)
    }
    expect([...counts.keys()]).toEqual(pairs)
    expect(chiSquare([...counts.values()])).toBeLessThan(RARELY_EXCEEDED[9])
  })

  it('and what is drawn of one section says nothing of another', () => {
    const questions = [...'abcd'].flatMap((letter) => [
      singleChoice(`q${letter}`, { section: 'one' }),
      singleChoice(`r${letter}`, { section: 'two' }),
    ])
    const document = quizDocument({ sections: sections.slice(0, 2), questions, policy: { draw: { one: 1, two: 1 } } })
    const { quiz } = gradedQuiz(document)
    const counts = new Map<string, number>()
    for (let index = 0; index < 4000; index++) {
      const both = drawn(quiz, `att_${index}`)
      counts.set(both, (counts.get(both) ?? 0) + 1)
    }
    expect(counts.size).toBe(16)
    expect(chiSquare([...counts.values()])).toBeLessThan(RARELY_EXCEEDED[15])
  })

  it('and which of a section’s questions come is no matter of the order in which they are shown', () => {
    const document = { ...five, policy: { draw: { one: 4 }, shuffle: { questions: true } } }
    const { quiz } = gradedQuiz(document)
    const firsts = new Map<string, number>()
    let counted = 0
    for (let index = 0; index < 16_000; index++) {
      const shown = idsOf(present(quiz, `att_${index}`))
      // Where `e` was left out, each of the four comes first as often.
      if (shown.includes('e')) continue
      counted += 1
      firsts.set(shown[0]!, (firsts.get(shown[0]!) ?? 0) + 1)
    }
    expect(counted).toBeGreaterThan(2500)
    expect(chiSquare([...firsts.values()])).toBeLessThan(RARELY_EXCEEDED[3])
  })
})

describe('what one attempt holds', () => {
  it('is counted without starting one', () => {
    const { quiz } = quizOf(SORTED)
    expect(sections.map(({ id }) => questionCountOf(quiz, id))).toEqual([2, 3, 1])
    expect(maxScoreOf(quiz)).toBe(6000)
    expect(maxScoreOf(quizOf(SORTED, { certainty: true }).quiz)).toBe(18_000)
    expect(maxScoreOf(quizOf(SORTED, { draw: null }).quiz)).toBe(11_000)
  })

  it('is everything where a section is drawn whole', () => {
    const { quiz } = quizOf(MIXED, { draw: { one: 6, two: 4, three: 1 } })
    expect(idsOf(drawQuestions(quiz, 'att_0'))).toEqual(MIXED)
  })

  it('has as many of each section as the policy says, for any attempt, and the points that were counted', () => {
    const cases = fc.record({
      attempt: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
      one: fc.integer({ min: 1, max: 6 }),
      two: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      shuffle: fc.boolean(),
    })
    const base = quizOf(MIXED)
    fc.assert(
      fc.property(cases, ({ attempt, one, two, shuffle }) => {
        const draw = { one, ...(two && { two }) }
        const policy = { ...base.quiz.policy, draw, shuffle: { questions: shuffle, options: true } }
        const quiz = { ...base.quiz, policy }
        const held = idsOf(present(quiz, attempt))
        const of = (section: string) => held.filter((id) => sectionOf(id) === section)
        expect([of('one').length, of('two').length, of('three').length]).toEqual([one, two ?? 4, 1])
        expect(new Set(held).size).toBe(held.length)
        const start = { id: attempt, startedAt: 0, deadline: null }
        expect(replay(start, quiz, base.answerKey, []).maxScore).toBe(maxScoreOf(quiz))
      }),
      { seed: 20_260_107, numRuns: 200 },
    )
  })
})
