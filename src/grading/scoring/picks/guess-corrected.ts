import { Fraction, ZERO } from '../../fraction.ts'
import type { PickMethod } from '../method.ts'
import type { PickCounts } from './counts.ts'
import * as v from 'valibot'

const RULES = ['false2', 'false', 'all', 'none'] as const
type Rule = (typeof RULES)[number]

/**
 * tp / k − fp · cost, never below 0, and 0 for a blank. What a wrong pick costs is a rule of R/exams (`exams_eval`):
 * "false" 1/w, "false2" 1/max(w, 2), "all" everything, "none" nothing.
 */
export const guessCorrected: PickMethod<{ wrong: Rule }> = {
  method: 'guess-corrected',
  parameters: { wrong: v.optional(v.picklist(RULES), 'false2') },
  variants: RULES.map((wrong) => ({ wrong })),
  score(counts, { wrong: rule }) {
    const cost = costOf(rule, counts).mul(counts.falsePositives)
    const earned = new Fraction(counts.truePositives, counts.right).sub(cost)
    return earned.compare(ZERO) > 0 ? earned : ZERO
  },
}

/** Where no option is wrong no pick is, and what it would cost is of no matter. */
function costOf(rule: Rule, { wrong }: PickCounts): Fraction {
  if (rule === 'none' || wrong === 0) return ZERO
  if (rule === 'all') return new Fraction(1)
  return new Fraction(1, rule === 'false2' ? Math.max(wrong, 2) : wrong)
}
