import { type Fraction, ONE, ZERO } from '../fraction.ts'
import type { PartMethod } from './method.ts'

/** What one part of a response earned, 0..1, and what the part weighs. */
export interface PartScore {
  readonly earned: Fraction
  readonly weight: Fraction
}

/** Σ weight · earned / Σ weight. Moodle's matching and cloze, Canvas's matching and fill-in-multiple-blanks. */
export const perPart: PartMethod = {
  method: 'per-part',
  parameters: {},
  score(parts) {
    const earned = parts.reduce((sum, part) => sum.add(part.earned.mul(part.weight)), ZERO)
    return earned.div(parts.reduce((sum, part) => sum.add(part.weight), ZERO))
  },
}

/** Everything or nothing. */
export const exactParts: PartMethod = {
  method: 'exact',
  parameters: {},
  score: (parts) => (parts.every(({ earned }) => earned.equals(ONE)) ? ONE : ZERO),
}
