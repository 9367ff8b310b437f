import { Validator } from '@cfworker/json-schema'
import description from '../../../openapi.json' with { type: 'json' }

/** The part of JSON Schema that openapi.json writes requests in. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly propertyNames?: Schema
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
}

const KEYWORDS = new Set(
  ['$ref', 'type', 'const', 'enum', 'anyOf', 'oneOf', 'properties', 'required', 'additionalProperties'].concat(
    ['propertyNames', 'items', 'minItems', 'maxItems', 'minLength', 'maxLength', 'pattern', 'minimum', 'maximum'],
    // These say nothing about what is valid.
    ['description', 'default', 'discriminator'],
  ),
)

const components = description.components as unknown as { readonly schemas: Readonly<Record<string, Schema>> }

/** The schema itself where it is a reference. Throws on a keyword that nobody here knows. */
export function resolved(schema: Schema): Schema {
  const unknown = Object.keys(schema).filter((keyword) => !KEYWORDS.has(keyword))
  if (unknown.length > 0) throw new Error(`No value can be drawn by the keyword ${unknown.join()}.`)
  return schema.$ref === undefined ? schema : resolved(components.schemas[schema.$ref.replace(/^.*\//, '')]!)
}

const validators = new Map<Schema, Validator>()

export function isValid(schema: Schema, value: unknown): boolean {
  let validator = validators.get(schema)
  if (!validator) {
    validator = new Validator({ ...(schema as object), components }, '2020-12', true)
    validators.set(schema, validator)
  }
  return validator.validate(value).valid
}
