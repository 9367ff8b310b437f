import { Validator } from '@cfworker/json-schema'
import description from '../../openapi.json' with { type: 'json' }

interface Reply {
  readonly description: string
  readonly headers?: Record<string, { readonly required?: boolean }>
  readonly content?: Record<string, { readonly schema: object }>
}

interface Operation {
  readonly operationId: string
  readonly responses: Record<string, Reply>
}

const { paths, components } = description as unknown as {
  paths: Record<string, Record<string, Operation>>
  components: object
}

const templates = Object.keys(paths).map((path) => ({
  path,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
}))

const validators = new Map<object, Validator>()

/** Statuses that are answered before an operation is found, or that no operation needs to name. */
const EVERYWHERE = new Set([404, 405])

/** The operations of the description with what they answer. */
export const describedOperations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
)

/** Throws where an answer is not documented for its call, or does not match what is documented. */
export function checkAgainstDescription(
  method: string,
  pathAndQuery: string,
  answer: { status: number; headers: Headers; text: string; body: unknown },
): void {
  const path = pathAndQuery.replace(/\?.*$/s, '')
  const template = templates.find(({ pattern }) => pattern.test(path))
  const operation = template && paths[template.path]![(method === 'HEAD' ? 'GET' : method).toLowerCase()]
  if (!operation) return
  const reply = operation.responses[String(answer.status)]
  const where = `${method} ${pathAndQuery}: ${answer.status}`
  if (!reply) {
    if (EVERYWHERE.has(answer.status)) return
    throw new Error(`${where} is not documented. ${answer.text.slice(0, 500)}`)
  }
  for (const [header, { required }] of Object.entries(reply.headers ?? {})) {
    if (required && !answer.headers.has(header)) throw new Error(`${where} lacks the documented header ${header}.`)
  }
  const mediaType = answer.headers.get('Content-Type')?.replace(/;.*/, '')
  if (!reply.content || method === 'HEAD') {
    if (answer.text !== '') throw new Error(`${where} has a body, which is not documented.`)
    return
  }
  const documented = mediaType === undefined ? undefined : reply.content[mediaType]
  if (!documented) throw new Error(`${where} comes as ${mediaType}, which is not documented.`)
  if (mediaType === 'text/html' || mediaType === 'text/csv') return
  const { valid, errors } = validatorFor(documented.schema).validate(answer.body)
  if (!valid) throw new Error(`${where} does not match its schema: ${JSON.stringify(errors.slice(0, 4))}`)
}

function validatorFor(schema: object): Validator {
  const known = validators.get(schema)
  if (known) return known
  const made = new Validator({ ...schema, components }, '2020-12', false)
  validators.set(schema, made)
  return made
}
