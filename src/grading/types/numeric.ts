import { isDecimal, MAX_DECIMAL_LENGTH, toDecimal, toExact } from '../decimal.ts'
import { type Fraction, ONE, ZERO } from '../fraction.ts'
import { type Issue, under } from '../issue.ts'
import { toFraction } from '../share.ts'
import { strictObject } from '../strict-object.ts'
import { NfcString } from '../text/nfc.ts'
import { accepts, checkAnswer, examplesOf, NumericAnswer } from './numeric-answer.ts'
import { checkUnits, type UnitKeys, UnitKeys as UnitKeysSchema, UnitNames, unitOf } from './numeric-units.ts'
import { PLAIN, type QuestionType } from './question-type.ts'
import * as v from 'valibot'

const MAX_ANSWERS = 20

export const NumericKey = strictObject({
  answers: v.pipe(v.array(NumericAnswer), v.minLength(1), v.maxLength(MAX_ANSWERS)),
  units: v.optional(UnitKeysSchema),
})
export interface NumericKey {
  readonly answers: readonly NumericAnswer[]
  readonly units?: UnitKeys | undefined
}

const DECIMAL_OR_COMMA = /^\s*[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?\s*$/

/** Whether a text is a decimal depends on the question too, which may take a comma: `checkResponse` says. */
const Response = strictObject({
  number: v.pipe(
    v.union([
      v.pipe(v.string(), v.maxLength(MAX_DECIMAL_LENGTH), v.regex(DECIMAL_OR_COMMA, 'Expected a decimal.')),
      v.pipe(v.number(), v.minValue(Number.MIN_SAFE_INTEGER), v.maxValue(Number.MAX_SAFE_INTEGER)),
    ]),
    v.description('A decimal in a string, or a number.'),
  ),
  unit: v.optional(v.pipe(NfcString, v.maxLength(40))),
})
interface Response {
  readonly number: string | number
  readonly unit?: string | undefined
}

export interface NumericContent {
  readonly units?: readonly string[] | undefined
  readonly decimalComma?: boolean | undefined
}

/** A number, with a unit where the question lists units. */
export const numeric: QuestionType<NumericContent, NumericKey, Response> = {
  ...PLAIN,
  type: 'numeric',
  lists: {},
  fields: { units: v.optional(UnitNames), decimalComma: v.optional(v.boolean()) },
  key: NumericKey,
  response: Response,
  methods: () => ['exact'],
  checkKey: (content, key) => [
    ...key.answers.flatMap((answer, index) => under(['answers', index], checkAnswer(answer))),
    ...checkWhole(key),
    ...checkUnits(content.units, key.units),
  ],
  checkResponse({ units, decimalComma }, { number, unit }) {
    const issues: Issue[] = []
    if (!isDecimal(pointed(number, decimalComma))) {
      issues.push({
        path: ['number'],
        code: 'invalid-shape',
        detail: decimalComma ? 'Expected a decimal, with a point or a comma.' : 'Expected a decimal.',
      })
    }
    if (units === undefined && unit !== undefined) {
      issues.push({ path: ['unit'], code: 'inconsistent', detail: 'This question has no units.' })
    } else if (units && unit === undefined) {
      issues.push({ path: ['unit'], code: 'inconsistent', detail: 'Expected a unit of the question.' })
    } else if (units && !units.includes(unit!.normalize('NFC'))) {
      issues.push({ path: ['unit'], code: 'unknown-id', detail: 'The question has no such unit.' })
    }
    return issues
  },
  canonical: ({ number, unit }, { decimalComma }) => ({
    number: toExact(pointed(number, decimalComma)).toFraction(),
    unit: unit?.normalize('NFC'),
  }),
  words: ({ units }) => units ?? [],
  rename: ({ number, unit }, nameOf) =>
    unit === undefined ? { number } : { number, unit: nameOf(unit.normalize('NFC')) },
  grade({ content, key, response }) {
    const { factor, fraction } = unitOf(key.units, response.unit)
    const value = toExact(pointed(response.number, content.decimalComma)).mul(factor)
    const fractions = key.answers
      .filter((answer) => accepts(answer, value))
      .map((answer) => toFraction(answer.fraction))
    return greatest(fractions).mul(fraction)
  },
  answer({ units }, key) {
    const whole = units?.filter((unit) => unitOf(key.units, unit).fraction.equals(ONE)) ?? [undefined]
    const written = (write: WriteNumber): Response | null => {
      for (const answer of key.answers.filter(isWhole)) {
        for (const example of examplesOf(answer)) {
          for (const unit of whole) {
            const number = write(answer, example, unitOf(key.units, unit).factor)
            if (number !== null) return unit === undefined ? { number } : { number, unit }
          }
        }
      }
      return null
    }
    return written(writeExactly) ?? written(writeRounded)
  },
}

function pointed(number: string | number, decimalComma: boolean | undefined): string {
  return decimalComma ? String(number).replace(',', '.') : String(number)
}

function checkWhole({ answers }: NumericKey): Issue[] {
  if (answers.some(isWhole)) return []
  return [{ path: ['answers'], code: 'inconsistent', detail: 'No answer earns everything.' }]
}

function isWhole({ fraction }: NumericAnswer): boolean {
  return toFraction(fraction).equals(ONE)
}

function greatest(fractions: readonly Fraction[]): Fraction {
  return fractions.reduce((most, each) => (each.compare(most) > 0 ? each : most), ZERO)
}

/** Writes a number that an answer accepts in a unit of this factor. Null where it cannot be written. */
type WriteNumber = (answer: NumericAnswer, number: Fraction, factor: Fraction) => string | null

const writeExactly: WriteNumber = (_answer, number, factor) => toDecimal(number.div(factor))

/** In a unit a number may have no end: then as far as the answer allows. */
const writeRounded: WriteNumber = (answer, number, factor) => {
  const rounded = number.div(factor).round(12)
  return accepts(answer, rounded.mul(factor)) ? toDecimal(rounded) : null
}
