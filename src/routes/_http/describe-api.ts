import { ERROR_CODES, type ErrorCode } from '../../errors.ts'
import { strictObject } from '../../grading/strict-object.ts'
import type { EventDescription } from '../webhooks/events.ts'
import { PATH_PARAMETERS, type Operation, type ReplyRule } from './operation.ts'
import { servesPages } from './page.ts'
import { PROBLEMS } from './problems.ts'
import { type Components, describeSchema } from './describe-schema.ts'
import * as v from 'valibot'

/** The API in OpenAPI 3.1, made from the same table and schemas that route and validate. Not part of a running server. */
export function describeApi(
  { operations, events }: { readonly operations: readonly Operation[]; readonly events: readonly EventDescription[] },
  version: string,
): Record<string, unknown> {
  const components: Components = new Map()
  const paths: Record<string, Record<string, unknown>> = {}
  for (const op of operations) {
    paths[op.path] = { ...paths[op.path], [op.method.toLowerCase()]: describeOperation(op, components) }
  }
  const webhooks = Object.fromEntries(events.map((event) => [event.type, { post: describeEvent(event, components) }]))
  describeSchema(Problem, 'output', components)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Answerkey',
      version,
      summary: 'A headless quiz-and-grading backend',
      description:
        'Questions are served without their answers, graded on the server, explained in depth, and what came of it is ' +
        'signed. Learners need no key: the progress token of an attempt is the right to go on with it.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [],
    tags: TAGS,
    paths,
    webhooks,
    components: {
      schemas: Object.fromEntries([...components].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      headers: LIMIT_HEADERS,
      securitySchemes: {
        progressToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Of the last answer.' },
        apiKey: { type: 'http', scheme: 'bearer', description: 'The root key, or one of `/v1/keys`.' },
      },
    },
  }
}

/** Named once, since nearly every call has them. */
const LIMIT_HEADERS = {
  'RateLimit-Policy': {
    description:
      'The limits that the request was counted by, where the host limits: `"address";q=3000;w=60` is 3,000 requests in 60 ' +
      'seconds (draft-ietf-httpapi-ratelimit-headers-10). `attempt` counts the requests for an attempt, `learner` the starts ' +
      'in the name of a learner, `address` and `start` what comes from a network without credentials, `key` the requests ' +
      'with an API key, `credential` the credentials from a network that were wrong.',
    schema: { type: 'string' },
  },
  RateLimit: {
    description:
      'How many requests are left of each, and in how many seconds all of them are there again, at the latest: ' +
      '`"address";r=2999;t=60`. Where whoever counts does not tell, on Workers, it comes with a 429 alone.',
    schema: { type: 'string' },
  },
  'Retry-After': {
    description: 'Seconds after which the same request may be sent again.',
    schema: { type: 'string' },
  },
} as const

function limitHeaders(...names: readonly (keyof typeof LIMIT_HEADERS)[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

const TAGS = [
  { name: 'Quizzes', description: 'What can be taken.' },
  { name: 'Attempts', description: 'Taking it.' },
  { name: 'Grading', description: 'For staff: what people decide about attempts.' },
  { name: 'Learners', description: 'For staff: who takes it.' },
  { name: 'Publishing', description: 'For staff: what is taken.' },
  { name: 'Keys', description: 'For staff: who may do what.' },
  { name: 'Webhooks', description: 'For staff: who is told what.' },
  { name: 'Service', description: 'For everyone.' },
]

const Problem = v.pipe(
  v.looseObject({
    type: v.pipe(v.string(), v.description('A page about the code.')),
    title: v.string(),
    status: v.number(),
    detail: v.string(),
    instance: v.pipe(v.string(), v.description('The id of the request.')),
    code: v.picklist(ERROR_CODES),
    errors: v.array(
      strictObject({
        pointer: v.pipe(v.string(), v.description('RFC 6901, into the body; empty for headers and query.')),
        code: v.string(),
        detail: v.string(),
      }),
    ),
  }),
  v.description('RFC 9457. A 409 to responses also has `results`.'),
  v.metadata({ ref: 'Problem' }),
)

const SECURITY: Record<Operation['access'], readonly Record<string, string[]>[]> = {
  open: [],
  anyone: [{}, { apiKey: [] }],
  learner: [{ progressToken: [] }, { apiKey: [] }],
  staff: [{ apiKey: [] }],
}

function describeOperation(op: Operation, components: Components): Record<string, unknown> {
  const { schema, documented, optional } = op.body ?? {}
  const bodySchema = documented ?? schema
  const description = [op.description, op.scope && `With an API key: scope \`${op.scope}\`.`].filter(Boolean).join(' ')
  return {
    operationId: op.id,
    summary: op.summary,
    ...(description && { description }),
    tags: [op.tag],
    security: SECURITY[op.access],
    parameters: [...pathParameters(op, components), ...queryParameters(op, components), ...headerParameters(op)],
    ...(bodySchema && {
      requestBody: {
        required: !optional,
        content: { 'application/json': { schema: describeSchema(bodySchema, 'input', components) } },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(op.replies).map(([status, reply]) => [status, describeReply(op, reply, components)]),
      ),
      ...describeProblems(op),
    },
  }
}

function pathParameters(op: Operation, components: Components): unknown[] {
  return [...op.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: describeSchema(PATH_PARAMETERS[name!]!.schema, 'input', components),
  }))
}

function queryParameters(op: Operation, components: Components): unknown[] {
  if (!op.query) return []
  const schema = describeSchema(op.query, 'input', components)
  const properties = schema['properties'] as Record<string, Record<string, unknown>>
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: 'query',
    description,
    schema: property,
  }))
}

const HEADERS = {
  'Idempotency-Key':
    'The same key and body have one effect, however often they are sent. At least 20 characters without an API key.',
  'If-Match': 'Publish only over this revision, given as its ETag.',
  'If-None-Match':
    'On a read: an ETag, for 304 when nothing changed. On publishing: `*`, for a quiz that is not there yet.',
}

function headerParameters(op: Operation): unknown[] {
  return (op.headers ?? []).map((name) => ({
    name,
    in: 'header',
    description: HEADERS[name],
    schema: { type: 'string' },
  }))
}

function describeReply(op: Operation, reply: ReplyRule, components: Components): Record<string, unknown> {
  const { schema } = reply
  const mediaTypes = reply.mediaTypes ?? ['application/json']
  const content = schema && {
    content: Object.fromEntries(
      mediaTypes.map((type) => [
        type,
        { schema: type === 'application/json' ? describeSchema(schema, 'output', components) : { type: 'string' } },
      ]),
    ),
  }
  const names = ['X-Request-Id', ...(reply.headers ?? [])]
  return {
    description: reply.description,
    headers: {
      ...Object.fromEntries(names.map((name) => [name, { required: true, schema: { type: 'string' } }])),
      ...(!op.isUnlimited && limitHeaders('RateLimit', 'RateLimit-Policy')),
    },
    ...content,
  }
}

const EVENT_HEADERS = {
  'webhook-id': 'The same over every try: what is known by it is a duplicate.',
  'webhook-timestamp': 'When this try was made, in seconds since 1970: refuse what is older than five minutes.',
  'webhook-signature':
    'One or more of `v1,<base64>`, with spaces between them: HMAC-SHA256 by the secret over `<id>.<timestamp>.<body>`.',
}

/** `attempt.started` is `onAttemptStarted`. */
function operationIdOf(type: string): string {
  return `on${type
    .split('.')
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('')}`
}

/** What a receiver is sent, and what it may answer. */
function describeEvent({ type, summary, description, body }: EventDescription, components: Components) {
  return {
    operationId: operationIdOf(type),
    summary,
    description,
    tags: ['Webhooks'],
    security: [],
    parameters: Object.entries(EVENT_HEADERS).map(([name, about]) => ({
      name,
      in: 'header',
      required: true,
      description: about,
      schema: { type: 'string' },
    })),
    requestBody: {
      required: true,
      content: { 'application/json': { schema: describeSchema(body, 'output', components) } },
    },
    responses: {
      '2XX': { description: 'It has arrived.' },
      410: { description: 'Nobody wants to hear of this any more: the webhook is disabled.' },
      default: { description: 'It has not arrived, and is tried again. Redirects are not followed.' },
    },
  }
}

/** What can go wrong follows from what a call takes; only what is particular to it is named by the operation. */
export function problemsOf(op: Operation): readonly ErrorCode[] {
  const codes = new Set<ErrorCode>(op.problems)
  const takesInput = op.body !== undefined || op.query !== undefined || op.headers?.includes('Idempotency-Key') === true
  if (op.access !== 'open') codes.add('unauthorized').add('unavailable')
  if (!op.isUnlimited) codes.add('rate-limited')
  if (op.access === 'learner') codes.add('token-expired')
  if (op.scope) codes.add('forbidden')
  if (takesInput) codes.add('invalid-input')
  if (op.headers?.includes('Idempotency-Key') && op.method !== 'DELETE') codes.add('idempotency-key-reused')
  if (op.body) codes.add('invalid-json').add('body-too-large').add('unsupported-media-type')
  return ERROR_CODES.filter((code) => codes.has(code))
}

function describeProblems(op: Operation): Record<string, unknown> {
  const byStatus = Map.groupBy(problemsOf(op), (code) => PROBLEMS[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\``).join(', '),
        ...(codes.includes('rate-limited') && {
          headers: limitHeaders('RateLimit', 'RateLimit-Policy', 'Retry-After'),
        }),
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
          ...(servesPages(op) && { 'text/html': { schema: { type: 'string' } } }),
        },
      },
    ]),
  )
}
