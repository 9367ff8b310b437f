import { hasDecimals, MAX_DECIMALS } from './fraction.ts'
import type { Issue } from './issue.ts'
import { strictObject } from './strict-object.ts'
import * as v from 'valibot'

/** What a review may show of a question: see the release rules in `release.ts`. */
export const REVIEW_ITEMS = ['verdict', 'score', 'feedback', 'explanation', 'answer', 'unanswered'] as const
export type ReviewItem = (typeof REVIEW_ITEMS)[number]

const ReviewList = v.pipe(
  v.array(v.picklist(REVIEW_ITEMS)),
  v.check((items) => new Set(items).size === items.length, 'Expected every item once.'),
)

/** A share or a penalty: 0 to 1, at most six decimals. */
export const Share = v.pipe(
  v.number(),
  v.minValue(0),
  v.maxValue(1),
  v.check((share) => hasDecimals(share, MAX_DECIMALS), 'Expected at most six decimals.'),
)

const Seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(366 * 24 * 60 * 60))
const Count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))
const Time = v.pipe(v.string(), v.isoTimestamp())

/** A policy as an author writes it: everything may be left out. */
export const AuthoredPolicy = v.pipe(
  strictObject({
    feedback: v.optional(v.picklist(['immediate', 'deferred', 'never'])),
    review: v.optional(
      strictObject({
        during: v.optional(ReviewList),
        finished: v.optional(ReviewList),
        closed: v.optional(ReviewList),
      }),
    ),
    tries: v.optional(v.nullable(Count)),
    penalty: v.optional(Share),
    retryScoring: v.optional(v.picklist(['last', 'best', 'declining', 'per-part'])),
    tryPoints: v.optional(v.nullable(v.pipe(v.array(Share), v.minLength(1), v.maxLength(1000)))),
    certainty: v.optional(v.boolean()),
    timeLimitSeconds: v.optional(v.nullable(v.pipe(Seconds, v.minValue(1)))),
    graceSeconds: v.optional(Seconds),
    attemptsPerLearner: v.optional(v.nullable(Count)),
    gradeBy: v.optional(v.picklist(['highest', 'latest', 'first', 'average'])),
    passingScore: v.optional(Share),
    shuffle: v.optional(strictObject({ questions: v.optional(v.boolean()), options: v.optional(v.boolean()) })),
    draw: v.optional(v.nullable(v.record(v.string(), Count))),
    opensAt: v.optional(v.nullable(Time)),
    closesAt: v.optional(v.nullable(Time)),
  }),
  v.metadata({ ref: 'AuthoredPolicy' }),
)
export type AuthoredPolicy = v.InferOutput<typeof AuthoredPolicy>

/** A policy with nothing left open: how attempts at one revision behave. */
export const Policy = v.pipe(
  strictObject({
    feedback: v.picklist(['immediate', 'deferred', 'never']),
    review: strictObject({ during: ReviewList, finished: ReviewList, closed: ReviewList }),
    tries: v.nullable(Count),
    penalty: Share,
    retryScoring: v.picklist(['last', 'best', 'declining', 'per-part']),
    tryPoints: v.nullable(v.array(Share)),
    certainty: v.boolean(),
    timeLimitSeconds: v.nullable(v.pipe(Seconds, v.minValue(1))),
    graceSeconds: Seconds,
    attemptsPerLearner: v.nullable(Count),
    gradeBy: v.picklist(['highest', 'latest', 'first', 'average']),
    passingScore: Share,
    shuffle: strictObject({ questions: v.boolean(), options: v.boolean() }),
    draw: v.nullable(v.record(v.string(), Count)),
    opensAt: v.nullable(Time),
    closesAt: v.nullable(Time),
  }),
  v.metadata({ ref: 'Policy' }),
)
export type Policy = v.InferOutput<typeof Policy>
export type Review = Policy['review']

const ANSWERED: ReviewItem[] = ['verdict', 'score', 'feedback', 'explanation', 'answer']
const REVIEWS: Record<Policy['feedback'], Review> = {
  immediate: { during: ANSWERED, finished: ANSWERED, closed: ANSWERED },
  deferred: { during: [], finished: ANSWERED, closed: ANSWERED },
  never: { during: [], finished: ['score'], closed: ['score'] },
}

export function showsVerdictsDuring(policy: Policy): boolean {
  return policy.review.during.includes('verdict')
}

/** Fills in every default. Filling in a filled-in policy changes nothing. */
export function completePolicy(authored: AuthoredPolicy): Policy {
  const feedback = authored.feedback ?? 'immediate'
  const review = { ...REVIEWS[feedback], ...authored.review }
  return {
    feedback,
    review,
    tries: authored.tries === undefined ? (review.during.includes('verdict') ? 1 : null) : authored.tries,
    penalty: authored.penalty ?? 0,
    retryScoring: authored.retryScoring ?? 'last',
    tryPoints: authored.tryPoints ?? null,
    certainty: authored.certainty ?? false,
    timeLimitSeconds: authored.timeLimitSeconds ?? null,
    graceSeconds: authored.graceSeconds ?? 0,
    attemptsPerLearner: authored.attemptsPerLearner ?? null,
    gradeBy: authored.gradeBy ?? 'highest',
    passingScore: authored.passingScore ?? 0.7,
    shuffle: { questions: authored.shuffle?.questions ?? false, options: authored.shuffle?.options ?? true },
    draw: authored.draw ?? null,
    opensAt: authored.opensAt ?? null,
    closesAt: authored.closesAt ?? null,
  }
}

/** What a policy's parts say against each other, and what is not built yet: such a policy is refused, never half-obeyed. */
export function checkPolicy(policy: Policy, access: 'public' | 'restricted'): Issue[] {
  const issues: Issue[] = []
  const inconsistent = (path: string[], detail: string) => issues.push({ path, code: 'inconsistent', detail })
  const { during } = policy.review
  if (during.length > 0 && !during.includes('verdict')) {
    inconsistent(['review', 'during'], 'What is shown during an attempt includes the verdict, or is nothing.')
  }
  if (during.includes('unanswered')) {
    inconsistent(['review', 'during'], 'Unanswered questions are never reviewed during an attempt.')
  }
  if (!during.includes('verdict') && policy.tries !== null) {
    inconsistent(['tries'], 'Tries can be counted only where verdicts are shown during the attempt.')
  }
  if (policy.attemptsPerLearner !== null && access !== 'restricted') {
    inconsistent(['attemptsPerLearner'], 'Attempts can be counted only of named learners: access must be "restricted".')
  }
  for (const field of UNBUILT) {
    if (policy[field.name] !== field.default) {
      issues.push({
        path: [field.name],
        code: 'not-supported',
        detail: `Only ${JSON.stringify(field.default)} is supported so far.`,
      })
    }
  }
  return issues
}

const UNBUILT = [
  { name: 'retryScoring', default: 'last' },
  { name: 'tryPoints', default: null },
  { name: 'certainty', default: false },
  { name: 'gradeBy', default: 'highest' },
  { name: 'draw', default: null },
  { name: 'opensAt', default: null },
  { name: 'closesAt', default: null },
] as const satisfies readonly { name: keyof Policy; default: unknown }[]
