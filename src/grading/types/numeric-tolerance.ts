import { Decimal, toExact } from '../decimal.ts'
import { Fraction, ZERO } from '../fraction.ts'
import { oneOf } from '../one-of.ts'
import { strictObject } from '../strict-object.ts'
import * as v from 'valibot'

/** How far from an author's value a number may be. Bounds are included, and everything is exact. */
const Amount = v.pipe(
  Decimal,
  v.check((amount) => toExact(amount).compare(ZERO) >= 0, 'Expected 0 or more.'),
)

const digits = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(15))

export const Tolerance = oneOf({
  absolute: strictObject({ absolute: Amount }),
  relative: strictObject({ relative: Amount }),
  geometric: strictObject({ geometric: Amount }),
  significantFigures: strictObject({ significantFigures: digits(1) }),
  decimalPlaces: strictObject({ decimalPlaces: digits(0) }),
})
export type Tolerance = v.InferOutput<typeof Tolerance>

/** The numbers from `min` to `max`. A bound that is null is none. */
export interface Interval {
  readonly min: Fraction | null
  readonly max: Fraction | null
  readonly includeMin: boolean
  readonly includeMax: boolean
}

/**
 * The numbers that are near enough to a value v:
 * - `absolute`: |x − v| ≤ t
 * - `relative`: |x − v| ≤ t · |v|
 * - `geometric`: |v| / (1 + t) ≤ |x| ≤ |v| · (1 + t), with the same sign
 * - `significantFigures`: |x − v| ≤ half a unit of the value's s-th figure
 * - `decimalPlaces`: |x − v| ≤ half a unit of the d-th place
 *
 * Moodle has the first three ("nominal", "relative", "geometric"), PrairieLearn the last two ("sigfig", "decdig").
 */
export function around(value: Fraction, tolerance: Tolerance | undefined): Interval {
  if (tolerance && 'geometric' in tolerance) {
    const factor = toExact(tolerance.geometric).add(1)
    const [nearZero, farther] = [value.div(factor), value.mul(factor)]
    return value.compare(ZERO) < 0 ? closed(farther, nearZero) : closed(nearZero, farther)
  }
  const reach = tolerance ? radius(value, tolerance) : ZERO
  return closed(value.sub(reach), value.add(reach))
}

function closed(min: Fraction, max: Fraction): Interval {
  return { min, max, includeMin: true, includeMax: true }
}

function radius(value: Fraction, tolerance: Exclude<Tolerance, { geometric: unknown }>): Fraction {
  if ('absolute' in tolerance) return toExact(tolerance.absolute)
  if ('relative' in tolerance) return toExact(tolerance.relative).mul(value.abs())
  if ('decimalPlaces' in tolerance) return powerOfTen(-tolerance.decimalPlaces).div(2)
  return powerOfTen(magnitude(value) - tolerance.significantFigures + 1).div(2)
}

/** The power of ten of the first figure: floor(log10 |value|). */
function magnitude(value: Fraction): number {
  const estimate = value.n.toString().length - value.d.toString().length
  return value.abs().compare(powerOfTen(estimate)) >= 0 ? estimate : estimate - 1
}

function powerOfTen(exponent: number): Fraction {
  return exponent < 0 ? new Fraction(1n, 10n ** BigInt(-exponent)) : new Fraction(10n ** BigInt(exponent))
}
