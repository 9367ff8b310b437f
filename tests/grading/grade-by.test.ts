import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gradeBy, type GradedAttempt, type GradedAttempts } from '../../src/grading/grade-by.ts'
import type { Standing } from '../../src/grading/standing.ts'

const RULES = ['highest', 'latest', 'first', 'average'] as const
type Rule = (typeof RULES)[number]

const attempt = fc
  .record({
    // Few maxima, so that shares are often equal; and some as large as a quiz can have them.
    maxScore: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 15_000_000_000 })),
    share: fc.oneof(fc.constantFrom(0, 1 / 3, 1 / 2, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    certainty: fc.boolean(),
    passed: fc.constantFrom(true, false, true, false, null),
  })
  .map(({ share, ...rest }): GradedAttempt => ({ ...rest, score: Math.floor(rest.maxScore * share) }))
const attempts = fc.array(attempt, { minLength: 1, maxLength: 8 }) as unknown as fc.Arbitrary<GradedAttempts>
/** In millionths: as precise as an author may write it. */
const passing = fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.constantFrom(333_333, 333_334, 500_000))

const RUNS = { seed: 20_260_105, numRuns: 500 }

/** The same in integers alone: fractions are never made, but multiplied out. */
function model(rule: Rule, millionths: number, list: GradedAttempts): Standing {
  if (rule === 'average') return averageOf(list, millionths)
  let chosen = list[0]
  for (const each of list) {
    if (rule === 'latest' || (rule === 'highest' && isAtLeast(each, chosen))) chosen = each
  }
  return { score: chosen.score, maxScore: chosen.maxScore, passed: chosen.passed }
}

function isAtLeast(one: Standing, other: Standing): boolean {
  const [a, b] = [one, other].map(({ score, maxScore }) =>
    maxScore === 0 ? ([0n, 1n] as const) : ([BigInt(score), BigInt(maxScore)] as const),
  )
  return a![0] * b![1] >= b![0] * a![1]
}

function averageOf(list: GradedAttempts, millionths: number): Standing {
  const count = BigInt(list.length)
  let [score, maxScore, thirds, pending] = [0n, 0n, 0n, false]
  for (const each of list) {
    score += BigInt(each.score)
    maxScore += BigInt(each.maxScore)
    thirds += BigInt(each.maxScore) * (each.certainty ? 1n : 3n)
    pending ||= each.passed === null
  }
  const half = (total: bigint) => Number((2n * total + count) / (2n * count))
  const passed = pending ? null : score * 3n * 1_000_000n >= BigInt(millionths) * thirds
  return { score: half(score), maxScore: half(maxScore), passed }
}

const policyOf = (rule: Rule, millionths: number) => ({ gradeBy: rule, passingScore: millionths / 1_000_000 })

describe('a grade', () => {
  for (const rule of RULES) {
    it(`by ${rule} is what integers alone make of the attempts`, () => {
      fc.assert(
        fc.property(attempts, passing, (list, millionths) => {
          expect(gradeBy(policyOf(rule, millionths), list)).toEqual(model(rule, millionths, list))
        }),
        RUNS,
      )
    })
  }

  it('of one attempt is that attempt, by any rule', () => {
    fc.assert(
      fc.property(attempt, passing, fc.constantFrom(...RULES), ({ certainty, ...standing }, millionths, rule) => {
        const { score, maxScore, passed } = gradeBy(policyOf(rule, millionths), [{ certainty, ...standing }])
        expect([score, maxScore]).toEqual([standing.score, standing.maxScore])
        expect(rule === 'average' || passed === standing.passed).toBe(true)
      }),
      RUNS,
    )
  })

  it('by highest or average has the same figures whatever came first', () => {
    fc.assert(
      fc.property(attempts, passing, (list, millionths) => {
        const reversed = list.toReversed() as unknown as GradedAttempts
        const average = policyOf('average', millionths)
        expect(gradeBy(average, reversed)).toEqual(gradeBy(average, list))
        const highest = policyOf('highest', millionths)
        const [there, back] = [gradeBy(highest, list), gradeBy(highest, reversed)]
        expect(isAtLeast(there, back) && isAtLeast(back, there)).toBe(true)
      }),
      RUNS,
    )
  })

  it('leaves the attempts as they are', () => {
    fc.assert(
      fc.property(attempts, fc.constantFrom(...RULES), (list, rule) => {
        const frozen = Object.freeze(list.map((each) => Object.freeze({ ...each }))) as unknown as GradedAttempts
        expect(gradeBy(policyOf(rule, 500_000), frozen)).toEqual(gradeBy(policyOf(rule, 500_000), list))
      }),
      RUNS,
    )
  })
})

describe('a mean is rounded to thousandths, half away from zero, and passes unrounded', () => {
  const examples: [scores: number[], passingScore: number, score: number, passed: boolean][] = [
    [[1000, 0, 0], 0.333333, 333, true],
    [[1000, 0, 0], 0.333334, 333, false],
    [[1000, 1000, 0], 0.666667, 667, false],
    [[1, 0], 0.0005, 1, true],
    [[1, 0], 0.000501, 1, false],
    [[1, 0, 0], 0, 0, true],
    [[1000, 999], 1, 1000, false],
  ]
  for (const [scores, passingScore, score, passed] of examples) {
    it(`${scores.join(', ')} of 1000 make ${score}, which ${passed ? 'passes' : 'does not pass'} at ${passingScore}`, () => {
      const [first, ...others] = scores.map((each) => ({ score: each, maxScore: 1000, certainty: false, passed: true }))
      const grade = gradeBy({ gradeBy: 'average', passingScore }, [first!, ...others])
      expect(grade).toEqual({ score, maxScore: 1000, passed })
    })
  }
})
