import { type Fraction, hasDecimals, ZERO } from '../fraction.ts'
import { Id } from '../identifiers.ts'
import { oneOf } from '../one-of.ts'
import { strictObject } from '../strict-object.ts'
import { AcceptedTexts } from '../text/accepted-texts.ts'
import { stepsOf } from '../text/check-accepted-texts.ts'
import { numeric, NumericKey } from './numeric.ts'
import { Weights } from './options.ts'
import type { QuestionType } from './question-type.ts'
import { MAX_SHORT_TEXT, shortText } from './short-text.ts'
import { singleChoice } from './single-choice.ts'
import * as v from 'valibot'

/** A blank of a cloze: an id, a type, and what that type adds to a question. */
export interface Blank {
  readonly id: string
  readonly type: string
}

/** What is particular to a type as that of a blank. */
interface BlankType {
  readonly type: QuestionType
  /** A blank takes a text, which is the one member of its type's response. */
  readonly member: string
  /** How long grading a response takes at most, in the steps of `stepsOf`. */
  readonly steps: (blank: Blank, key: never) => number
}

/** A number is compared with big integers. */
const STEPS_OF_A_NUMBER = 4000

const BLANK_TYPES: readonly BlankType[] = [
  {
    type: shortText,
    member: 'text',
    steps: ({ maxLength = MAX_SHORT_TEXT }: Blank & { readonly maxLength?: number }, key: AcceptedTexts) =>
      stepsOf(key, maxLength),
  },
  {
    // Without units: there is no place for one in a blank.
    type: { ...numeric, fields: { decimalComma: numeric.fields['decimalComma']! } },
    member: 'number',
    steps: (_blank, key: NumericKey) => key.answers.length * STEPS_OF_A_NUMBER,
  },
  { type: singleChoice, member: 'choice', steps: () => 0 },
]

export const blankTypes: readonly QuestionType[] = BLANK_TYPES.map(({ type }) => type)

const byName = new Map(BLANK_TYPES.map((entry) => [entry.type.type, entry]))

export function blankType({ type }: Blank): QuestionType {
  return byName.get(type)!.type
}

/** What filling in a blank is to the blank's type. */
export function toResponse({ type }: Blank, value: string): unknown {
  return { [byName.get(type)!.member]: value }
}

/** The text that stands for a response of the blank's type. */
export function toValue({ type }: Blank, response: unknown): string {
  return String((response as Record<string, unknown>)[byName.get(type)!.member])
}

/** The type whose key this is: the shape of a key says so. */
export function typeOfKey(key: BlankKey): QuestionType {
  const name = !('answers' in key) ? singleChoice.type : 'normaliser' in key ? shortText.type : numeric.type
  return byName.get(name)!.type
}

/** How long grading a blank takes at most. Takes a key of the blank's type. */
export function stepsOfBlank(blank: Blank, key: BlankKey): number {
  return byName.get(blank.type)!.steps(blank, key as never)
}

/** What a text earns in a blank, 0..1. */
export function gradeBlank(blank: Blank, key: BlankKey, value: string): Fraction {
  const type = blankType(blank)
  const scoring = { method: type.methods(key)[0]! }
  return type.grade({ content: blank, key, scoring, response: toResponse(blank, value) }) ?? ZERO
}

const weight = v.optional(
  v.pipe(
    v.number(),
    v.minValue(0.001),
    v.maxValue(10_000),
    v.check((value) => hasDecimals(value, 3), 'Expected at most three decimals.'),
  ),
  1,
)

/** The key of a blank: that of its type, and what the blank weighs among the others. */
export const BlankKey = oneOf(
  {
    choice: strictObject({ choice: Id, weight }),
    weights: strictObject({ weights: Weights, weight }),
    numbers: strictObject({ answers: NumericKey.entries.answers, weight }),
    texts: strictObject({ ...AcceptedTexts.entries, weight }),
  },
  (input) => {
    if ('choice' in input) return 'choice'
    if ('weights' in input) return 'weights'
    if (!('answers' in input)) return undefined
    return Array.isArray(input.answers) && input.answers.some(isNumber) ? 'numbers' : 'texts'
  },
  'Expected the key of a blank, with one of these: answers, choice, weights.',
)
export type BlankKey = v.InferOutput<typeof BlankKey>

function isNumber(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && ('value' in answer || 'range' in answer)
}
