import { Fraction, ZERO } from '../fraction.ts'
import type { PickCounts } from './picks.ts'

/**
 * Right picks less wrong ones, over the number of right options, and never below 0:
 * max(0, (tp − fp) / (tp + fn)). PrairieLearn's "net correct", Canvas's "multiple answers".
 */
export function netCorrect({ truePositives, falsePositives, falseNegatives }: PickCounts): Fraction {
  const net = truePositives - falsePositives
  return net > 0 ? new Fraction(net, truePositives + falseNegatives) : ZERO
}
