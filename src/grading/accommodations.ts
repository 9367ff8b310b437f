import { hasDecimals } from './fraction.ts'
import { QuizId } from './identifiers.ts'
import type { Issue } from './issue.ts'
import { maxCharacters } from './max-characters.ts'
import { strictObject } from './strict-object.ts'
import * as v from 'valibot'

/** Rules a learner may have. */
const MAX_RULES = 100

const Factor = v.pipe(
  v.number(),
  v.minValue(1),
  v.maxValue(100),
  v.check((factor) => hasDecimals(factor, 3), 'Expected at most three decimals.'),
  v.description('Times as much time as the quiz gives, with at most three decimals.'),
)
const ExtraSeconds = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(366 * 24 * 60 * 60))
const ExtraAttempts = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))
const Quiz = v.pipe(v.nullable(QuizId), v.description('Null for every quiz that has no rule of its own.'))
const Reason = v.pipe(v.string(), v.minLength(1), maxCharacters(1000))

/** A rule as staff write it. A quiz need not be there yet. */
export const AuthoredAccommodation = v.pipe(
  strictObject({
    quiz: Quiz,
    factor: v.optional(v.nullable(Factor)),
    extraSeconds: v.optional(v.nullable(ExtraSeconds)),
    unlimited: v.optional(v.boolean()),
    extraAttempts: v.optional(v.nullable(ExtraAttempts)),
    reason: Reason,
  }),
  v.metadata({ ref: 'AuthoredAccommodation' }),
)
export type AuthoredAccommodation = v.InferOutput<typeof AuthoredAccommodation>

export const AuthoredAccommodations = v.pipe(v.array(AuthoredAccommodation), v.maxLength(MAX_RULES))

/** A rule as it stands. */
export const Accommodation = v.pipe(
  strictObject({
    quiz: Quiz,
    factor: v.nullable(v.number()),
    extraSeconds: v.nullable(v.number()),
    unlimited: v.boolean(),
    extraAttempts: v.nullable(v.number()),
    reason: v.string(),
    setAt: v.pipe(v.string(), v.isoTimestamp()),
    setBy: v.string(),
  }),
  v.metadata({ ref: 'Accommodation' }),
)
export type Accommodation = v.InferOutput<typeof Accommodation>

/** What an attempt that starts now would get, and what that came from. */
export const EffectiveTerms = v.pipe(
  strictObject({
    quiz: QuizId,
    timeLimitSeconds: v.pipe(
      v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
      v.description('Rounded up; null for no limit.'),
    ),
    attemptsPerLearner: v.pipe(
      v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
      v.description('Null for any number.'),
    ),
    because: v.array(strictObject({ source: v.picklist(['policy', 'accommodation', 'closesAt']), detail: v.string() })),
  }),
  v.metadata({ ref: 'EffectiveTerms' }),
)
export type EffectiveTerms = v.InferOutput<typeof EffectiveTerms>

/** What rules say against each other, or against themselves. Paths begin at the list. */
export function checkAccommodations(rules: readonly AuthoredAccommodation[]): Issue[] {
  return rules.flatMap((rule, index): Issue[] => {
    const issues: Issue[] = []
    if (rules.findIndex(({ quiz }) => quiz === rule.quiz) < index) {
      issues.push({ path: [index, 'quiz'], code: 'duplicate', detail: 'A rule for this quiz comes earlier.' })
    }
    const { factor = null, extraSeconds = null, unlimited = false, extraAttempts = null } = rule
    if (unlimited && (factor !== null || extraSeconds !== null)) {
      const detail = 'Without a limit there is nothing to multiply or to add to.'
      issues.push({ path: [index, 'unlimited'], code: 'inconsistent', detail })
    }
    if (!unlimited && factor === null && extraSeconds === null && extraAttempts === null) {
      issues.push({ path: [index], code: 'inconsistent', detail: 'A rule gives more time, or more attempts.' })
    }
    return issues
  })
}
