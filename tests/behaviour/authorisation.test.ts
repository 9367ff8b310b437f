import { beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../src/routes/operations.ts'
import { type Scope, SCOPES } from '../../src/services/_authorise.ts'
import { issueKey, revokeKey } from '../support/api-keys.ts'
import type { Answer } from '../support/client.ts'
import { dumpOf } from '../support/dump.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { credentialsIn, newScene, type Scene, triples } from '../support/operation-calls.ts'
import { problemOf } from '../support/problem-of.ts'

/** Keys by what they may do: each scope alone, and everything but each scope. */
let host: TestHost
const only = new Map<Scope, string>()
const without = new Map<Scope, string>()
let all: string
let revoked: string

beforeAll(async () => {
  host = await createHost()
  for (const scope of SCOPES) {
    only.set(scope, (await issueKey(host, scope)).secret)
    without.set(scope, (await issueKey(host, ...SCOPES.filter((other) => other !== scope))).secret)
  }
  all = (await issueKey(host, ...SCOPES)).secret
  const { id, secret } = await issueKey(host, ...SCOPES)
  await revokeKey(host, id)
  revoked = secret
})

type Op = (typeof operations)[number]

/** The call of the table as it stands there, with another credential. */
function callAs(scene: Scene, { id, method }: Op, token: string | null): Promise<Answer> {
  const { path, options } = triples[id]!
  return host.client.call(method, path(scene), { ...options?.(scene), token, releases: 'everything' })
}

/** Those of the credentials that are told something else than expected; and none may leave anything behind. */
async function toldOtherwise(
  op: Op,
  tokens: Record<string, string | null>,
  expected: string,
): Promise<Record<string, string>> {
  const scene = await newScene(host)
  const before = await dumpOf(host.deps.db)
  const told: Record<string, string> = {}
  for (const [who, token] of Object.entries(tokens)) {
    const answer = await callAs(scene, op, token)
    const said = answer.status < 300 ? String(answer.status) : problemOf(answer).join(' ')
    if (said !== expected) told[who] = said
  }
  expect(await dumpOf(host.deps.db), 'something was left behind').toEqual(before)
  return told
}

const FORBIDDEN = '403 forbidden'
const UNAUTHORIZED = '401 unauthorized'

const looksAtCallers = operations.filter(({ access }) => access !== 'open')
const admitsStaff = looksAtCallers.filter(({ access, scope }) => access !== 'learner' || scope)
const learnersOwn = looksAtCallers.filter(({ access, scope }) => access === 'learner' && !scope)
const named = (ops: readonly Op[]) => ops.map((op) => [op.id, op] as const)

describe('an operation that admits staff', () => {
  it('names the scope that it takes', () => {
    for (const { id, scope } of admitsStaff) expect(SCOPES, id).toContain(scope)
  })

  it('is called in a way that the root key may', () => {
    expect(admitsStaff.filter(({ id }) => triples[id]!.security.staff !== null).map(({ id }) => id)).toEqual([])
  })
})

describe.each(named(admitsStaff))('%s', (id, op) => {
  const scope = op.scope!

  it('is done for a key with its scope alone, and for one with every scope', async () => {
    for (const key of [only.get(scope)!, all]) {
      expect((await callAs(await newScene(host), op, key)).status).toBe(triples[id]!.happy)
    }
  })

  it('is refused to every key without its scope, and leaves nothing behind', async () => {
    const others = SCOPES.filter((other) => other !== scope).map((other) => [`only ${other}`, only.get(other)!])
    const keys = { ...Object.fromEntries(others), [`all but ${scope}`]: without.get(scope)! }
    expect(Object.keys(keys)).toHaveLength(SCOPES.length)
    expect(await toldOtherwise(op, keys, FORBIDDEN)).toEqual({})
  })
})

describe.each(named(learnersOwn))('%s', (_id, op) => {
  it('is the learner’s own: no key will do, whatever it may', async () => {
    const keys = { ...Object.fromEntries(only), all, root: ROOT_KEY }
    expect(await toldOtherwise(op, keys, FORBIDDEN)).toEqual({})
  })
})

describe.each(named(looksAtCallers))('%s', (_id, op) => {
  it('takes a revoked key for what it takes nonsense for', async () => {
    const unknown = `ak_${'A'.repeat(43)}`
    expect(await toldOtherwise(op, { nonsense: 'nonsense', unknown, revoked }, UNAUTHORIZED)).toEqual({})
    const scene = await newScene(host)
    const [ofNonsense, ofRevoked] = [await callAs(scene, op, 'nonsense'), await callAs(scene, op, revoked)]
    expect(ofRevoked.body).toEqual({ ...ofNonsense.body, instance: ofRevoked.body.instance })
  })
})

const forAnyone = looksAtCallers.filter(({ access }) => access === 'anyone')
const forStaff = looksAtCallers.filter(({ access }) => access === 'staff')
const forLearners = looksAtCallers.filter(({ access }) => access === 'learner')

it.each(named([...forStaff, ...forLearners]))('%s is refused to a caller without a credential', async (_id, op) => {
  expect(await toldOtherwise(op, { nobody: null }, UNAUTHORIZED)).toEqual({})
})

it.each(named(forAnyone))('%s may be called without a credential', async (_id, op) => {
  expect((await callAs(await newScene(host), op, null)).status).not.toBeOneOf([401, 403])
})

it.each(named([...forAnyone, ...forStaff]))('%s takes no progress token for a key', async (_id, op) => {
  const { learner } = credentialsIn(await newScene(host))
  expect(await toldOtherwise(op, { learner }, UNAUTHORIZED)).toEqual({})
})

describe('what is refused to a key', () => {
  it('is refused before it is told whether there is such a thing', async () => {
    const keys = Object.entries({ 'quizzes:write': 'PUT', 'quizzes:read': 'GET' } as const)
    for (const [scope, method] of keys) {
      const token = without.get(scope as Scope)!
      const options = method === 'PUT' ? { body: {} } : {}
      const answer = await host.client.call(method, '/v1/quizzes/never-published', { token, ...options })
      expect(problemOf(answer)).toEqual([403, 'forbidden'])
    }
    const token = without.get('keys:write')!
    expect(problemOf(await revokeKey(host, 'key_none', { token }))).toEqual([403, 'forbidden'])
  })
})
