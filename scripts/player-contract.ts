import { readFileSync, writeFileSync } from 'node:fs'
import { compile, type JSONSchema } from 'json-schema-to-typescript'

/**
 * Writes the types of the player from openapi.json: what it knows of the server is the public contract. With `--check` it only
 * says whether they are current.
 */
const FILE = 'player/contract.ts'

/** Bodies that have no name in the description, by the name they get here. */
const BODIES = {
  Quizzes: ['/v1/quizzes', 'get', '200'],
  Started: ['/v1/quizzes/{quiz}/attempts', 'post', '201'],
  Resumed: ['/v1/attempts/{attempt}', 'get', '200'],
  Submitted: ['/v1/attempts/{attempt}/responses', 'post', '200'],
  Finished: ['/v1/attempts/{attempt}/finish', 'post', '200'],
} as const
const COMPONENTS = ['Attempt', 'Question', 'Result', 'QuizSummary', 'Problem', 'ResponseInput']

interface Description {
  readonly components: { readonly schemas: Record<string, JSONSchema> }
  readonly paths: Record<string, Record<string, { responses: Record<string, { content: Record<string, Body> }> }>>
}
interface Body {
  readonly schema: JSONSchema
}

const description = JSON.parse(
  readFileSync('openapi.json', 'utf8').replaceAll('#/components/schemas/', '#/definitions/'),
) as Description

const bodies = Object.entries(BODIES).map(([name, [path, method, status]]) => {
  const { schema } = description.paths[path]![method]!.responses[status]!.content['application/json']!
  return [name, { ...schema, title: name }] as const
})
const properties = {
  ...Object.fromEntries(COMPONENTS.map((name) => [name, { $ref: `#/definitions/${name}` }])),
  ...Object.fromEntries(bodies),
}
const contract = await compile(
  {
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
    definitions: description.components.schemas,
  },
  'Contract',
  {
    bannerComment: '/* Made from openapi.json by "npm run openapi": do not edit. */',
    ignoreMinAndMaxItems: true,
    style: { semi: false, singleQuote: true, printWidth: 120 },
  },
)

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, contract)
} else if (readFileSync(FILE, 'utf8') !== contract) {
  console.error(`${FILE} is not what openapi.json says: npm run openapi`)
  process.exitCode = 1
}
