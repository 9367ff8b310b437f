import { describe, expect, it } from 'vitest'
import { present } from '../../src/grading/present.ts'
import { replay } from '../../src/grading/replay.ts'
import { shuffle } from '../../src/grading/shuffle.ts'
import { quizDocument, singleChoice } from '../support/quiz-document.ts'
import { gradedQuiz } from './graded-quiz.ts'

/** Worked out by another implementation of the same generator: a change would reorder attempts that run. */
const LETTERS: [seed: string, order: string][] = [
  ['', 'icafhdbjeg'],
  ['a', 'dfhcgaibej'],
  ['0', 'hgdcifjabe'],
  ['1', 'deihbgjfac'],
  ['att_0001/one', 'gcjihefbda'],
  ['att_01jq8fv400AAAAAAAAAAAAAAAAAAAAAA/single/options', 'aibghdfcje'],
  ['Aufgabe ü ✓/options', 'biehagjfdc'],
]

const FIFTY = [
  42, 45, 21, 10, 46, 4, 14, 39, 2, 24, 6, 35, 27, 0, 43, 32, 22, 34, 49, 16, 18, 40, 29, 13, 26, 28, 23, 3, 30, 1, 48,
  9, 17, 20, 8, 44, 19, 31, 15, 36, 47, 37, 25, 5, 11, 7, 33, 41, 38, 12,
]

describe('a shuffle is the same for its seed for ever', () => {
  for (const [seed, order] of LETTERS) {
    it(JSON.stringify(seed), () => {
      expect(shuffle([...'abcdefghij'], seed).join('')).toBe(order)
    })
  }

  it('of fifty', () => {
    const numbers = Array.from({ length: 50 }, (_, index) => index)
    expect(shuffle(numbers, 'fifty')).toEqual(FIFTY)
  })

  it('and leaves what it was given alone', () => {
    const given = Object.freeze(['a', 'b', 'c'])
    expect(shuffle(given, 'seed').toSorted()).toEqual(['a', 'b', 'c'])
    expect(shuffle([], 'seed')).toEqual([])
    expect(shuffle(['only'], 'seed')).toEqual(['only'])
  })

  it('puts everything everywhere about equally often', () => {
    const counts = [...'abcd'].map(() => [0, 0, 0, 0])
    for (let seed = 0; seed < 4000; seed++) {
      for (const [place, letter] of shuffle([...'abcd'], `seed ${seed}`).entries()) {
        counts['abcd'.indexOf(letter)]![place]! += 1
      }
    }
    // 1,000 are expected; 110 off would be four standard deviations.
    for (const count of counts.flat()) expect(Math.abs(count - 1000)).toBeLessThan(110)
  })
})

const sections = [
  { id: 'two', title: 'Two' },
  { id: 'one', title: 'One' },
]

function quizOf(ids: readonly string[], options: string, key: string) {
  const questions = ids.map((id) =>
    singleChoice(id, { ids: options, key, section: id.startsWith('a') ? 'one' : 'two' }),
  )
  return gradedQuiz(quizDocument({ sections, questions, policy: { shuffle: { questions: true } } }))
}

const orderOf = (questions: readonly { id: string }[]) => questions.map(({ id }) => id).join()
const optionsOf = (question: unknown) =>
  (question as { options: { id: string }[] }).options.map(({ id }) => id).join('')

/** By the other implementation: questions by the seed `<attempt>/<section>`, options by `<attempt>/<question>/options`. */
const ATTEMPTS: [attempt: string, questions: string, optionsOfA1: string, optionsOfB1: string][] = [
  ['att_0', 'b3,b1,b2,a1,a3,a2,a4', 'dacb', 'bdca'],
  ['att_1', 'b2,b1,b3,a1,a2,a3,a4', 'acdb', 'cdba'],
  ['att_2', 'b3,b1,b2,a2,a1,a3,a4', 'dacb', 'cadb'],
]

describe('an attempt’s id alone makes its order', () => {
  const sorted = quizOf(['b1', 'b2', 'b3', 'a1', 'a2', 'a3', 'a4'], 'abcd', 'a')
  const mixed = quizOf(['a3', 'b2', 'a1', 'b3', 'a4', 'b1', 'a2'], 'cdab', 'c')

  for (const [attempt, questions, optionsOfA1, optionsOfB1] of ATTEMPTS) {
    it(`of ${attempt}, whatever the author’s order and the key`, () => {
      for (const { quiz, answerKey } of [sorted, mixed]) {
        const presented = present(quiz, attempt)
        expect(orderOf(presented)).toBe(questions)
        expect(optionsOf(presented.find(({ id }) => id === 'a1'))).toBe(optionsOfA1)
        expect(optionsOf(presented.find(({ id }) => id === 'b1'))).toBe(optionsOfB1)
        const outcome = replay({ id: attempt, startedAt: 0, deadline: null }, quiz, answerKey, [])
        expect(orderOf(outcome.questions.map(({ question }) => question))).toBe(questions)
      }
    })
  }

  it('and without an attempt it is that of the ids', () => {
    for (const { quiz } of [sorted, mixed]) {
      expect(orderOf(present(quiz, null))).toBe('b1,b2,b3,a1,a2,a3,a4')
      expect(present(quiz, null).map(optionsOf)).toEqual(Array(7).fill('abcd'))
    }
  })
})
