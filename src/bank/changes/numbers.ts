import { type Decimal, toDecimal, toExact } from '../../grading/decimal.ts'
import type { Fraction } from '../../grading/fraction.ts'
import type { NumericAnswer } from '../../grading/types/numeric-answer.ts'
import { around, type Tolerance } from '../../grading/types/numeric-tolerance.ts'
import type { NumericKey } from '../../grading/types/numeric.ts'
import { changeFraction, changePresence } from './fractions.ts'
import { type ChangeKey, type KeyChange, replaced } from './key-change.ts'

/** An answer is not there, is another one, or accepts more or less; a unit means something else. */
export const changeNumbers: ChangeKey<NumericKey> = ({ key }) => [
  ...key.answers.flatMap((answer, index): KeyChange[] => {
    const changed = [...changeAnswer(answer), ...changeFraction(answer)].map(({ what, answer: other }) => ({
      what: `answer ${index + 1} ${what}`,
      key: { ...key, answers: replaced(key.answers, index, other) },
    }))
    return [...changePresence(answer, index, key), ...changed]
  }),
  ...Object.entries(key.units ?? {}).flatMap(([unit, written]): KeyChange[] => {
    const { factor, fraction } = typeof written === 'object' ? written : { factor: written, fraction: 1 }
    const larger = { factor: toDecimal(toExact(factor).mul(10)) ?? factor, fraction }
    return [{ what: 'means ten times as much', answer: larger }, ...changeFraction({ factor, fraction })].map(
      ({ what, answer }) => ({ what: `${unit} ${what}`, key: { ...key, units: { ...key.units, [unit]: answer } } }),
    )
  }),
]

interface AnswerChange {
  readonly what: string
  readonly answer: NumericAnswer
}

function changeAnswer(answer: NumericAnswer): AnswerChange[] {
  if ('range' in answer) {
    const { range } = answer
    const { min, max, includeMin, includeMax } = range
    const changes = [
      min !== undefined && max !== undefined && { what: 'has no lower bound', range: without(range, 'min') },
      min !== undefined && max !== undefined && { what: 'has no upper bound', range: without(range, 'max') },
      min !== undefined && { what: 'treats its lower bound otherwise', range: { ...range, includeMin: !includeMin } },
      max !== undefined && { what: 'treats its upper bound otherwise', range: { ...range, includeMax: !includeMax } },
    ]
    return changes.flatMap((change) =>
      change ? [{ what: change.what, answer: { ...answer, range: change.range } }] : [],
    )
  }
  const { tolerance, ...exact } = answer
  const value = toExact(answer.value)
  const another = value.mul(2).add(1)
  const next = toDecimal(another.equals(value) ? value.sub(1) : another)
  return [
    ...(next === null ? [] : [{ what: 'is another number', answer: { ...answer, value: next } }]),
    ...(tolerance && acceptsMore(value, tolerance)
      ? [
          { what: 'has no tolerance', answer: exact },
          { what: 'has a larger tolerance', answer: { ...answer, tolerance: enlarged(tolerance) } },
        ]
      : []),
  ]
}

function without<T extends object, Name extends keyof T>(record: T, name: Name): Omit<T, Name> {
  const { [name]: _, ...rest } = record
  return rest
}

/** A tolerance that accepts nothing but the value is none: nobody could notice that it is missing. */
function acceptsMore(value: Fraction, tolerance: Tolerance): boolean {
  const { min, max } = around(value, tolerance)
  return !min!.equals(max!)
}

/** Twice as large, or one figure or place less. */
function enlarged(tolerance: Tolerance): Tolerance {
  if ('significantFigures' in tolerance) return { significantFigures: tolerance.significantFigures - 1 }
  if ('decimalPlaces' in tolerance) return { decimalPlaces: tolerance.decimalPlaces - 1 }
  if ('absolute' in tolerance) return { absolute: twice(tolerance.absolute) }
  if ('relative' in tolerance) return { relative: twice(tolerance.relative) }
  return { geometric: twice(tolerance.geometric) }
}

function twice(amount: Decimal): Decimal {
  return toDecimal(toExact(amount).mul(2)) ?? amount
}
