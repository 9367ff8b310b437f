import { exact, Fraction, hasDecimals } from './fraction.ts'
import * as v from 'valibot'

/** An integer number of thousandths of a point. Scores are kept, added and compared in it, and served as points. */
export type MilliPoints = number

/** Points of a question: more than 0, at most three decimals. */
export const Points = v.pipe(
  v.number(),
  v.minValue(0.001),
  v.maxValue(10_000),
  v.check((points) => hasDecimals(points, 3), 'Expected at most three decimals.'),
)

export function toMilliPoints(points: number): MilliPoints {
  return Math.round(points * 1000)
}

export function toPoints(milliPoints: MilliPoints): number {
  return milliPoints / 1000
}

/** What a fraction of what there is to have is worth: the only rounding there is, half away from zero. */
export function scoreOf(fraction: Fraction, max: MilliPoints): MilliPoints {
  return rounded(fraction.mul(max))
}

/** Thousandths of a point made whole, half away from zero. */
export function rounded(thousandths: Fraction): MilliPoints {
  const magnitude = thousandths.abs().add(1, 2).floor()
  return Number(magnitude.n) * (thousandths.compare(0) < 0 ? -1 : 1)
}

/** Whether a score reaches a share (0..1) of what could be had, compared exactly. */
export function reaches(score: MilliPoints | Fraction, share: number, max: MilliPoints | Fraction): boolean {
  return new Fraction(score).compare(exact(share).mul(max)) >= 0
}
