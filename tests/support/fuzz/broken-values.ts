import * as fc from 'fast-check'
import { nearMisses } from '../../grading/arbitrary-questions.ts'
import { isValid, resolved, type Schema } from './schema.ts'
import type { Json } from '../quiz-document.ts'

/** A value with one thing wrong at one place, and what that is. */
export interface Broken {
  readonly what: string
  readonly value: unknown
}

/** What a schema refuses, and would not but for one thing. */
export function brokenFrom(schema: Schema, value: unknown): fc.Arbitrary<Broken> {
  // A whole quiz has hundreds of edges, and to look at one takes long: only what is drawn is looked at.
  const justOver = fc.constantFrom(...edgesOf(schema, value)).filter((broken) => !isValid(schema, broken.value))
  const near = nearMisses(value)
    .filter((other) => !isValid(schema, other))
    .map((other) => ({ what: 'changed', value: other }))
  return fc.oneof({ weight: 2, arbitrary: justOver }, { weight: 1, arbitrary: near })
}

/** Everything in a value that can be moved just over a bound, left out, renamed, or added. */
function edgesOf(schema: Schema, value: unknown, at = ''): Broken[] {
  const of = resolved(schema)
  const variant = (of.anyOf ?? of.oneOf)?.find((each) => isValid(each, value))
  if (variant) return edgesOf(variant, value, at)
  const here = (what: string, other: unknown): Broken => ({ what: `${what} at ${at || '/'}`, value: other })
  const wrongType = here('another type', typeof value === 'string' ? [value] : JSON.stringify(value))
  if (of.enum || 'const' in of) return [wrongType, here('no such value', 'by-mood'), here('null', null)]
  if (typeof value === 'number')
    return [wrongType, ...numberEdges(of).map((other) => here('a number out of bounds', other))]
  if (typeof value === 'string')
    return [wrongType, ...textEdges(of, value).map((other) => here('a text out of bounds', other))]
  if (Array.isArray(value)) return [wrongType, ...listEdges(of, value, at, here)]
  if (typeof value === 'object' && value !== null) return [wrongType, ...memberEdges(of, value as Json, at, here)]
  return [wrongType]
}

function numberEdges({ type, minimum, maximum }: Schema): number[] {
  const bounds = [
    ...(minimum === undefined ? [] : [minimum - 1, minimum - 0.001]),
    ...(maximum === undefined ? [] : [maximum + 1]),
  ]
  return [...bounds, ...(type === 'integer' ? [(minimum ?? 0) + 0.5] : [])]
}

function textEdges({ minLength = 0, maxLength, pattern }: Schema, value: string): string[] {
  return [
    ...(minLength > 0 ? [value.slice(0, minLength - 1)] : []),
    ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)]),
    ...(pattern === undefined ? [] : ['', ' ', `${value} `, `${value}/..`, `${value}\u0000`, 'ü'.repeat(70)]),
  ]
}

type Here = (what: string, other: unknown) => Broken

function listEdges(
  { items = {}, minItems = 0, maxItems }: Schema,
  value: readonly unknown[],
  at: string,
  here: Here,
): Broken[] {
  const [first] = value
  return [
    ...(minItems > 0 ? [here('too few', value.slice(0, minItems - 1))] : []),
    ...(maxItems !== undefined && value.length > 0
      ? [
          here(
            'too many',
            Array.from({ length: maxItems + 1 }, () => first),
          ),
        ]
      : []),
    here('a member of another type', [...value, null]),
    ...value.flatMap((each, index) =>
      edgesOf(items, each, `${at}/${index}`).map(({ what, value: other }) => ({
        what,
        value: value.with(index, other),
      })),
    ),
  ]
}

function memberEdges(
  { properties = {}, required = [], additionalProperties }: Schema,
  value: Json,
  at: string,
  here: Here,
): Broken[] {
  const schemaOf = (name: string) =>
    properties[name] ?? (typeof additionalProperties === 'object' ? additionalProperties : {})
  return [
    ...required.map((name) =>
      here(`no ${name}`, Object.fromEntries(Object.entries(value).filter(([each]) => each !== name))),
    ),
    here('an unknown member', { ...value, extra: 1 }),
    here('a member of every object', { ...value, ['constructor']: {} }),
    ...Object.entries(value).flatMap(([name, each]) =>
      edgesOf(schemaOf(name), each, `${at}/${name}`).map(({ what, value: other }) => ({
        what,
        value: { ...value, [name]: other },
      })),
    ),
  ]
}
