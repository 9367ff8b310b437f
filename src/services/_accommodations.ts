import type { RuleRow } from '../db/accommodations.ts'
import type { Accommodation } from '../grading/accommodations.ts'
import type { Allowance } from '../grading/timing.ts'
import { toTime } from './_attempt-view.ts'

/** A rule for one quiz, or with null for all that have none of their own: in its table that one's quiz is an empty text. */
export type Rule = Allowance & { readonly quiz: string | null }

export function toRule({ quiz, factor, extraSeconds, unlimited, extraAttempts }: RuleRow): Rule {
  return { quiz: quiz === '' ? null : quiz, factor, extraSeconds, unlimited, extraAttempts }
}

export function viewRule(row: RuleRow): Accommodation {
  return { ...toRule(row), reason: row.reason, setAt: toTime(row.setAt), setBy: row.setBy }
}

/** What is noted of requests about a learner stands under a name that no attempt can have. */
export function noteSubject(learner: string): string {
  return `learner:${learner}`
}
