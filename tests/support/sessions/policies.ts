import * as fc from 'fast-check'

/** What a session's quiz is like: its policy as the model reads it, and the document's other choices. */
export interface Rules {
  readonly access: 'public' | 'restricted'
  readonly pool: boolean
  readonly points: readonly number[]
  readonly review: {
    readonly during: readonly string[]
    readonly finished: readonly string[]
    readonly closed: readonly string[]
  }
  /** Null for as many as one likes. */
  readonly tries: number | null
  readonly penalty: number
  readonly retryScoring: 'last' | 'best' | 'declining' | 'per-part'
  readonly tryPoints: readonly number[] | null
  readonly certainty: boolean
  readonly timeLimitSeconds: number | null
  readonly graceSeconds: number
  readonly attemptsPerLearner: number | null
  readonly passingScore: number
  readonly shuffle: { readonly questions: boolean; readonly options: boolean }
  readonly draws: boolean
  /** After how many seconds of the session the quiz closes. */
  readonly closesAfter: number | null
}

export const countsTries = ({ review }: Pick<Rules, 'review'>): boolean => review.during.includes('verdict')

const ITEMS = ['verdict', 'score', 'feedback', 'explanation', 'answer']
const REVIEWS = {
  immediate: { during: ITEMS, finished: ITEMS, closed: ITEMS },
  deferred: { during: [], finished: ITEMS, closed: ITEMS },
  never: { during: [], finished: ['score'], closed: ['score'] },
}

const someItems = fc.subarray([...ITEMS, 'unanswered'])
const reviews = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(REVIEWS.immediate) },
  { weight: 2, arbitrary: fc.constantFrom(REVIEWS.deferred, REVIEWS.never) },
  {
    weight: 3,
    arbitrary: fc.record({
      during: fc.oneof(
        fc.constant([]),
        fc.subarray(ITEMS.slice(1)).map((others) => ['verdict', ...others]),
      ),
      finished: someItems,
      closed: someItems,
    }),
  },
)

type Tried = Pick<Rules, 'tries' | 'penalty' | 'retryScoring' | 'tryPoints' | 'certainty'>

const PLAIN = { penalty: 0, retryScoring: 'last', tryPoints: null, certainty: false } as const

/** How tries are counted and what they come to, where verdicts are shown. */
const counted: fc.Arbitrary<Tried> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      tries: fc.constantFrom(1, 2, 3, 3, null),
      penalty: fc.constantFrom(0, 0.1, 0.333333, 0.5),
      retryScoring: fc.constantFrom('last', 'best', 'best', 'per-part', 'per-part'),
      tryPoints: fc.constant(null),
      certainty: fc.constant(false),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom([1, 0.5, 0.25], [1, 0.3], [0.9, 0.9, 0]).map((tryPoints): Tried => ({
      ...PLAIN,
      tries: tryPoints.length,
      retryScoring: 'declining',
      tryPoints,
    })),
  },
  { weight: 1, arbitrary: fc.constant<Tried>({ ...PLAIN, tries: 1, certainty: true }) },
)
const saved: fc.Arbitrary<Tried> = fc.boolean().map((certainty) => ({ ...PLAIN, tries: null, certainty }))

const rest = fc.record({
  access: fc.constantFrom('public', 'restricted'),
  pool: fc.boolean(),
  points: fc.array(fc.constantFrom(1000, 2000, 333, 2500, 7), { minLength: 5, maxLength: 5 }),
  timeLimitSeconds: fc.constantFrom(null, null, 60, 300),
  graceSeconds: fc.constantFrom(0, 0, 20),
  attemptsPerLearner: fc.constantFrom(null, 1, 2),
  passingScore: fc.constantFrom(0, 0.5, 0.5, 0.7, 1),
  shuffle: fc.record({ questions: fc.boolean(), options: fc.boolean() }),
  draws: fc.boolean(),
  closesAfter: fc.constantFrom(null, null, null, 120, 400),
})

export const rules: fc.Arbitrary<Rules> = reviews.chain((review) =>
  fc.tuple(countsTries({ review }) ? counted : saved, rest).map(([tried, others]) => ({
    ...others,
    ...tried,
    review,
    attemptsPerLearner: others.access === 'restricted' ? others.attemptsPerLearner : null,
    draws: others.draws && others.pool,
  })),
)

/** The policy as an author writes it, in a session that began at this time. */
export function policyOf(rule: Rules, began: number): Record<string, unknown> {
  const { review, tries, penalty, retryScoring, tryPoints, certainty, timeLimitSeconds, graceSeconds } = rule
  const closesAt = closesAtOf(rule, began)
  return {
    review,
    tries,
    penalty,
    retryScoring,
    tryPoints,
    certainty,
    timeLimitSeconds,
    graceSeconds,
    attemptsPerLearner: rule.attemptsPerLearner,
    passingScore: rule.passingScore,
    shuffle: rule.shuffle,
    draw: rule.draws ? { pool: 1 } : null,
    closesAt: closesAt === null ? null : new Date(closesAt).toISOString(),
  }
}

export const closesAtOf = ({ closesAfter }: Rules, began: number): number | null =>
  closesAfter === null ? null : began + closesAfter * 1000
