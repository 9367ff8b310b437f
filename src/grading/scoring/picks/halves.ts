import { Fraction, ONE, ZERO } from '../../fraction.ts'
import type { PickMethod } from '../method.ts'

/** Halved by each of up to two errors, fp + fn, as long as there are options enough: more than 2, more than 4. Open edX. */
export const halves: PickMethod = {
  method: 'halves',
  parameters: {},
  score({ falsePositives, falseNegatives, right, wrong }) {
    const errors = falsePositives + falseNegatives
    const options = right + wrong
    if (errors === 0) return ONE
    if (errors === 1 && options > 2) return new Fraction(1, 2)
    if (errors === 2 && options > 4) return new Fraction(1, 4)
    return ZERO
  },
}
