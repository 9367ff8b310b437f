import * as fc from 'fast-check'
import { resolved, type Schema } from './schema.ts'

/** Values that a schema admits, small for the most part, and now and then as long as they may be. */

/** Longer texts than this are not drawn: they cost much and say little. */
const LONGEST = 1000

/** Values by a schema. A text is now and then one of the words that fit: ids that name something, which no chance would find. */
export function valuesOf(schema: Schema, words: readonly string[] = []): fc.Arbitrary<unknown> {
  const of = resolved(schema)
  const variants = of.anyOf ?? of.oneOf
  if (variants) return fc.oneof(...variants.map((variant) => valuesOf(variant, words)))
  if ('const' in of) return fc.constant(of.const)
  if (of.enum) return fc.constantFrom(...of.enum)
  if (of.type === 'null') return fc.constant(null)
  if (of.type === 'boolean') return fc.boolean()
  if (of.type === 'integer' || of.type === 'number') return numbers(of)
  if (of.type === 'string') return texts(of, words)
  if (of.type === 'array') {
    const { items = {}, minItems = 0, maxItems = 3 } = of
    return fc.array(valuesOf(items, words), {
      minLength: minItems,
      maxLength: Math.max(minItems, Math.min(maxItems, 3)),
    })
  }
  if (of.type === 'object') return objects(of, words)
  return fc.jsonValue({ maxDepth: 2 })
}

function numbers({ type, minimum = -1e6, maximum = 1e6 }: Schema): fc.Arbitrary<number> {
  const whole = fc.integer({ min: Math.ceil(minimum), max: Math.min(Math.floor(maximum), 2 ** 31 - 1) })
  if (type === 'integer') return whole
  const thousandths = fc.integer({ min: minimum * 1000, max: Math.min(maximum * 1000, 2 ** 31 - 1) })
  return fc.oneof(
    whole,
    thousandths.map((each) => each / 1000),
  )
}

const isText = (text: string) => text.isWellFormed() && !text.includes('\0')

function texts(
  { pattern, minLength = 0, maxLength = LONGEST }: Schema,
  words: readonly string[],
): fc.Arbitrary<string> {
  const max = Math.min(maxLength, LONGEST)
  const regex = pattern === undefined ? null : new RegExp(pattern, 'u')
  const fits = (text: string) =>
    isText(text) && length(text) >= minLength && length(text) <= maxLength && (regex?.test(text) ?? true)
  // A pattern that only forbids, or looks for something anywhere, is met by nearly every text.
  const drawn =
    regex && /^\^(?!\(\?!)/.test(regex.source)
      ? matching(regex)
      : fc.oneof(
          {
            weight: 9,
            arbitrary: fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(max, minLength + 20) }),
          },
          { weight: 1, arbitrary: fc.constant('ü'.repeat(max)) },
        )
  const fitting = words.filter(fits)
  if (fitting.length === 0) return drawn.filter(fits)
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: drawn.filter(fits) })
}

/** An instant is one of the calendar, which no pattern knows. */
function matching({ source }: RegExp): fc.Arbitrary<string> {
  if (source.startsWith('^\\d{4}-')) {
    return fc
      .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString())
  }
  // A part of a thousand characters is as well met by one of forty, and much sooner.
  return fc.stringMatching(new RegExp(source.replace(/\{1,\d{3,}\}/, '{1,40}'), 'u'))
}

const length = (text: string) => [...text].length

function objects(
  { properties = {}, required = [], additionalProperties, propertyNames }: Schema,
  words: readonly string[],
): fc.Arbitrary<unknown> {
  if (typeof additionalProperties === 'object') {
    const names = propertyNames
      ? (valuesOf(propertyNames, words) as fc.Arbitrary<string>)
      : fc.string({ maxLength: 20 }).filter(isText)
    return fc.dictionary(names, valuesOf(additionalProperties, words), { maxKeys: 3, noNullPrototype: true })
  }
  const members = Object.entries(properties).map(([name, schema]) => [name, valuesOf(schema, words)])
  return fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [...required],
    noNullPrototype: true,
  })
}
