import type { Policy } from './policy.ts'

/**
 * When an attempt may begin and how long it may take. Times are milliseconds since the epoch; who calls turns the texts of
 * a policy into them.
 */

/** From when (inclusive) and until when (exclusive) attempts may begin; null for no such moment. */
export interface Opening {
  readonly opensAt: number | null
  readonly closesAt: number | null
}

export type Phase = 'before' | 'open' | 'closed'

export function phaseAt(now: number, { opensAt, closesAt }: Opening): Phase {
  if (opensAt !== null && now < opensAt) return 'before'
  return closesAt !== null && now >= closesAt ? 'closed' : 'open'
}

/** What a learner is given beyond the policy. */
export interface Allowance {
  /** Times as much time as the quiz gives. At most three decimals. */
  readonly factor: number | null
  readonly extraSeconds: number | null
  readonly unlimited: boolean
  readonly extraAttempts: number | null
}

/**
 * What an attempt may take, in milliseconds, or null for no limit. A limit is whole seconds and a factor whole thousandths,
 * so their product is exact.
 */
export function timeLimitOf(timeLimitSeconds: number | null, allowance: Allowance | null): number | null {
  if (timeLimitSeconds === null || allowance?.unlimited) return null
  const thousandths = Math.round((allowance?.factor ?? 1) * 1000)
  return timeLimitSeconds * thousandths + (allowance?.extraSeconds ?? 0) * 1000
}

/** When an attempt ends, without grace. No allowance leads beyond the time at which the quiz closes. */
export function deadlineOf(startedAt: number, timeLimit: number | null, closesAt: number | null): number | null {
  if (timeLimit === null) return closesAt
  const end = startedAt + timeLimit
  return closesAt === null ? end : Math.min(end, closesAt)
}

/** The last moment at which a response is in time. */
export function dueOf(deadline: number | null, { graceSeconds }: Pick<Policy, 'graceSeconds'>): number | null {
  return deadline === null ? null : deadline + graceSeconds * 1000
}

/** How many attempts a learner may have, or null for any number. */
export function attemptsAllowed(attemptsPerLearner: number | null, allowance: Allowance | null): number | null {
  return attemptsPerLearner === null ? null : attemptsPerLearner + (allowance?.extraAttempts ?? 0)
}

/** Of a learner's rules the one for this quiz; it takes the place of the one for all, which has no quiz. */
export function ruleFor<Rule extends { readonly quiz: string | null }>(
  rules: readonly Rule[],
  quiz: string,
): Rule | null {
  return rules.find((rule) => rule.quiz === quiz) ?? rules.find((rule) => rule.quiz === null) ?? null
}
