import { Fraction } from '../../fraction.ts'
import type { PickMethod } from '../method.ts'

/** (tp + tn) / n: leaving a wrong option alone is a right decision. Open edX, PrairieLearn; a blank earns w / n. */
export const everyDecisionCounts: PickMethod = {
  method: 'every-decision-counts',
  parameters: {},
  score: ({ truePositives, trueNegatives, right, wrong }) => new Fraction(truePositives + trueNegatives, right + wrong),
}
