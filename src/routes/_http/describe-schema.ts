import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'

/** Named schemas by their name, as they are found. */
export type Components = Map<string, unknown>

/**
 * A JSON Schema (draft 2020-12) of what a call takes (`input`) or gives (`output`). Parts that are named with
 * `v.metadata({ ref })` go to the components; one name for two shapes is an error.
 */
export function describeSchema(
  schema: v.GenericSchema,
  typeMode: 'input' | 'output',
  components: Components,
): Record<string, unknown> {
  const { $schema: _, ...described } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode,
    errorMode: 'ignore',
    overrideSchema: ({ valibotSchema, jsonSchema }) => discriminated(valibotSchema, jsonSchema),
  })
  return hoist(described, components) as Record<string, unknown>
}

/** A variant tells its kinds apart by one property. Programs that are made from the description want to know which. */
function discriminated(schema: { readonly type: string }, described: object): object | undefined {
  if (schema.type !== 'variant' || !('key' in schema) || !('oneOf' in described)) return undefined
  const propertyName = String(schema.key)
  const kinds = described.oneOf as { ref?: string; properties?: Record<string, { const?: string }> }[]
  const mapping = kinds.map(({ ref, properties }) => {
    const value = properties?.[propertyName]?.const
    if (ref === undefined || value === undefined) throw new Error('Every kind of a variant has a name and a literal.')
    return [value, toReference(ref)]
  })
  return { ...described, discriminator: { propertyName, mapping: Object.fromEntries(mapping) } }
}

function toReference(name: string): string {
  return `#/components/schemas/${name}`
}

function hoist(part: unknown, components: Components): unknown {
  if (Array.isArray(part)) return part.map((entry) => hoist(entry, components))
  if (typeof part !== 'object' || part === null) return part
  if (!('ref' in part) || typeof part.ref !== 'string') return hoistMembers(part, components)
  // What is the default belongs to the place where a named schema is used.
  const { ref, default: fallback, ...members } = part as { ref: string; default?: unknown }
  const hoisted = hoistMembers(members, components)
  const known = components.get(ref)
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(hoisted)) {
    throw new Error(`Two different schemas are named ${ref}.`)
  }
  components.set(ref, hoisted)
  return { $ref: toReference(ref), ...(fallback !== undefined && { default: fallback }) }
}

function hoistMembers(members: object, components: Components): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, hoist(member, components)]))
}
