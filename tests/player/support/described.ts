import { Validator } from '@cfworker/json-schema'
import description from '../../../openapi.json' with { type: 'json' }

const { components } = description as unknown as { components: { schemas: Record<string, object> } }

/** Throws where a value is not what the API description says under this name. */
export function expectDescribed(name: string, value: unknown): void {
  const schema = { ...components.schemas[name], components }
  const { valid, errors } = new Validator(schema, '2020-12', false).validate(value)
  if (!valid) throw new Error(`This is no ${name}: ${JSON.stringify(errors.slice(0, 4))}`)
}
