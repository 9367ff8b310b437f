import { describe, expect, it } from 'vitest'
import { clamp, exact, Fraction, hasDecimals } from '../../src/grading/fraction.ts'
import { reaches, scoreOf, toMilliPoints, toPoints } from '../../src/grading/points.ts'

describe('a score is rounded once, to thousandths, half away from zero', () => {
  const examples: [fraction: string, points: number, milliPoints: number][] = [
    ['1', 1, 1000],
    ['0', 1, 0],
    ['1/3', 1, 333],
    ['2/3', 1, 667],
    ['1/2', 0.001, 1],
    ['-1/2', 0.001, -1],
    ['1/2', 0.005, 3],
    ['-1/2', 0.005, -3],
    ['499999/1000000', 0.001, 0],
    ['-499999/1000000', 0.001, 0],
    ['-1/3', 1, -333],
    ['-2/3', 1, -667],
    ['1/2001', 1, 0],
    ['1/2000', 1, 1],
    ['1/3', 10_000, 3_333_333],
    ['1', 10_000, 10_000_000],
    ['1', 1.005, 1005],
    ['1', 4.35, 4350],
    ['1', 8.115, 8115],
  ]
  for (const [fraction, points, milliPoints] of examples) {
    it(`${fraction} of ${points} is ${milliPoints}`, () => {
      // Adding nothing makes a negative zero one that equals zero; JSON writes both alike.
      expect(scoreOf(new Fraction(fraction), toMilliPoints(points)) + 0).toBe(milliPoints)
    })
  }

  it('points and thousandths convert without loss', () => {
    for (const points of [0.001, 0.1, 0.3, 1.005, 4.35, 999.999, 9999.999, 10_000]) {
      expect(toPoints(toMilliPoints(points))).toBe(points)
    }
  })
})

describe('a decimal is what is written, not its binary neighbour', () => {
  it('0.1 is a tenth', () => {
    expect(exact(0.1).toFraction()).toBe('1/10')
    expect(exact(0.333333).toFraction()).toBe('333333/1000000')
    expect(exact(0.000001).toFraction()).toBe('1/1000000')
    expect(exact(1).toFraction()).toBe('1')
  })

  it('more decimals than are admitted are told', () => {
    expect([0.1, 0.123456, 1, 0].map((value) => hasDecimals(value, 6))).toEqual([true, true, true, true])
    expect([0.1234567, 1e-7, 0.1 + 0.2].map((value) => hasDecimals(value, 6))).toEqual([false, false, false])
    expect([1.005, 0.0005].map((value) => hasDecimals(value, 3))).toEqual([true, false])
  })

  it('is limited to 0..1', () => {
    expect(['-1/2', '0', '1/2', '1', '3/2'].map((value) => clamp(new Fraction(value)).toFraction())).toEqual([
      '0',
      '0',
      '1/2',
      '1',
      '1',
    ])
  })
})

describe('a share is reached exactly', () => {
  const examples: [score: number, share: number, max: number, reached: boolean][] = [
    [7000, 0.7, 10_000, true],
    [6999, 0.7, 10_000, false],
    [7000, 0.07, 100_000, true],
    [57_000, 0.57, 100_000, true],
    [56_999, 0.57, 100_000, false],
    [1000, 0.333333, 3000, true],
    [999, 0.333333, 3000, false],
    [1000, 0.333334, 3000, false],
    [0, 0, 5000, true],
    [4999, 1, 5000, false],
    [5000, 1, 5000, true],
    [1, 0.000001, 1_000_000, true],
    [0, 0.000001, 1_000_000, false],
  ]
  for (const [score, share, max, reached] of examples) {
    it(`${score} ${reached ? 'reaches' : 'does not reach'} ${share} of ${max}`, () => {
      expect(reaches(score, share, max)).toBe(reached)
    })
  }
})
