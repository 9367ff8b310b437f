import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fraction } from '../../src/grading/fraction.ts'
import { type AuthoredPolicy, completePolicy, type Policy } from '../../src/grading/policy.ts'
import { type JudgedTry, shareOf } from '../../src/grading/retry-scoring.ts'

/** What holds of any tries, whatever they earned. */

const RUNS = { seed: 20_260_106, numRuns: 400 }
const MAX_TRIES = 6

/** Halves, thirds, quarters, sixths and their like, ends included. */
const fraction = fc
  .integer({ min: 1, max: 12 })
  .chain((of) => fc.integer({ min: 0, max: of }).map((n) => new Fraction(n, of)))
const millionths = fc.oneof(fc.constantFrom(0, 333_333, 250_000, 1_000_000), fc.integer({ min: 0, max: 1_000_000 }))
const weights = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 5 })

const wholeTries = fc
  .array(fraction, { minLength: 1, maxLength: MAX_TRIES })
  .map((earned): JudgedTry[] => earned.map((each) => ({ fraction: each, parts: null, given: null })))

/** Tries of one question in parts: what each part earned each time, and what it weighs. */
const triesInParts = weights.chain((given) =>
  fc
    .array(fc.array(fraction, { minLength: given.length, maxLength: given.length }), {
      minLength: 1,
      maxLength: MAX_TRIES,
    })
    .map((tries) => tries.map((earned) => inParts(earned, given))),
)

function inParts(earned: readonly Fraction[], given: readonly number[]): JudgedTry {
  const parts = earned.map((each, index) => ({ earned: each, weight: new Fraction(given[index]!, 1000) }))
  const total = parts.reduce((sum, { weight }) => sum.add(weight), new Fraction(0))
  const sum = parts.reduce((whole, part) => whole.add(part.earned.mul(part.weight)), new Fraction(0))
  return { fraction: sum.div(total), parts, given: null }
}

const complete = (policy: AuthoredPolicy): Policy => completePolicy({ tries: null, ...policy })

const penalised = (retryScoring: 'last' | 'best' | 'per-part') =>
  millionths.map((penalty) => complete({ retryScoring, penalty: penalty / 1_000_000 }))

/** Points for one try more than is drawn, so that one can be put before or after them. */
const declining = fc
  .array(millionths, { minLength: MAX_TRIES + 1, maxLength: MAX_TRIES + 1 })
  .map((points) => points.toSorted((a, b) => b - a).map((share) => share / 1_000_000))
  .map((tryPoints) => complete({ retryScoring: 'declining', tryPoints }))

const promising = fc.oneof(penalised('best'), declining)
const any = fc.oneof(penalised('last'), penalised('best'), penalised('per-part'), declining)
const anyTries = fc.oneof(wholeTries, triesInParts)

const holds = <T extends [unknown, ...unknown[]]>(
  drawn: { [I in keyof T]: fc.Arbitrary<T[I]> },
  law: (...values: T) => void,
) =>
  fc.assert(
    fc.property(...(drawn as unknown as [fc.Arbitrary<unknown>]), law as unknown as (value: unknown) => void),
    RUNS,
  )

const worthless = (like: JudgedTry): JudgedTry => ({
  fraction: new Fraction(0),
  parts: like.parts && like.parts.map(({ weight }) => ({ earned: new Fraction(0), weight })),
  given: null,
})

describe('whatever the tries earned', () => {
  it('their share is from 0 to 1', () => {
    holds([any, anyTries], (policy, tries) => {
      const share = shareOf(tries, policy)
      expect(share.compare(0)).toBeGreaterThanOrEqual(0)
      expect(share.compare(1)).toBeLessThanOrEqual(0)
    })
  })

  it('a learner never loses by trying again, where that is promised', () => {
    holds([promising, anyTries], (policy, tries) => {
      for (let count = 1; count < tries.length; count++) {
        const [before, later] = [shareOf(tries.slice(0, count), policy), shareOf(tries.slice(0, count + 1), policy)]
        expect(later.compare(before)).toBeGreaterThanOrEqual(0)
      }
    })
  })

  it('sooner pays more: the same tries after one that earned nothing come to no more', () => {
    holds([any, anyTries], (policy, tries) => {
      const later = shareOf([worthless(tries[0]!), ...tries], policy)
      expect(later.compare(shareOf(tries, policy))).toBeLessThanOrEqual(0)
    })
  })

  it('a try that earns more comes to no less', () => {
    holds([any, wholeTries, fraction], (policy, tries, more) => {
      const earned = tries.at(-1)!.fraction!
      const better = earned.add(more).compare(1) > 0 ? new Fraction(1) : earned.add(more)
      const bettered = [...tries.slice(0, -1), { ...tries.at(-1)!, fraction: better }]
      expect(shareOf(bettered, policy).compare(shareOf(tries, policy))).toBeGreaterThanOrEqual(0)
    })
  })

  it('one try comes to what it earned, by each of the rules', () => {
    holds([anyTries, millionths], ([only], penalty) => {
      const earned = only!.fraction!.toFraction()
      for (const retryScoring of ['last', 'best', 'per-part'] as const) {
        expect(shareOf([only!], complete({ retryScoring, penalty: penalty / 1_000_000 })).toFraction()).toBe(earned)
      }
      expect(shareOf([only!], complete({ retryScoring: 'declining', tryPoints: [1] })).toFraction()).toBe(earned)
    })
  })

  it('without a penalty the last or the best is what the last or the best earned', () => {
    holds([anyTries], (tries) => {
      const earned = tries.map((each) => each.fraction!)
      const best = earned.reduce((most, each) => (each.compare(most) > 0 ? each : most)).toFraction()
      const last = earned.at(-1)!.toFraction()
      expect(shareOf(tries, complete({ retryScoring: 'last' })).toFraction()).toBe(last)
      expect(shareOf(tries, complete({ retryScoring: 'per-part' })).toFraction()).toBe(last)
      expect(shareOf(tries, complete({ retryScoring: 'best' })).toFraction()).toBe(best)
      const tryPoints = tries.map(() => 1)
      expect(shareOf(tries, complete({ retryScoring: 'declining', tryPoints })).toFraction()).toBe(best)
    })
  })

  it('the order in which a question has its parts does not matter', () => {
    const shuffled = triesInParts.chain((tries) =>
      fc
        .shuffledSubarray(
          tries[0]!.parts!.map((_, index) => index),
          { minLength: tries[0]!.parts!.length },
        )
        .map(
          (places) =>
            [tries, tries.map((each) => ({ ...each, parts: places.map((place) => each.parts![place]!) }))] as const,
        ),
    )
    holds([penalised('per-part'), shuffled], (policy, [tries, otherwise]) => {
      expect(shareOf(otherwise, policy).toFraction()).toBe(shareOf(tries, policy).toFraction())
    })
  })

  it('a part is none of the other parts’ business: the share is the mean of what each comes to alone, by weights', () => {
    holds([penalised('per-part'), triesInParts], (policy, tries) => {
      const parts = tries[0]!.parts!
      const alone = parts.map(({ weight }, index) => {
        const own = tries.map((each) => inParts([each.parts![index]!.earned], [1]))
        return shareOf(own, policy).mul(weight)
      })
      const total = parts.reduce((sum, { weight }) => sum.add(weight), new Fraction(0))
      const mean = alone.reduce((sum, each) => sum.add(each), new Fraction(0)).div(total)
      expect(shareOf(tries, policy).toFraction()).toBe(mean.toFraction())
    })
  })
})
