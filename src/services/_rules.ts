import type { RuleRow } from '../db/accommodations.ts'
import type { Allowance } from '../grading/timing.ts'

/** What a learner is given: at one quiz, or with null at all that have no rule of their own. */
export type Rule = Allowance & { readonly quiz: string | null }

/** In its table the quiz of a rule for all is an empty text. */
export function toRule({ quiz, factor, extraSeconds, unlimited, extraAttempts }: RuleRow): Rule {
  return { quiz: quiz === '' ? null : quiz, factor, extraSeconds, unlimited, extraAttempts }
}
