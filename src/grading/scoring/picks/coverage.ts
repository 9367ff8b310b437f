import { Fraction, ZERO } from '../../fraction.ts'
import type { PickMethod } from '../method.ts'

/** (tp / k) · (tp / |S|), and 0 for a blank: how much of what is right was picked, times how much of the picks is right. PrairieLearn. */
export const coverage: PickMethod = {
  method: 'coverage',
  parameters: {},
  score({ truePositives, falsePositives, right }) {
    const picked = truePositives + falsePositives
    return picked === 0 ? ZERO : new Fraction(truePositives * truePositives, right * picked)
  },
}
