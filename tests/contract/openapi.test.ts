import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { describeApi } from '../../src/routes/_http/describe-api.ts'
import { operations } from '../../src/routes/operations.ts'
import { events } from '../../src/routes/webhooks/events.ts'

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
}

interface Described {
  readonly operationId: string
  readonly summary: string
  readonly tags: string[]
  readonly security: Record<string, string[]>[]
  readonly parameters: Parameter[]
  readonly requestBody?: object
  readonly responses: Record<
    string,
    { description: string; headers?: object; content?: Record<string, { schema: object }> }
  >
}

const text = readFileSync('openapi.json', 'utf8')
const description = JSON.parse(text) as {
  openapi: string
  tags: { name: string }[]
  paths: Record<string, Record<string, Described>>
  webhooks: Record<string, { post: Described }>
  components: { schemas: Record<string, object>; headers: object }
}
const described = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

/** What the contract lists for everyone, for learners, and for staff as far as it is built. */
const CALLS = [
  'get /v1/quizzes',
  'get /v1/quizzes/{quiz}',
  'get /v1/quizzes/{quiz}/questions',
  'post /v1/quizzes/{quiz}/attempts',
  'post /v1/quizzes/{quiz}/submissions',
  'get /v1/attempts/{attempt}',
  'post /v1/attempts/{attempt}/responses',
  'post /v1/attempts/{attempt}/finish',
  'get /v1/quizzes/{quiz}/attempts',
  'get /v1/quizzes/{quiz}/grades',
  'put /v1/quizzes/{quiz}',
  'delete /v1/quizzes/{quiz}',
  'get /v1/quizzes/{quiz}/revisions',
  'get /v1/quizzes/{quiz}/revisions/{revision}',
  'post /v1/keys',
  'get /v1/keys',
  'delete /v1/keys/{key}',
  'get /v1/learners/{learner}/accommodations',
  'put /v1/learners/{learner}/accommodations',
  'delete /v1/learners/{learner}/accommodations',
  'get /v1/learners/{learner}',
  'delete /v1/learners/{learner}',
  'post /v1/webhooks',
  'get /v1/webhooks',
  'get /v1/webhooks/{webhook}',
  'patch /v1/webhooks/{webhook}',
  'delete /v1/webhooks/{webhook}',
  'post /v1/webhooks/{webhook}/rotations',
  'post /v1/webhooks/{webhook}/test',
  'get /v1/webhooks/{webhook}/deliveries',
  'post /v1/webhooks/{webhook}/deliveries/{delivery}/redeliver',
  'post /v1/webhooks/{webhook}/replay',
  'get /',
  'get /play/{quiz}',
  'get /verify',
  'get /openapi.json',
  'get /docs',
  'get /problems/{code}',
  'get /.well-known/jwks.json',
  'get /healthz',
  'get /readyz',
  'get /version',
]

/** The names of components that a part of the description refers to, over any number of steps. */
function componentsOf(part: unknown, found = new Set<string>()): Set<string> {
  for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    if (found.has(name!)) continue
    found.add(name!)
    componentsOf(description.components.schemas[name!], found)
  }
  return found
}

describe('openapi.json', () => {
  it('says what the code says', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(describeApi({ operations, events }, version))))
    expect(description.openapi).toBe('3.1.0')
  })

  it('describes the calls of the contract, and every call that is routed', () => {
    const calls = described.map(({ path, method }) => `${method} ${path}`).toSorted()
    expect(calls).toEqual(expect.arrayContaining(CALLS))
    expect(calls).toEqual(operations.map((op) => `${op.method.toLowerCase()} ${op.path}`).toSorted())
  })

  it('gives every operation an id of its own, a summary and a known tag', () => {
    const ids = described.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const tags = description.tags.map(({ name }) => name)
    for (const { path, operation } of described) {
      expect(operation.summary, path).toMatch(/^[A-Z].*[^.]$/)
      for (const tag of operation.tags) expect(tags, path).toContain(tag)
      expect(operation.tags, path).toHaveLength(1)
    }
  })

  it('declares exactly the parameters that stand in a path', () => {
    for (const { path, operation } of described) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const declared = operation.parameters.filter((parameter) => parameter.in === 'path')
      expect(
        declared.map(({ name }) => name),
        path,
      ).toEqual(inPath)
      expect(
        declared.every(({ required }) => required),
        path,
      ).toBe(true)
    }
  })

  it('says 401 and 503 of every call whose caller is looked at, and 401 of no other', () => {
    for (const { id, access } of operations) {
      const { operation } = described.find((entry) => entry.operation.operationId === id)!
      const statuses = Object.keys(operation.responses)
      expect(statuses.includes('401'), id).toBe(access !== 'open')
      expect(statuses.includes('503') || access === 'open', id).toBe(true)
      expect(operation.security.length > 0, id).toBe(access !== 'open')
    }
  })

  it('says of every call with a body what is wrong with one, and takes Idempotency-Key on every write', () => {
    for (const { path, method, operation } of described) {
      const where = `${method} ${path}`
      const statuses = Object.keys(operation.responses)
      const unsaid = ['400', '413', '415', '422'].filter((status) => !statuses.includes(status))
      expect(operation.requestBody ? unsaid : [], where).toEqual([])
      const takesKey = operation.parameters.some(({ name }) => name === 'Idempotency-Key')
      expect(takesKey, where).toBe(method !== 'get')
    }
  })

  it('says of every call that it may be limited, but for those of monitors and of whoever verifies', () => {
    const refusals = described.map(({ path, operation }) => [path, operation.responses['429']] as const)
    const unlimited = refusals.filter(([, refusal]) => !refusal?.description.includes('`rate-limited`'))
    expect(unlimited.map(([path]) => path)).toEqual(['/.well-known/jwks.json', '/healthz', '/readyz', '/version'])
    for (const [path, refusal] of refusals.filter((entry) => !unlimited.includes(entry))) {
      expect(Object.keys(refusal!.headers!), path).toEqual(['RateLimit', 'RateLimit-Policy', 'Retry-After'])
    }
    expect(Object.keys(description.components.headers)).toEqual(['RateLimit-Policy', 'RateLimit', 'Retry-After'])
  })

  it('gives every answer but the empty ones a schema', () => {
    for (const { path, method, operation } of described) {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        const where = `${method} ${path} ${status}`
        const empty = status === '204' || status === '304'
        expect(content === undefined, where).toBe(empty)
        for (const media of Object.values(content ?? {}))
          expect(Object.keys(media.schema).length, where).toBeGreaterThan(0)
      }
    }
  })

  it('has no component that nothing refers to, and no reference to nothing', () => {
    expect([...componentsOf([description.paths, description.webhooks])].toSorted()).toEqual(
      Object.keys(description.components.schemas),
    )
  })

  it('names nothing of an answer key in what anyone reads without an attempt', () => {
    const reads = ['listQuizzes', 'readQuiz', 'readQuestions', 'startAttempt']
    const secrets = ['key', 'scoring', 'explanation', 'feedback', 'hint', 'hints', 'samples', 'answer', 'comment']
    for (const id of reads) {
      const { operation } = described.find((entry) => entry.operation.operationId === id)!
      const replies = Object.entries(operation.responses).filter(([status]) => status < '300')
      const names = [...componentsOf(replies)].filter((name) => name !== 'Policy')
      expect(names.length, id).toBeGreaterThan(1)
      for (const name of names.filter((component) => component !== 'QuizSummary')) {
        const { properties = {} } = description.components.schemas[name] as { properties?: object }
        for (const secret of secrets) expect(Object.keys(properties), `${id} ${name}`).not.toContain(secret)
      }
    }
  })
})
