import type { QuizSummary } from '../content/summary.ts'
import type { RuleRow } from '../db/accommodations.ts'
import type { Accommodation, EffectiveTerms } from '../grading/accommodations.ts'
import { toTime } from './_attempt-view.ts'
import { effectiveTerms } from './_effective-terms.ts'
import { type Rule, toRule } from './_rules.ts'

/** A learner's rules, and what comes of them. */
export interface Accommodations {
  readonly learner: string
  readonly rules: Accommodation[]
  readonly effective: EffectiveTerms[]
}

export function viewAccommodations(
  learner: string,
  rows: readonly RuleRow[],
  quizzes: readonly { summary: QuizSummary }[],
  now: number,
): Accommodations {
  const rules = rows.map(toRule)
  return {
    learner,
    rules: rows.map(viewRule),
    effective: quizzes.map(({ summary }) => effectiveTerms(summary, rules, now)),
  }
}

export function viewRule(row: RuleRow): Accommodation {
  const rule: Rule = toRule(row)
  return { ...rule, reason: row.reason, setAt: toTime(row.setAt), setBy: row.setBy }
}

/** What is noted of requests about a learner stands under a name that no attempt can have. */
export function noteSubject(learner: string): string {
  return `learner:${learner}`
}
