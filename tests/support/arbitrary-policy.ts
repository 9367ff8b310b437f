import * as fc from 'fast-check'
import type { Json } from './quiz-document.ts'

/** Policies that publishing accepts of a public quiz, by what a learner is told and when. */

const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000)
/** Some of the members, and often none. */
const some = (model: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(model, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<Json>

const shuffle = some({ questions: fc.boolean(), options: fc.boolean() })
const common = {
  passingScore: share,
  gradeBy: fc.constantFrom('highest', 'latest', 'first', 'average'),
  shuffle,
}
const limits = { timeLimitSeconds: fc.integer({ min: 600, max: 7200 }), graceSeconds: fc.integer({ min: 0, max: 60 }) }

/** Nothing is told before the end: a response is a save. What is told then is up to `review`. */
export function savingPolicies(review: Json, { limited = true } = {}): fc.Arbitrary<Json> {
  return some({ ...common, certainty: fc.boolean(), penalty: share, ...(limited && limits) }).map((policy) => ({
    ...policy,
    ...review,
  }))
}

const paid = fc.uniqueArray(share, { minLength: 1, maxLength: 9 }).map((shares) => shares.toSorted((a, b) => b - a))
const tries = fc.option(fc.integer({ min: 1, max: 9 }))
const retries: fc.Arbitrary<Json> = fc.oneof(
  some({ penalty: share, tries }),
  fc.record({ retryScoring: fc.constantFrom('best', 'per-part'), tries, penalty: share }, { noNullPrototype: true }),
  fc.record({ retryScoring: fc.constant('declining'), tryPoints: paid }, { noNullPrototype: true }),
  fc.constant({ certainty: true }),
)

/** Verdicts are told at once, and what else `during` has. */
export function tryingPolicies({ limited = true } = {}): fc.Arbitrary<Json> {
  const during = fc.subarray(['score', 'feedback', 'explanation', 'answer']).map((items) => ['verdict', ...items])
  const reviews = fc.option(during, { nil: undefined }).map((items) => (items ? { review: { during: items } } : {}))
  return fc
    .tuple(some({ ...common, ...(limited && limits) }), retries, reviews)
    .map((parts) => Object.assign({}, ...parts) as Json)
}
