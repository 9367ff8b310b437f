import { describe, expect, it } from 'vitest'
import { earned, keyProblems, rightAnswer } from '../earned.ts'
import { entries, permutations, ratio, subsets } from './oracles.ts'

type Weights = Record<string, number | string>

const earnedBy = (options: string, weights: Weights, picked: string, scoring?: { method: string }) =>
  earned('multiple-choice', {
    content: { options: entries(options) },
    key: { weights },
    ...(scoring && { scoring }),
    response: { choices: [...picked] },
  })

const THIRDS: Weights = { a: '1/3', b: '1/3', c: '1/3', d: '-1/3' }
/** GIFT’s own example, { ~%-100%No one ~%50%Grant ~%50%Grant’s wife ~%-100%Grant’s father } to who is in the tomb. */
const GRANT: Weights = { n: -1, g: 0.5, w: 0.5, f: -1 }
const MORE_THAN_ONE: Weights = { a: 0.75, b: 0.75, c: -0.5 }

const EXAMPLES: [options: string, weights: Weights, picked: string, earned: string][] = [
  ['ngwf', GRANT, 'gw', '1'],
  ['ngwf', GRANT, 'g', '1/2'],
  ['ngwf', GRANT, 'gn', '0'],
  ['ngwf', GRANT, 'gwn', '0'],
  ['ngwf', GRANT, 'ngwf', '0'],
  ['ngwf', GRANT, '', '0'],
  ['abcde', THIRDS, 'abc', '1'],
  ['abcde', THIRDS, 'ab', '2/3'],
  ['abcde', THIRDS, 'abd', '1/3'],
  ['abcde', THIRDS, 'ad', '0'],
  ['abcde', THIRDS, 'd', '0'],
  ['abcde', THIRDS, 'abcd', '2/3'],
  // What has no weight weighs nothing.
  ['abcde', THIRDS, 'abe', '2/3'],
  ['abcde', THIRDS, 'e', '0'],
  // 3/2 are limited to 1, and the sum is limited at its end, not on its way.
  ['abc', MORE_THAN_ONE, 'ab', '1'],
  ['abc', MORE_THAN_ONE, 'abc', '1'],
  ['abc', MORE_THAN_ONE, 'ca', '1/4'],
  ['abc', MORE_THAN_ONE, 'ac', '1/4'],
  ['abc', MORE_THAN_ONE, 'c', '0'],
  ['abc', MORE_THAN_ONE, 'b', '3/4'],
  ['ab', { a: 1 }, 'ab', '1'],
  ['abc', { a: 0.1, b: 0.2, c: 0.7 }, 'ab', '3/10'],
  ['abc', { a: 0.1, b: 0.2, c: 0.7 }, 'abc', '1'],
  ['abc', { a: 0.333333, b: '2/3', c: '1/3' }, 'a', '333333/1000000'],
  ['abc', { a: 0.333333, b: '2/3', c: '1/3' }, 'ab', '2999999/3000000'],
]

describe('multiple-choice option-weights (Moodle multichoice with several answers, GIFT weights)', () => {
  for (const [options, weights, picked, expected] of EXAMPLES) {
    it(`${JSON.stringify(weights)} picked as ${picked || 'nothing'} earns ${expected}`, () => {
      expect(earnedBy(options, weights, picked)).toBe(expected)
      expect(earnedBy(options, weights, picked, { method: 'option-weights' })).toBe(expected)
    })
  }

  it('the order of the picks does not matter', () => {
    for (const picks of permutations('abc')) expect(earnedBy('abc', MORE_THAN_ONE, picks)).toBe('1')
  })
})

/** The same weights as authors write them and as whole numbers of a common part. */
const SETS: [weights: Weights, of: number, parts: Record<string, number>][] = [
  [THIRDS, 3, { a: 1, b: 1, c: 1, d: -1, e: 0 }],
  [{ a: '2/3', b: '1/2', c: '-1/4', d: '-5/12' }, 12, { a: 8, b: 6, c: -3, d: -5, e: 0 }],
  [{ a: 1, b: 1, c: '1', d: -1, e: '-1' }, 1, { a: 1, b: 1, c: 1, d: -1, e: -1 }],
  [{ a: 0.6, b: '.4', c: '1/7', d: -0.05, e: '-0.5' }, 140, { a: 84, b: 56, c: 20, d: -7, e: -70 }],
  [{ a: '99/100', b: 0.01, c: -1, d: 0, e: '0' }, 100, { a: 99, b: 1, c: -100, d: 0, e: 0 }],
]

describe('multiple-choice option-weights against sums of whole numbers', () => {
  for (const [weights, of, parts] of SETS) {
    it(`${JSON.stringify(weights)}: every set of picks`, () => {
      for (const picked of subsets('abcde')) {
        const sum = [...picked].map((option) => parts[option]!).reduce((a, b) => a + b, 0)
        expect(earnedBy('abcde', weights, picked), picked).toBe(ratio(Math.min(sum, of), of))
      }
    })
  }
})

const problems = (weights: unknown, scoring?: { method: string }) =>
  keyProblems('multiple-choice', {
    content: { options: entries('abcd') },
    key: { weights },
    ...(scoring && { scoring }),
  })

describe('the weights of a multiple-choice key', () => {
  it('can earn everything', () => {
    expect(problems(THIRDS)).toEqual([])
    expect(problems(MORE_THAN_ONE)).toEqual([])
    expect(problems({ a: 1 })).toEqual([])
    expect(problems({ a: 0.5, b: 0.5, c: -1 })).toEqual([])
    expect(problems({ a: 0.333333, b: 0.333333, c: 0.333333 })).toEqual(['inconsistent'])
    expect(problems({ a: 0.5, b: '1/3', c: -1, d: -1 })).toEqual(['inconsistent'])
    expect(problems({ a: -1 })).toEqual(['inconsistent'])
    expect(problems({})).toEqual(['inconsistent'])
  })

  it('belong to options of the question', () => {
    expect(problems({ a: 1, x: 0 })).toEqual(['unknown-id'])
    expect(problems({ a: 1, constructor: 0 })).toEqual(['unknown-id'])
  })

  it('are shares from -1 to 1 with at most six decimals', () => {
    const refused = [1.000001, -1.000001, 0.1234567, '0.1234567', '4/3', '-4/3', '1/0', '1,5', 'a', '', null, true]
    for (const weight of refused) expect(problems({ a: 1, b: weight }), String(weight)).toEqual(['invalid-shape'])
    for (const weight of [-1, 1, 0, 0.123456, '-1', '-0.123456', '3/3', '-3/3']) {
      expect(problems({ a: 1, b: weight }), String(weight)).toEqual([])
    }
  })

  it('are scored by their own method alone', () => {
    expect(problems(THIRDS, { method: 'option-weights' })).toEqual([])
    for (const method of ['net-correct', 'exact', 'coverage', 'halves']) {
      expect(problems(THIRDS, { method }), method).not.toEqual([])
    }
  })

  it('and make a right answer that earns everything', () => {
    for (const [weights] of SETS) {
      const answer = rightAnswer('multiple-choice', { content: { options: entries('abcde') }, key: { weights } })
      expect(earnedBy('abcde', weights, (answer as { choices: string[] }).choices.join(''))).toBe('1')
    }
  })

  it('and one that says nothing of the order in which the author wrote the options', () => {
    for (const written of permutations('abcd')) {
      const question = { content: { options: entries(written) }, key: { weights: { d: 0.5, b: 1, c: 0, a: -1 } } }
      expect(rightAnswer('multiple-choice', question)).toEqual({ choices: ['b', 'd'] })
    }
  })

  it('an option named like a member of every object weighs nothing unless it is named', () => {
    const content = { options: ['a', 'constructor', 'toString'].map((id) => ({ id, text: id })) }
    const response = { choices: ['a', 'constructor', 'toString'] }
    expect(earned('multiple-choice', { content, key: { weights: { a: 1 } }, response })).toBe('1')
    const half = { a: 1, toString: '-1/2' }
    expect(earned('multiple-choice', { content, key: { weights: half }, response })).toBe('1/2')
  })
})
