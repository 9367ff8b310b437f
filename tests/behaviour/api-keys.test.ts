import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { SCOPES } from '../../src/services/_authorise.ts'
import { newQuizId, publish, start, startFor } from '../support/actions.ts'
import { createKey, issueKey } from '../support/api-keys.ts'
import type { CallOptions } from '../support/client.ts'
import { costOf } from '../support/cost.ts'
import { dumpOf } from '../support/dump.ts'
import { createHost, ROOT_KEY, START, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { countRows } from '../support/tables.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const list = (query = '', options: CallOptions = {}) =>
  host.client.call('GET', `/v1/keys${query}`, { token: ROOT_KEY, ...options })
const listed = async () => (await list('?limit=200')).body.keys as { id: string }[]
const find = async (id: string) => (await listed()).find((key) => key.id === id)
const keyCount = async () => (await countRows(host.deps.db))['apiKeys']

describe('a key that is made', () => {
  it('is told whole, with its secret', async () => {
    host.clock.now = START + 1234
    const made = await createKey(host, { name: 'Grade book', scopes: ['attempts:read', 'quizzes:read'] })
    expect(made.status).toBe(201)
    expect(made.body).toEqual({
      id: expect.stringMatching(/^key_[A-Za-z0-9_-]{20,60}$/),
      name: 'Grade book',
      scopes: ['quizzes:read', 'attempts:read'],
      createdAt: '2026-01-05T09:00:01.234Z',
      createdBy: 'root',
      revokedAt: null,
      secret: expect.stringMatching(/^ak_[A-Za-z0-9_-]{43}$/),
    })
    expect(made.headers.get('Location')).toBe(`https://quiz.example/v1/keys/${made.body.id}`)
    expect(made.headers.get('Cache-Control')).toBe('private, no-store')
    const { secret: _, ...rest } = made.body
    expect(await find(made.body.id)).toEqual(rest)
  })

  it('has its scopes in one order, in whichever they are sent', async () => {
    const [there, back] = [
      await createKey(host, { scopes: SCOPES }),
      await createKey(host, { scopes: SCOPES.toReversed() }),
    ]
    const order = [
      'quizzes:read',
      'quizzes:write',
      'attempts:read',
      'attempts:write',
      'grading:write',
      'learners:write',
      'keys:write',
      'webhooks:write',
    ]
    expect([there.body.scopes, back.body.scopes]).toEqual([order, order])
  })

  it('has a secret of its own, of 32 random bytes, and says so of whoever made it', async () => {
    const makers = await Promise.all(Array.from({ length: 20 }, () => issueKey(host, 'keys:write')))
    expect(new Set(makers.map(({ secret }) => secret)).size).toBe(20)
    for (const { secret } of makers) expect(Buffer.from(secret.slice(3), 'base64url')).toHaveLength(32)
    const made = await createKey(host, { token: makers[0]!.secret, scopes: ['keys:write'] })
    expect(made.body.createdBy).toBe(makers[0]!.id)
  })

  it('is kept as a hash: its secret comes once, and stands in no answer, log line or table', async () => {
    const headers = { 'Idempotency-Key': 'once' }
    const made = await createKey(host, { name: 'Secret', headers })
    const { id, secret } = made.body
    const seen: string[] = []
    const see = async (method: string, path: string, options: CallOptions = {}) => {
      const answer = await host.client.call(method, path, { token: secret, releases: 'everything', ...options })
      seen.push(JSON.stringify([...answer.headers]), answer.text)
      return answer
    }
    const quiz = newQuizId()
    const document = { body: quizDocument(), headers: { 'Idempotency-Key': secret } }
    expect((await see('PUT', `/v1/quizzes/${quiz}`, document)).status).toBe(201)
    const started = await see('POST', `/v1/quizzes/${quiz}/attempts`, { body: { learner: { id: 'ada' } } })
    const { revision } = started.body.attempt
    expect((await see('GET', `/v1/quizzes/${quiz}/revisions/${revision}`)).body.publishedBy).toBe(id)
    await see('GET', `/v1/quizzes/${quiz}/revisions`)
    await see('GET', '/v1/keys?limit=200')
    await see('POST', '/v1/keys', { body: { name: secret, scopes: [] } })
    await see('POST', '/v1/keys', { token: ROOT_KEY, body: { name: 'Secret', scopes: SCOPES }, headers })
    await see('GET', `/v1/attempts/${secret}`)
    await see('DELETE', `/v1/keys/${secret}`)
    host.faults.before(2)
    expect((await see('GET', '/v1/quizzes')).status).toBe(503)
    expect((await see('DELETE', `/v1/keys/${id}`)).status).toBe(204)
    expect((await see('GET', `/v1/attempts/${started.body.attempt.id}`)).status).toBe(401)
    const hash = createHash('sha256').update(secret).digest('base64url')
    const rows = await dumpOf(host.deps.db)
    expect(rows.filter((row) => row.includes(hash))).toEqual([expect.stringContaining(id)])
    for (const form of [secret.slice(3), Buffer.from(secret).toString('base64url')]) {
      expect([...seen, JSON.stringify(host.log), ...rows].filter((text) => text.includes(form))).toEqual([])
    }
    expect([...seen, JSON.stringify(host.log)].filter((text) => text.includes(hash))).toEqual([])
  })
})

describe('a name', () => {
  const names = [
    'x',
    ' ',
    'two\nlines',
    `"quoted" 'n' \\ back`,
    `'; DROP TABLE api_keys; --`,
    '<script>alert(1)</script>',
    '__proto__',
    'constructor',
    'null',
    'مفتاح',
    '\u202egnp.exe',
    '\u200b',
    '👩‍👩‍👧‍👦',
    '%s ${name} {{name}} ?',
  ]
  it.each(names)('is text, and comes back as it is: %j', async (name) => {
    const made = await createKey(host, { name })
    expect([made.status, made.body.name]).toEqual([201, name])
    expect(await find(made.body.id)).toMatchObject({ name })
  })

  it('has up to 100 characters, whatever they take', async () => {
    for (const character of ['x', 'é', '😀']) {
      const name = character.repeat(100)
      expect((await createKey(host, { name })).body.name).toBe(name)
    }
  })

  it('is kept in NFC, and measured in it', async () => {
    const made = await createKey(host, { name: 'e\u0301'.repeat(100) })
    expect([made.status, made.body.name]).toEqual([201, '\u00e9'.repeat(100)])
  })

  const refused: [name: unknown, issue: string][] = [
    ['', 'invalid-shape'],
    ['x'.repeat(101), 'invalid-shape'],
    ['😀'.repeat(101), 'invalid-shape'],
    [`e${'\u0301'.repeat(31)}`, 'invalid-shape'],
    ['\ud800', 'invalid-text'],
    ['a\u0000b', 'invalid-text'],
    [7, 'invalid-shape'],
    [null, 'invalid-shape'],
    [['a'], 'invalid-shape'],
    [{}, 'invalid-shape'],
  ]
  it.each(refused)('is refused where it is %j', async (name, issue) => {
    const before = await keyCount()
    expect(problemOf(await createKey(host, { body: { name, scopes: ['quizzes:read'] } }))).toEqual([
      422,
      'invalid-input',
      `/name ${issue}`,
    ])
    expect(await keyCount()).toBe(before)
  })
})

const makeWith3000 = async (scope: (index: number) => string) => {
  const scopes = Array.from({ length: 3000 }, (_, index) => scope(index))
  return problemOf(await createKey(host, { body: { name: 'A key', scopes } }))
}

describe('scopes', () => {
  const refused: [scopes: unknown, ...issues: string[]][] = [
    [[], '/scopes invalid-shape'],
    [undefined, '/scopes invalid-shape'],
    [null, '/scopes invalid-shape'],
    ['quizzes:read', '/scopes invalid-shape'],
    [{ 0: 'quizzes:read' }, '/scopes invalid-shape'],
    [['all'], '/scopes/0 invalid-shape'],
    [['*'], '/scopes/0 invalid-shape'],
    [['quizzes:read '], '/scopes/0 invalid-shape'],
    [['Quizzes:read'], '/scopes/0 invalid-shape'],
    [['quizzes:read', 'quizzes:delete'], '/scopes/1 invalid-shape'],
    [[['quizzes:read']], '/scopes/0 invalid-shape'],
    [[null, 'constructor'], '/scopes/0 invalid-shape', '/scopes/1 invalid-shape'],
    [['quizzes:read', 'keys:write', 'quizzes:read'], '/scopes/2 duplicate'],
    [[...SCOPES, 'quizzes:read'], '/scopes invalid-shape'],
  ]
  it.each(refused)('are refused where they are %j', async (scopes, ...issues) => {
    const before = await keyCount()
    expect(problemOf(await createKey(host, { body: { name: 'A key', scopes } }))).toEqual([
      422,
      'invalid-input',
      ...issues,
    ])
    expect(await keyCount()).toBe(before)
  })

  it('are refused where they are thousands, and no more than 50 of them are spoken of', async () => {
    expect(await makeWith3000(() => 'quizzes:read')).toEqual([422, 'invalid-input', '/scopes invalid-shape'])
    const unknown = Array.from({ length: 50 }, (_, index) => `/scopes/${index} invalid-shape`)
    expect(await makeWith3000((index) => `scope-${index}`)).toEqual([422, 'invalid-input', ...unknown])
  })

  it('are handed on by a key that has them itself, in part or whole', async () => {
    const maker = await issueKey(host, 'keys:write', 'quizzes:read')
    for (const scopes of [['quizzes:read'], ['keys:write'], ['quizzes:read', 'keys:write']] as const) {
      const made = await createKey(host, { token: maker.secret, scopes })
      expect([made.status, made.body.scopes]).toEqual([201, scopes])
    }
  })

  it('are not handed on by a key that lacks one of them, over any number of steps', async () => {
    const first = await issueKey(host, 'keys:write', 'quizzes:read')
    const made = await createKey(host, { token: first.secret, scopes: ['keys:write'] })
    const before = await keyCount()
    const { secret } = made.body
    for (const scope of SCOPES.filter((each) => each !== 'keys:write')) {
      for (const scopes of [[scope], ['keys:write', scope]] as const) {
        expect(problemOf(await createKey(host, { token: secret, scopes }))).toEqual([403, 'forbidden'])
      }
    }
    expect(problemOf(await createKey(host, { token: first.secret, scopes: SCOPES }))).toEqual([403, 'forbidden'])
    expect(await keyCount()).toBe(before)
  })
})

describe('a key', () => {
  it('is what it was given for: named starts, or reading what a quiz is, also a restricted one', async () => {
    const quiz = await publish(host, quizDocument({ access: 'restricted' }))
    const reader = await issueKey(host, 'quizzes:read')
    const starter = await issueKey(host, 'attempts:write')
    const read = await host.client.call('GET', `/v1/quizzes/${quiz}`, { token: reader.secret })
    expect([read.status, read.body.access]).toEqual([200, 'restricted'])
    const run = await startFor(host, quiz, 'ada', { token: starter.secret })
    expect(run.started.body.attempt.learner).toEqual({ id: 'ada' })
    expect((await run.respond('single', { choice: 'b' }, { releases: ['single'] })).status).toBe(200)
    expect(problemOf(await run.resume({ token: starter.secret }))).toEqual([403, 'forbidden'])
  })

  it('costs one round trip, and a credential that cannot be one costs none', async () => {
    const quiz = await publish(host)
    const run = await start(host, quiz)
    const { secret } = await issueKey(host, ...SCOPES)
    const trips = async (token: string | null, path: string) =>
      (await costOf(host, () => host.client.call('GET', path, { token, releases: 'everything' }))).trips
    for (const path of [`/v1/quizzes/${quiz}`, `/v1/attempts/${run.id}`, '/v1/keys']) {
      await trips(ROOT_KEY, path)
      expect(await trips(secret, path), path).toBe((await trips(ROOT_KEY, path)) + 1)
      expect(await trips(`ak_${'x'.repeat(43)}`, path), path).toBe(1)
      for (const wrong of ['nonsense', 'ak_', `ak_${'x'.repeat(42)}`, `ak_${'x'.repeat(44)}`, `AK_${'x'.repeat(43)}`]) {
        expect(await trips(wrong, path), wrong).toBe(0)
      }
    }
    expect(await trips(run.token, `/v1/attempts/${run.id}`)).toBe(1)
  })

  it('is nobody’s when a character of it is another, missing or one too many', async () => {
    const { secret } = await issueKey(host, 'keys:write')
    const last = secret.at(-1)!
    const others = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].filter((c) => c !== last)
    const near = [...others.map((other) => secret.slice(0, -1) + other), secret.slice(0, -1), `${secret}A`]
    for (const token of [...near, secret.toUpperCase(), secret.slice(3), `ak_${secret}`, `${secret}=`]) {
      expect(problemOf(await list('', { token })), token).toEqual([401, 'unauthorized'])
    }
    expect((await list('', { token: secret })).status).toBe(200)
  })
})
