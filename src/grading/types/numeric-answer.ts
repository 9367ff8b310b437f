import { Decimal, toExact } from '../decimal.ts'
import type { Fraction } from '../fraction.ts'
import type { Issue } from '../issue.ts'
import { oneOf } from '../one-of.ts'
import { Share } from '../share.ts'
import { strictObject } from '../strict-object.ts'
import { around, type Interval, Tolerance } from './numeric-tolerance.ts'
import * as v from 'valibot'

const fraction = v.optional(Share, 1)

const Range = v.pipe(
  strictObject({
    min: v.optional(Decimal),
    max: v.optional(Decimal),
    includeMin: v.optional(v.boolean(), true),
    includeMax: v.optional(v.boolean(), true),
  }),
  v.check(({ min, max }) => min !== undefined || max !== undefined, 'Expected min, max or both.'),
)

/** A number that is accepted: a value and what is near it, or a range. */
export const NumericAnswer = oneOf({
  value: strictObject({ value: Decimal, tolerance: v.optional(Tolerance), fraction }),
  range: strictObject({ range: Range, fraction }),
})
export type NumericAnswer = v.InferOutput<typeof NumericAnswer>

/** The numbers that an answer accepts. */
export function acceptedNumbers(answer: NumericAnswer): Interval {
  if ('value' in answer) return around(toExact(answer.value), answer.tolerance)
  const { min, max, includeMin, includeMax } = answer.range
  return { min: toBound(min), max: toBound(max), includeMin, includeMax }
}

function toBound(decimal: Decimal | undefined): Fraction | null {
  return decimal === undefined ? null : toExact(decimal)
}

export function accepts(answer: NumericAnswer, x: Fraction): boolean {
  const { min, max, includeMin, includeMax } = acceptedNumbers(answer)
  const overMin = min === null ? 1 : x.compare(min)
  const overMax = max === null ? -1 : x.compare(max)
  return (overMin > 0 || (overMin === 0 && includeMin)) && (overMax < 0 || (overMax === 0 && includeMax))
}

/** Numbers that an answer accepts: the value; of a range the middle, its bounds, or what lies behind its only one. */
export function examplesOf(answer: NumericAnswer): Fraction[] {
  if ('value' in answer) return [toExact(answer.value)]
  const { min, max } = acceptedNumbers(answer)
  const between = min && max ? [min.add(max).div(2)] : []
  const behind = min ? [min.add(1), min.add(min.abs())] : max ? [max.sub(1), max.sub(max.abs())] : []
  const bounds = [min, max].filter((bound) => bound !== null)
  return [...between, ...bounds, ...behind].filter((number) => accepts(answer, number))
}

/** An answer that accepts nothing, or means nothing, is a mistake. */
export function checkAnswer(answer: NumericAnswer): Issue[] {
  if ('value' in answer) {
    const { value, tolerance } = answer
    if (!tolerance || !('significantFigures' in tolerance) || !toExact(value).equals(0)) return []
    return [{ path: ['tolerance'], code: 'inconsistent', detail: 'Zero has no significant figures.' }]
  }
  return examplesOf(answer).length > 0
    ? []
    : [{ path: ['range'], code: 'inconsistent', detail: 'No number is in this range.' }]
}
