import { describe, expect, it } from 'vitest'
import { Fraction, ONE } from '../../src/grading/fraction.ts'
import { type AuthoredPolicy, completePolicy } from '../../src/grading/policy.ts'
import { type JudgedTry, shareOf } from '../../src/grading/retry-scoring.ts'

/** What tries come to, exactly: before the one rounding to thousandths of a point. Worked out by hand. */

type Written = Omit<AuthoredPolicy, 'feedback' | 'review'>

const whole = (earned: string): JudgedTry => ({ fraction: new Fraction(earned), parts: null, given: null })

const graded = (share: string | null): JudgedTry => ({
  fraction: null,
  parts: null,
  given: share === null ? null : new Fraction(share),
})

/** A try of a question that is graded part by part, with what each part earned. */
function inParts(earned: readonly string[], weights: readonly number[]): JudgedTry {
  const parts = earned.map((each, index) => ({
    earned: new Fraction(each),
    weight: new Fraction(weights[index] ?? 1),
  }))
  const sum = parts.reduce((total, part) => total.add(part.earned.mul(part.weight)), new Fraction(0))
  const all = parts.reduce((total, part) => total.add(part.weight), new Fraction(0))
  return { fraction: sum.div(all), parts, given: null }
}

const after = (tries: readonly JudgedTry[], policy: Written) => shareOf(tries, completePolicy(policy)).toFraction()

/** The share after each of the tries. */
function sharesOf(tries: readonly JudgedTry[], policy: Written): string {
  return tries.map((_, index) => after(tries.slice(0, index + 1), policy)).join(' ')
}

type Example = readonly [policy: Written, earned: string, shares: string, source?: string]

const examples: Record<string, readonly Example[]> = {
  'the last try counts, less a penalty for each earlier one': [
    [{ penalty: 0 }, '1/3 2/3 1/6 1', '1/3 2/3 1/6 1'],
    [{ penalty: 0.25 }, '1/3 2/3 5/6 1', '1/3 5/12 1/3 1/4'],
    [{ penalty: 0.5 }, '1/6 2/3 1', '1/6 1/6 0'],
    [{ penalty: 0.5 }, '0 1/3 1', '0 0 0'],
    [{ penalty: 1 }, '1 1', '1 0'],
    [{ penalty: 0.333333 }, '0 0 0 1', '0 0 0 1/1000000'],
    // Moodle's interactive mode with its default penalty: two thirds of the marks on the second try, one on the third.
    [{ penalty: 0.333333 }, '0 1', '0 666667/1000000', 'Moodle'],
    [{ penalty: 0.333333 }, '0 0 1', '0 0 333334/1000000', 'Moodle'],
  ],
  'the best try counts, each less a penalty for those before it': [
    [{ retryScoring: 'best', penalty: 0 }, '1/3 1/6 2/3 1/2', '1/3 1/3 2/3 2/3'],
    [{ retryScoring: 'best', penalty: 0.25 }, '1/3 2/3 5/6 1', '1/3 5/12 5/12 5/12'],
    [{ retryScoring: 'best', penalty: 0.1 }, '1/6 1/3 1/2 1', '1/6 7/30 3/10 7/10'],
    [{ retryScoring: 'best', penalty: 1 }, '1/6 1', '1/6 1/6'],
    // question/behaviour/adaptive: a toad (0.8), a bumblebee (0), and the frog: 0.8 all along.
    [{ retryScoring: 'best', penalty: 0.333333 }, '0.8 0 1', '4/5 4/5 4/5', 'Moodle'],
    [{ retryScoring: 'best', penalty: 0.333333 }, '0 1', '0 666667/1000000', 'Moodle'],
  ],
  'each try that betters the best so far earns what it betters it by, at the rate of that try': [
    [{ retryScoring: 'declining', tryPoints: [1, 0.5, 0.25, 0.125] }, '1/3 2/3 1/2 1', '1/3 1/2 1/2 13/24'],
    [{ retryScoring: 'declining', tryPoints: [1, 0.5, 0.5] }, '1/6 5/6 1', '1/6 1/2 7/12'],
    [{ retryScoring: 'declining', tryPoints: [1, 0] }, '1/3 1', '1/3 1/3'],
    [{ retryScoring: 'declining', tryPoints: [0.5, 0.5] }, '1/3 1', '1/6 1/2'],
    // PrairieLearn's tests of exams, with points of 10: [9, 7, 5, 3].
    [{ retryScoring: 'declining', tryPoints: [0.9, 0.7, 0.5, 0.3] }, '0.37 1', '0.333 0.774', 'PrairieLearn'],
    [
      { retryScoring: 'declining', tryPoints: [0.9, 0.7, 0.5, 0.3] },
      '0 0.14 0.08 0.27',
      '0 0.098 0.098 0.137',
      'PrairieLearn',
    ],
    // And with points of 100: [13, 13, 8, 5, 0.1].
    [
      { retryScoring: 'declining', tryPoints: [0.13, 0.13, 0.08, 0.05, 0.001] },
      '0.71 1',
      '0.0923 0.13',
      'PrairieLearn',
    ],
    [
      { retryScoring: 'declining', tryPoints: [0.13, 0.13, 0.08, 0.05, 0.001] },
      '0.63 0.63 0.64 0.07 0.97',
      '0.0819 0.0819 0.0827 0.0827 0.08303',
      'PrairieLearn',
    ],
  ],
}

describe.each(Object.entries(examples))('%s', (_, rows) => {
  for (const [policy, earned, shares, source] of rows) {
    it(`${earned} by ${JSON.stringify(policy)}: ${shares}${source ? ` (${source})` : ''}`, () => {
      const written = shares.split(' ').map((share) => new Fraction(share).toFraction())
      expect(sharesOf(earned.split(' ').map(whole), policy)).toBe(written.join(' '))
    })
  }
})

describe('a part finally right earns all of it but a penalty for each try up to its last wrong one', () => {
  /** Tries in parts, each part of a try right (1), wrong (0) or half right (½). */
  const rows: [tries: string, penalty: number, shares: string, weights?: number[]][] = [
    ['100 110 111', 0.25, '1/3 7/12 3/4'],
    ['10 01 11', 0.25, '1/2 3/8 5/8'],
    ['000 111', 0.5, '0 1/2'],
    ['01 11', 1, '1/2 1/2'],
    ['00 00 00 11', 0.5, '0 0 0 0'],
    ['100 011', 0.1, '1/3 3/5'],
    ['000000 100000 111111', 0.25, '0 1/8 13/24'],
    // Weights of 2, 1, 1: (2 + 3/4) / 4, and then 1/2 more of the last.
    ['100 110 111', 0.25, '1/2 11/16 13/16', [2, 1, 1]],
    ['01 10', 0.25, '1/4 9/16', [0.003, 0.001]],
    // What was right and then wrong is wrong; what was wrong in between costs up to there.
    ['110 011 110', 0.25, '2/3 7/12 1/2'],
    // A part that is half right keeps its half; it costs what came before the half, or before the whole.
    ['½ 1', 0.25, '1/2 3/4'],
    ['0 ½', 0.25, '0 1/4'],
    ['1 ½', 0.25, '1 1/2'],
    ['½ 0 ½', 0.25, '1/2 0 0'],
    // question/behaviour/interactivecountback: two of four stems right, then all: 10 of 12 marks.
    ['1001 1111', 0.333333, '1/2 1666667/2000000'],
  ]
  for (const [tries, penalty, shares, weights = []] of rows) {
    it(`${tries} with a penalty of ${penalty}${weights.length > 0 ? ` and weights ${weights.join(', ')}` : ''}: ${shares}`, () => {
      const judged = tries.split(' ').map((parts) =>
        inParts(
          [...parts].map((part) => (part === '½' ? '1/2' : part)),
          weights,
        ),
      )
      const written = shares.split(' ').map((share) => new Fraction(share).toFraction())
      expect(sharesOf(judged, { retryScoring: 'per-part', penalty })).toBe(written.join(' '))
    })
  }

  it('and a question without parts is scored by its last try', () => {
    expect(sharesOf(['1/3', '2/3', '1'].map(whole), { retryScoring: 'per-part', penalty: 0.25 })).toBe('1/3 5/12 1/2')
  })
})

describe('without a try', () => {
  it.each(['last', 'best', 'per-part'] as const)('nothing is earned by %s', (retryScoring) => {
    expect(after([], { retryScoring })).toBe('0')
  })
  it('nothing is earned by declining', () => {
    expect(after([], { retryScoring: 'declining', tryPoints: [1] })).toBe('0')
  })
})

describe('what a person gave for a try', () => {
  const rows: [policy: Written, given: (string | null)[], shares: string][] = [
    [{ penalty: 0.5 }, ['1/3', '2/3'], '1/3 2/3'],
    [{ penalty: 0.5 }, ['2/3', '1/3'], '2/3 1/3'],
    [{ penalty: 0.5 }, ['2/3', null], '2/3 0'],
    [{ retryScoring: 'per-part', penalty: 0.5 }, ['2/3', '1/3'], '2/3 1/3'],
    [{ retryScoring: 'best', penalty: 0.5 }, ['1/3', '2/3', '1/6'], '1/3 2/3 2/3'],
    [{ retryScoring: 'best', penalty: 0.5 }, ['1/3', null], '1/3 1/3'],
    [{ retryScoring: 'declining', tryPoints: [0.5, 0.25] }, ['1/3', '2/3'], '1/3 2/3'],
    [{ retryScoring: 'declining', tryPoints: [1, 0.25] }, ['2/3', '1/3'], '2/3 2/3'],
    [{ retryScoring: 'declining', tryPoints: [1, 0.25] }, ['2/3', null], '2/3 2/3'],
  ]
  for (const [policy, given, shares] of rows) {
    it(`${given.join(', ')} by ${JSON.stringify(policy)} is the last word on it: ${shares}`, () => {
      expect(sharesOf(given.map(graded), policy)).toBe(shares)
    })
  }
})

describe('a share of everything', () => {
  it('is one, however often thirds and sixths are added to it', () => {
    const declining: Written = { retryScoring: 'declining', tryPoints: [1, 1, 1, 1, 1, 1] }
    const sixths = ['1/6', '1/3', '1/2', '2/3', '5/6', '1']
    expect(after(sixths.map(whole), declining)).toBe(ONE.toFraction())
    const nines = inParts(Array(9).fill('1'), Array(9).fill(0.111))
    expect(after([nines], { retryScoring: 'per-part', penalty: 0.333333 })).toBe('1')
  })
})
