import { describe, expect, it } from 'vitest'
import { earned, keyProblems, responseProblems, rightAnswer } from '../earned.ts'
import { entries, permutations } from './oracles.ts'

const earnedBy = (options: string, key: object, choice: string, scoring?: { method: string }) =>
  earned('single-choice', {
    content: { options: entries(options) },
    key,
    ...(scoring && { scoring }),
    response: { choice },
  })

describe('single-choice exact earns everything for the right option and nothing for any other', () => {
  for (const options of ['ab', 'abc', 'abcd', 'abcde']) {
    it(`of ${options.length}`, () => {
      for (const right of options) {
        for (const choice of options) {
          const expected = choice === right ? '1' : '0'
          expect(earnedBy(options, { choice: right }, choice)).toBe(expected)
          expect(earnedBy(options, { choice: right }, choice, { method: 'exact' })).toBe(expected)
        }
      }
    })
  }
})

/** Moodle multichoice with one answer: GIFT { =a ~%50%b ~%-25%c ~d }, and Open edX’s option that earns 25 %. */
const WEIGHTS = { a: 1, b: '1/2', c: '-1/4', e: 0.333333, f: '1/3' }
const WEIGHED: [choice: string, earned: string][] = [
  ['a', '1'],
  ['b', '1/2'],
  // A single response cannot earn less than nothing.
  ['c', '0'],
  ['d', '0'],
  ['e', '333333/1000000'],
  ['f', '1/3'],
]

describe('single-choice option-weights (Moodle multichoice with one answer, GIFT weights)', () => {
  for (const [choice, expected] of WEIGHED) {
    it(`${choice} earns ${expected}`, () => {
      expect(earnedBy('abcdef', { weights: WEIGHTS }, choice)).toBe(expected)
      expect(earnedBy('abcdef', { weights: WEIGHTS }, choice, { method: 'option-weights' })).toBe(expected)
    })
  }

  it('two options may be right', () => {
    const weights = { b: '1', c: 1 }
    expect(['a', 'b', 'c'].map((choice) => earnedBy('abc', { weights }, choice))).toEqual(['0', '1', '1'])
  })

  it('an option named like a member of every object weighs nothing unless it is named', () => {
    const content = { options: ['a', 'constructor', 'toString'].map((id) => ({ id, text: id })) }
    const key = { weights: { a: 1, toString: '1/2' } }
    expect(earned('single-choice', { content, key, response: { choice: 'constructor' } })).toBe('0')
    expect(earned('single-choice', { content, key, response: { choice: 'toString' } })).toBe('1/2')
  })
})

describe('single-choice refuses', () => {
  const content = { options: entries('abc') }
  const response = (given: unknown) => responseProblems('single-choice', { content, response: given })
  const key = (given: unknown, scoring?: { method: string }) =>
    keyProblems('single-choice', { content, key: given, ...(scoring && { scoring }) })

  it('a response that is not one of its options', () => {
    for (const choice of 'abc') expect(response({ choice })).toEqual([])
    expect(response({ choice: 'x' })).toEqual(['unknown-id'])
    expect(response({ choice: 'constructor' })).toEqual(['unknown-id'])
    expect(response({ choice: ['a'] })).toEqual(['invalid-shape'])
    expect(response({ choice: null })).toEqual(['invalid-shape'])
    expect(response({ choice: '' })).toEqual(['invalid-shape'])
    expect(response({})).toEqual(['invalid-shape'])
    expect(response({ choice: 'a', choices: ['a'] })).toEqual(['unknown-field'])
  })

  it('a key that names another option', () => {
    expect(key({ choice: 'a' })).toEqual([])
    expect(key({ choice: 'x' })).toEqual(['unknown-id'])
    expect(key({ weights: { a: 1, x: 0 } })).toEqual(['unknown-id'])
  })

  it('weights by which no option earns everything, or more than that', () => {
    expect(key({ weights: { a: 1, b: 0.5 } })).toEqual([])
    expect(key({ weights: { a: '3/3' } })).toEqual([])
    // Together they would be 1, but only one can be chosen.
    expect(key({ weights: { a: 0.5, b: 0.5 } })).toEqual(['inconsistent'])
    expect(key({ weights: { a: 0.999999 } })).toEqual(['inconsistent'])
    expect(key({ weights: { a: -1 } })).toEqual(['inconsistent'])
    expect(key({ weights: {} })).toEqual(['inconsistent'])
    for (const a of [1.000001, '4/3', '1/0', 0.1234567, 'x']) {
      expect(key({ weights: { a, b: 1 } }), String(a)).toEqual(['invalid-shape'])
    }
  })

  it('a method that does not fit the key', () => {
    expect(key({ choice: 'a' }, { method: 'exact' })).toEqual([])
    expect(key({ weights: { a: 1 } }, { method: 'option-weights' })).toEqual([])
    expect(key({ choice: 'a' }, { method: 'option-weights' })).not.toEqual([])
    expect(key({ weights: { a: 1 } }, { method: 'exact' })).not.toEqual([])
    expect(key({ choice: 'a' }, { method: 'net-correct' })).not.toEqual([])
  })

  it('nothing that the right answer is', () => {
    for (const written of permutations('abc')) {
      // Of two that are right it is the first by its id, wherever the author wrote it.
      const question = { content: { options: entries(written) }, key: { weights: { c: 1, b: 1 } } }
      expect(rightAnswer('single-choice', question)).toEqual({ choice: 'b' })
    }
    expect(rightAnswer('single-choice', { content, key: { choice: 'b' } })).toEqual({ choice: 'b' })
    expect(rightAnswer('single-choice', { content, key: { weights: { a: 0.5, c: 1 } } })).toEqual({ choice: 'c' })
    expect(earnedBy('abc', { weights: { a: 0.5, c: 1 } }, 'c')).toBe('1')
  })
})

describe('true-false', () => {
  for (const right of ['true', 'false']) {
    for (const choice of ['true', 'false']) {
      const expected = choice === right ? '1' : '0'
      it(`${choice} to what is ${right} earns ${expected}`, () => {
        const question = { key: { choice: right }, response: { choice } }
        expect(earned('true-false', question)).toBe(expected)
        expect(earned('true-false', { ...question, scoring: { method: 'exact' } })).toBe(expected)
      })
    }
  }

  it('has its key as the right answer', () => {
    expect(rightAnswer('true-false', { key: { choice: 'false' } })).toEqual({ choice: 'false' })
  })

  it('refuses everything but the two words', () => {
    for (const choice of [true, false, 'True', 'yes', '', 'a', null, 1]) {
      expect(responseProblems('true-false', { response: { choice } })).toEqual(['invalid-shape'])
      expect(keyProblems('true-false', { key: { choice } })).toEqual(['invalid-shape'])
    }
    expect(responseProblems('true-false', { response: { choice: 'true' } })).toEqual([])
    expect(keyProblems('true-false', { key: { choice: 'true' } })).toEqual([])
    expect(keyProblems('true-false', { key: { choice: 'true' }, scoring: { method: 'net-correct' } })).not.toEqual([])
  })
})
