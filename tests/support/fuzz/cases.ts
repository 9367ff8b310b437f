import * as fc from 'fast-check'
import {
  BOUNDLESS_NUMBERS,
  deep,
  ENCODINGS,
  NO_OBJECTS,
  NO_REQUEST_KEYS,
  NO_TEXTS,
  NOT_JSON,
  OTHER_MEDIA_TYPES,
  UNKNOWN_NAMES,
  withMember,
} from '../hostile-bodies.ts'
import { HOSTILE_IDS } from '../hostile-ids.ts'
import { brokenFrom } from './broken-values.ts'
import { type Described, methodsOf } from './described.ts'
import { type Caller, NAMES } from './scene.ts'
import { isValid } from './schema.ts'
import { valuesOf } from './schema-values.ts'
import { takenBodies, WORDS } from './taken-bodies.ts'

export type Refusal = readonly [status: number, code: string]

/** A request with the names of a scene in it, and what must come of it. */
export interface FuzzCase {
  /** What kind of request it is, and what is odd about it. */
  readonly what: string
  readonly caller: Caller
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array<ArrayBuffer> | null
  /** Refused in one of these ways, or `taken`: most of those must be. Of `any` nobody knows. */
  readonly outcome: readonly Refusal[] | 'taken' | 'any'
}

const INVALID: Refusal = [422, 'invalid-input']
const UNAUTHORIZED: Refusal = [401, 'unauthorized']
const FORBIDDEN: Refusal = [403, 'forbidden']
const NOT_FOUND: Refusal = [404, 'not-found']
const NOT_ALLOWED: Refusal = [405, 'method-not-allowed']
const OTHER_MEDIA: Refusal = [415, 'unsupported-media-type']
const JSON_TYPE = { 'Content-Type': 'application/json' }

/** Requests to an operation: as they should be, by its description alone, and with one thing wrong. */
export function casesOf(op: Described): fc.Arbitrary<FuzzCase> {
  const taken = takenCases(op)
  const wrong = [
    brokenBodies,
    hostileBodies,
    brokenQueries,
    brokenPaths,
    otherCallers,
    otherMethods,
    brokenKeys,
  ].flatMap((make) => {
    const made = make(op, taken)
    return made ? [made] : []
  })
  return fc.oneof(
    { weight: 4, arbitrary: taken },
    { weight: 1, arbitrary: looseCases(op, taken) },
    { weight: 5, arbitrary: fc.oneof(...wrong) },
  )
}

type Make = (op: Described, taken: fc.Arbitrary<FuzzCase>) => fc.Arbitrary<FuzzCase> | null

function takenCases(op: Described): fc.Arbitrary<FuzzCase> {
  const queries = op.parameters.filter((each) => each.in === 'query' && each.name !== 'cursor')
  const body = bodiesOf(op)
  const key = op.parameters.some(({ name }) => name === 'Idempotency-Key')
    ? fc.option(fc.stringMatching(/^[!-~]{30,255}$/))
    : fc.constant(null)
  const query = fc.record(Object.fromEntries(queries.map(({ name, schema }) => [name, valuesOf(schema, WORDS)])), {
    requiredKeys: [],
  })
  const method = op.method === 'GET' ? fc.constantFrom('GET', 'GET', 'GET', 'HEAD') : fc.constant(op.method)
  return fc.tuple(method, query, key, body, fc.boolean()).map(([name, drawn, requestKey, json, staff]) => ({
    what: 'taken',
    caller: rightCaller(op, staff || namesLearner(json)),
    method: name,
    path: `${pathOf(op)}${toQuery(drawn as Record<string, string>)}`,
    headers: { ...(requestKey !== null && { 'Idempotency-Key': requestKey }), ...(json !== undefined && JSON_TYPE) },
    body: json === undefined ? null : JSON.stringify(json),
    outcome: 'taken',
  }))
}

function bodiesOf({ id, body }: Described): fc.Arbitrary<unknown> {
  if (!body) return fc.constant(undefined)
  const bodies = takenBodies(id, body.schema)
  return body.required ? bodies : fc.option(bodies, { nil: undefined })
}

/** Who may start an attempt in somebody's name. */
const namesLearner = (json: unknown) =>
  ['learner', 'metadata'].some((member) => Object.hasOwn(Object(json) as object, member))

function rightCaller({ access }: Described, staff: boolean): Caller {
  if (access === 'learner') return 'learner'
  return access === 'staff' || (access === 'anyone' && staff) ? 'staff' : 'nothing'
}

const waitsForStaff = new Set(['extendAttempt', 'gradeResponse'])
const valueOf = ({ id }: Described, name: string) =>
  name === 'code'
    ? 'not-found'
    : NAMES[name === 'attempt' && waitsForStaff.has(id) ? 'waiting' : (name as keyof typeof NAMES)]

function pathOf(op: Described, change: Readonly<Record<string, string>> = {}): string {
  return op.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => change[name] ?? encodeURIComponent(valueOf(op, name)))
}

const toQuery = (members: Record<string, string>) =>
  Object.keys(members).length === 0 ? '' : `?${String(new URLSearchParams(members))}`

/** What the description admits and nothing else is known of: ids of all kinds, cursors, headers. */
function looseCases(op: Described, taken: fc.Arbitrary<FuzzCase>): fc.Arbitrary<FuzzCase> {
  const drawn = (where: string) =>
    fc.record(
      Object.fromEntries(
        op.parameters
          .filter((each) => each.in === where)
          .map(({ name, schema }) => [
            name,
            where === 'header' ? fc.string({ maxLength: 40 }) : valuesOf(schema, WORDS),
          ]),
      ),
      { requiredKeys: [] },
    ) as fc.Arbitrary<Record<string, string>>
  const body = op.body ? valuesOf(op.body.schema, WORDS) : fc.constant(undefined)
  return fc
    .tuple(taken, drawn('path'), drawn('query'), drawn('header'), body)
    .map(([request, path, query, headers, json]) => ({
      ...request,
      what: 'by its description alone',
      path: `${pathOf(op, Object.fromEntries(Object.entries(path).map(([name, value]) => [name, encodeURIComponent(value)])))}${toQuery(query)}`,
      headers: { ...headers, ...(json !== undefined && JSON_TYPE) },
      body: json === undefined ? null : JSON.stringify(json),
      outcome: 'any',
    }))
}

const brokenBodies: Make = ({ body }, taken) => {
  if (!body) return null
  return taken.chain((request) =>
    brokenFrom(body.schema, request.body === null ? {} : JSON.parse(request.body as string)).map(({ what, value }) =>
      bodied(request, `a broken body: ${what}`, JSON.stringify(value) ?? 'null', [INVALID]),
    ),
  )
}

function bodied(
  request: FuzzCase,
  what: string,
  body: FuzzCase['body'],
  outcome: readonly Refusal[],
  headers: Record<string, string> = JSON_TYPE,
): FuzzCase {
  const { 'Content-Type': _type, ...others } = request.headers
  return { ...request, what, body, headers: { ...others, ...headers }, outcome }
}

const inside = (request: FuzzCase, member: string) =>
  withMember(JSON.parse((request.body as string | null) ?? '{}') as object, member)

const hostileBodies: Make = ({ body }, taken) => {
  if (!body) return null
  const depths = [32, 1000, 30_000].map((depth) => `"x":${deep(depth)}`)
  const texts = NO_TEXTS.flatMap((text) => [`"x":["ok","${text}"]`, `"${text}":1`])
  const members = [
    ...depths,
    ...texts,
    ...BOUNDLESS_NUMBERS.map((number) => `"x":${number}`),
    '"x":1,"\\u0078":1',
  ].concat(UNKNOWN_NAMES.map((name) => `${JSON.stringify(name)}:{"x":1}`))
  return taken.chain((request) => {
    const text = (request.body as string | null) ?? '{}'
    return fc.oneof(
      ...spoilt(text).map(([what, raw]) => fc.constant(bodied(request, what, raw, [INVALID]))),
      fc
        .constantFrom(...NOT_JSON)
        .map(([what, raw]) => bodied(request, `no JSON: ${what}`, raw, [[400, 'invalid-json']])),
      fc
        .nat(Math.max(text.length - 2, 0))
        .map((at) => bodied(request, 'cut off', text.slice(0, at + 1), [[400, 'invalid-json'], INVALID])),
      fc.constantFrom(...NO_OBJECTS).map((raw) => bodied(request, 'no object', raw, [INVALID])),
      fc
        .constantFrom(...members)
        .map((member) =>
          bodied(request, `a hostile member: ${member.slice(0, 40)}`, inside(request, member), [INVALID]),
        ),
      fc
        .constantFrom(...OTHER_MEDIA_TYPES)
        .map((type) => bodied(request, `the media type ${type}`, text, [OTHER_MEDIA], { 'Content-Type': type })),
      fc.constantFrom(...ENCODINGS).map((encoding) =>
        bodied(request, `encoded as ${encoding}`, text, [OTHER_MEDIA], {
          ...JSON_TYPE,
          'Content-Encoding': encoding,
        }),
      ),
    )
  })
}

/** A body that would be taken, if its JSON were not what it is. */
function spoilt(text: string): [what: string, raw: string][] {
  const value = JSON.parse(text) as Record<string, unknown>
  const [first] = Object.entries(value)
  const twice: [string, string][] = first
    ? [['a member that is there twice', withMember(value, `${JSON.stringify(first[0])}:${JSON.stringify(first[1])}`)]]
    : []
  const texts = NO_TEXTS.map((each): [string, string] => ['a text that is none', text.replace(/:"(?!")/, `:"${each}`)])
  return [...twice, ...texts.filter(([, raw]) => raw !== text)]
}

const ODD_VALUES = [
  '',
  '0',
  '201',
  '-1',
  ' 1',
  '1e2',
  'x y',
  '\0',
  'ü',
  '..',
  '.',
  'x'.repeat(1200),
  'null',
  '[]',
  '2026-13-01T00:00:00Z',
  '2026-01-01',
]

/** Pages that stand wherever they are asked for: they take every query, and every name of a quiz. */
const PAGES = new Set(['readRoot', 'playQuiz'])

const brokenQueries: Make = ({ id, parameters }, taken) => {
  const odd: [string, string][][] = parameters
    .filter((each) => each.in === 'query')
    .flatMap(({ name, schema }): [string, string][][] => [
      ...ODD_VALUES.filter((value) => !isValid(schema, value)).map((value): [string, string][] => [[name, value]]),
      [
        [name, '1'],
        [name, '1'],
      ],
    ])
  if (odd.length === 0 || PAGES.has(id)) return null
  const unknown: [string, string][] = [['extra', '1']]
  const queries = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...odd) },
    { weight: 1, arbitrary: fc.constant(unknown) },
  )
  return fc.tuple(taken, queries).map(([request, query]) => ({
    ...request,
    what: `the query ${JSON.stringify(query).slice(0, 60)}`,
    path: request.path.replace(/(?:\?.*)?$/s, `?${String(new URLSearchParams(query))}`),
    outcome: [INVALID],
  }))
}

const brokenPaths: Make = (op, taken) => {
  // A learner is called what others like.
  const parameters = op.parameters.filter((each) => each.in === 'path' && each.name !== 'learner')
  if (parameters.length === 0 || PAGES.has(op.id)) return null
  const hostile = HOSTILE_IDS.map((id) => ({
    id,
    outcome: op.method === 'PUT' ? [NOT_FOUND, NOT_ALLOWED, INVALID] : [NOT_FOUND],
  }))
  return fc.tuple(taken, fc.constantFrom(...parameters)).chain(([request, { name, schema }]) => {
    const absent = (valuesOf(schema) as fc.Arbitrary<string>)
      .filter((id) => id !== 'not-found')
      .map((id) => ({ id, outcome: [NOT_FOUND] }))
    const ids = op.method === 'PUT' ? fc.constantFrom(...hostile) : fc.oneof(fc.constantFrom(...hostile), absent)
    return ids.map(({ id, outcome }) => ({
      ...request,
      what: `the ${name} ${id.slice(0, 40)}`,
      path: pathOf(op, { [name]: id }),
      outcome: name === 'code' && request.method === 'GET' ? 'any' : outcome,
    }))
  })
}

const otherCallers: Make = ({ access, scope }, taken) => {
  const refused: [Caller, Refusal][] = []
  if (access === 'open') return null
  refused.push(['nonsense', UNAUTHORIZED])
  if (access !== 'anyone') refused.push(['nothing', UNAUTHORIZED])
  if (access !== 'learner') refused.push(['learner', UNAUTHORIZED])
  if (access === 'learner') refused.push(['other learner', NOT_FOUND])
  if (access === 'learner' && scope === null) refused.push(['staff', FORBIDDEN])
  if (scope !== null) refused.push(['weak key', FORBIDDEN])
  return fc.tuple(taken, fc.constantFrom(...refused)).map(([request, [caller, refusal]]) => ({
    ...request,
    what: `a caller with ${caller}`,
    caller,
    outcome: [refusal],
  }))
}

const otherMethods: Make = ({ path }, taken) => {
  const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !methodsOf(path).includes(method))
  return fc.tuple(taken, fc.constantFrom(...others)).map(([request, method]) => ({
    ...request,
    what: 'another method',
    method,
    ...(method === 'GET' && { body: null }),
    outcome: [NOT_ALLOWED],
  }))
}

const brokenKeys: Make = ({ parameters }, taken) => {
  if (!parameters.some(({ name }) => name === 'Idempotency-Key')) return null
  return fc.tuple(taken, fc.constantFrom(...NO_REQUEST_KEYS)).map(([request, key]) => ({
    ...request,
    what: 'a key for retries that is none',
    headers: { ...request.headers, 'Idempotency-Key': key },
    outcome: [INVALID],
  }))
}
