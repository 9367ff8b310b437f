import { Fraction } from './fraction.ts'

/** How sure a learner says to be, from 1 (not very) to 3 (very). */
export type Certainty = 1 | 2 | 3

export const CERTAINTIES: readonly Certainty[] = [1, 2, 3]
export const MAX_CERTAINTY = 3

/** What an answer costs that is wrong, in units of the question's points. */
const WRONG: Readonly<Record<Certainty, number>> = { 1: 0, 2: -2, 3: -6 }

/**
 * What a fraction (0..1) comes to when it was given with a certainty, in units of the question's points: -6 to 3.
 *
 * Certainty-based marking after A. R. Gardner-Medwin (London, 1995), with the marks of Moodle's behaviours "with CBM":
 * honest certainty pays best. 1 is right below two thirds of right answers, 3 above four fifths.
 */
export function markWithCertainty(fraction: Fraction, certainty: Certainty): Fraction {
  return fraction.compare(0) > 0 ? fraction.mul(certainty) : new Fraction(WRONG[certainty])
}

/** An answer that has been judged, and how sure the learner was. */
export interface JudgedAnswer {
  readonly certainty: Certainty
  readonly fraction: Fraction
  /** Of the question. */
  readonly points: number
}

/** How a learner's certainty did, for one certainty. */
export interface Calibration {
  readonly certainty: Certainty
  readonly count: number
  /** How many of them were wholly right. */
  readonly correct: number
  /** The certainty with which these answers would have earned the most, the lower one of equals; null without answers. */
  readonly best: Certainty | null
}

export function calibrationOf(answers: readonly JudgedAnswer[]): Calibration[] {
  return CERTAINTIES.map((certainty) => {
    const given = answers.filter((answer) => answer.certainty === certainty)
    return {
      certainty,
      count: given.length,
      correct: given.filter(({ fraction }) => fraction.equals(1)).length,
      best: given.length === 0 ? null : bestFor(given),
    }
  })
}

function bestFor(answers: readonly JudgedAnswer[]): Certainty {
  const totals = CERTAINTIES.map((certainty) => ({
    certainty,
    total: answers.reduce(
      (sum, { fraction, points }) => sum.add(markWithCertainty(fraction, certainty).mul(points)),
      new Fraction(0),
    ),
  }))
  return totals.reduce((best, each) => (each.total.compare(best.total) > 0 ? each : best)).certainty
}
