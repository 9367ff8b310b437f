import { hasDecimals, MAX_DECIMALS } from './fraction.ts'
import type { Issue } from './issue.ts'
import { Id } from './identifiers.ts'
import { strictObject } from './strict-object.ts'
import { strictRecord } from './strict-record.ts'
import { isBefore, Time } from './time.ts'
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
/** How many questions of a section an attempt holds. */
const Draw = strictRecord(Id, Count)

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
    draw: v.optional(v.nullable(Draw)),
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
    draw: v.nullable(Draw),
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
    tries: authored.tries === undefined ? defaultTries(authored, review) : authored.tries,
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

function defaultTries({ tryPoints }: AuthoredPolicy, review: Review): number | null {
  if (!review.during.includes('verdict')) return null
  return tryPoints?.length ?? 1
}

/** What a policy's parts say against each other: such a policy is refused, never half-obeyed. */
export function checkPolicy(policy: Policy, access: 'public' | 'restricted'): Issue[] {
  const { during } = policy.review
  const issues: Issue[] = []
  const inconsistent = (path: string[], detail: string) => issues.push(...issueIf(true, path, detail))
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
  return [...issues, ...checkRetries(policy), ...checkTimes(policy)]
}

function checkRetries({ review, tries, penalty, retryScoring, tryPoints, certainty }: Policy): Issue[] {
  const counted = review.during.includes('verdict')
  const declining = retryScoring === 'declining'
  return [
    ...issueIf(!counted && retryScoring !== 'last', ['retryScoring'], TRIES_ARE_NOT_COUNTED),
    ...issueIf(!declining && tryPoints !== null, ['tryPoints'], 'Points per try go with "declining" alone.'),
    ...issueIf(declining && tryPoints === null, ['tryPoints'], '"declining" needs the points of each try.'),
    ...issueIf(declining && penalty !== 0, ['penalty'], 'With "declining" the points of each try are the penalty.'),
    ...issueIf(
      declining && tryPoints !== null && tries !== tryPoints.length,
      ['tries'],
      'Expected as many tries as tryPoints has.',
    ),
    ...issueIf(
      tryPoints?.some((share, index) => index > 0 && share > tryPoints[index - 1]!) === true,
      ['tryPoints'],
      'A later try never pays more than an earlier one.',
    ),
    ...issueIf(certainty && counted && tries !== 1, ['certainty'], 'Certainty goes with one try a question.'),
  ]
}

function checkTimes({ opensAt, closesAt }: Policy): Issue[] {
  const backwards = opensAt !== null && closesAt !== null && !isBefore(opensAt, closesAt)
  return issueIf(backwards, ['closesAt'], 'A quiz closes after it opens.')
}

const TRIES_ARE_NOT_COUNTED = 'Tries are counted only where verdicts are shown during the attempt.'

function issueIf(wrong: boolean, path: string[], detail: string): Issue[] {
  return wrong ? [{ path, code: 'inconsistent', detail }] : []
}

/** What a draw says of sections that are not there, or hold too few questions or some that are worth more than others. */
export function checkDraw(
  { draw }: Policy,
  questions: readonly { readonly section: string; readonly points: number }[],
  sections: ReadonlySet<string>,
): Issue[] {
  return Object.entries(draw ?? {}).flatMap(([section, count]): Issue[] => {
    const path = ['draw', section]
    if (!sections.has(section)) return [{ path, code: 'unknown-id', detail: 'The quiz has no section with this id.' }]
    const points = questions.filter((question) => question.section === section).map((question) => question.points)
    return [
      ...issueIf(points.length < count, path, 'The section has fewer questions.'),
      ...issueIf(new Set(points).size > 1, path, 'Questions of a section that is drawn from have equal points.'),
    ]
  })
}
