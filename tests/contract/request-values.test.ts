import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brokenFrom } from '../support/fuzz/broken-values.ts'
import { described } from '../support/fuzz/described.ts'
import { isValid } from '../support/fuzz/schema.ts'
import { valuesOf } from '../support/fuzz/schema-values.ts'
import { takenBodies, WORDS } from '../support/fuzz/taken-bodies.ts'

/** What requests are made of, held to the schemas that they are made from. */

const RUNS = { seed: 20_260_108, numRuns: 20, endOnFailure: true }
const bodies = described.flatMap(({ id, body }) => (body ? [{ id, schema: body.schema }] : []))
const parameters = described.flatMap(({ id, parameters: all }) =>
  all.map(({ name, schema }) => ({ id: `${id} ${name}`, schema })),
)

describe.each([...bodies, ...parameters])('of $id', ({ schema }) => {
  it('what is drawn by a schema fits it', () => {
    fc.assert(
      fc.property(valuesOf(schema, WORDS), (value) => {
        expect(isValid(schema, value)).toBe(true)
      }),
      RUNS,
    )
  })
})

describe.each(bodies)('of $id', ({ id, schema }) => {
  it('what should be taken fits the schema, and what was broken does not', () => {
    fc.assert(
      fc.property(
        takenBodies(id, schema).chain((value) => fc.tuple(fc.constant(value), brokenFrom(schema, value))),
        ([value, broken]) => {
          expect([isValid(schema, value), isValid(schema, broken.value)], broken.what).toEqual([true, false])
        },
      ),
      RUNS,
    )
  })
})

it('a keyword that nobody here knows is not passed over', () => {
  expect(() => valuesOf({ type: 'string', format: 'uri' } as object)).toThrow('format')
})
