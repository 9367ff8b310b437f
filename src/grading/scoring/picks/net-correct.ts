import { Fraction, ZERO } from '../../fraction.ts'
import type { PickMethod } from '../method.ts'

/** max(0, (tp − fp) / k). PrairieLearn's "net correct", Canvas's "multiple answers". */
export const netCorrect: PickMethod = {
  method: 'net-correct',
  parameters: {},
  score({ truePositives, falsePositives, right }) {
    return truePositives > falsePositives ? new Fraction(truePositives - falsePositives, right) : ZERO
  },
}
