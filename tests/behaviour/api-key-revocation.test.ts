import { beforeAll, describe, expect, it } from 'vitest'
import { SCOPES } from '../../src/services/_authorise.ts'
import { newQuizId, publish, start } from '../support/actions.ts'
import { createKey, issueKey, type IssuedKey, revokeKey } from '../support/api-keys.ts'
import { atOnce, countBy } from '../support/at-once.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { pointerOf } from '../support/rows.ts'

let host: TestHost
let other: TestHost

beforeAll(async () => {
  host = await createHost()
  other = await host.isolate()
})

const UNAUTHORIZED = [401, 'unauthorized']
const listAs = (key: IssuedKey, at = host) => at.client.call('GET', '/v1/keys?limit=200', { token: key.secret })
const find = async (id: string) =>
  (await host.client.call('GET', '/v1/keys?limit=200', { token: ROOT_KEY })).body.keys.find((key: any) => key.id === id)

describe('a key that is revoked', () => {
  it('is worth nothing on the next call, at every isolate, however often it was used there', async () => {
    const key = await issueKey(host, 'keys:write')
    for (const isolate of [host, other, host, other]) expect((await listAs(key, isolate)).status).toBe(200)
    expect((await revokeKey(host, key.id)).status).toBe(204)
    for (const isolate of [other, host, await host.isolate()]) {
      expect(problemOf(await listAs(key, isolate))).toEqual(UNAUTHORIZED)
    }
  })

  it('reads no public quiz either, and no attempt', async () => {
    const key = await issueKey(host, ...SCOPES)
    const quiz = await publish(host)
    const run = await start(host, quiz)
    const read = (path: string) => host.client.call('GET', path, { token: key.secret, releases: 'everything' })
    const paths = [`/v1/quizzes/${quiz}`, `/v1/attempts/${run.id}`]
    for (const path of paths) expect((await read(path)).status).toBe(200)
    await revokeKey(host, key.id)
    for (const path of paths) expect(problemOf(await read(path)), path).toEqual(UNAUTHORIZED)
    expect((await host.client.call('GET', `/v1/quizzes/${quiz}`)).status).toBe(200)
    expect((await run.resume()).status).toBe(200)
  })

  it('keeps the time of the first revocation', async () => {
    const key = await issueKey(host, 'quizzes:read')
    await revokeKey(host, key.id)
    const { revokedAt } = await find(key.id)
    expect(revokedAt).toBe(new Date(host.clock.now).toISOString())
    host.clock.now += 60_000
    const headers = { 'Idempotency-Key': 'again' }
    for (const options of [{}, { headers }, { headers }]) {
      expect((await revokeKey(other, key.id, options)).status).toBe(204)
    }
    expect((await find(key.id)).revokedAt).toBe(revokedAt)
  })

  it('leaves alone what it has done, and the keys that it has made', async () => {
    const maker = await issueKey(host, 'keys:write', 'quizzes:write', 'attempts:write')
    const quiz = newQuizId()
    const body = quizDocument()
    await host.client.call('PUT', `/v1/quizzes/${quiz}`, { token: maker.secret, body })
    const run = await start(host, quiz, { token: maker.secret, body: { learner: { id: 'ada' } } })
    const made = await createKey(host, { token: maker.secret, scopes: ['keys:write'] })
    await revokeKey(host, maker.id)
    expect((await run.respond('single', { choice: 'b' }, { releases: ['single'] })).status).toBe(200)
    expect((await listAs(made.body)).status).toBe(200)
  })

  it('is one key: those with the same name and scopes go on', async () => {
    const [one, two] = [await issueKey(host, 'keys:write'), await issueKey(host, 'keys:write')]
    await revokeKey(host, one.id)
    expect([(await listAs(one)).status, (await listAs(two)).status]).toEqual([401, 200])
  })

  it('may be the one that is called with, and then revokes no other', async () => {
    const [own, another] = [await issueKey(host, 'keys:write'), await issueKey(host, 'keys:write')]
    expect((await revokeKey(host, own.id, { token: own.secret })).status).toBe(204)
    for (const id of [own.id, another.id, 'key_none']) {
      expect(problemOf(await revokeKey(host, id, { token: own.secret }))).toEqual(UNAUTHORIZED)
    }
    expect((await find(another.id)).revokedAt).toBeNull()
  })
})

describe('what is no key', () => {
  it.each(['key_none', 'key_', 'root', 'KEY_none', `key_${'x'.repeat(61)}`, 'key_%00', 'rev_none', '*', 'key_x%2F..'])(
    'is not revoked, and not found: %s',
    async (id) => {
      expect(problemOf(await revokeKey(host, id))).toEqual([404, 'not-found'])
    },
  )

  it('is the secret: a key goes by its id', async () => {
    const key = await issueKey(host, 'keys:write')
    expect(problemOf(await revokeKey(host, key.secret))).toEqual([404, 'not-found'])
    expect(problemOf(await listAs({ ...key, secret: key.id }))).toEqual(UNAUTHORIZED)
  })
})

describe('a call that is under way while its key is revoked', () => {
  it('is done or refused, and every call after it is refused', async () => {
    const key = await issueKey(host, 'quizzes:write')
    const quiz = newQuizId()
    const put = (title: string) =>
      host.client.call('PUT', `/v1/quizzes/${quiz}`, { token: key.secret, body: quizDocument({ title }) })
    host.faults.meanwhile(2, () => revokeKey(other, key.id))
    expect((await put('Under way')).status).toBe(201)
    const pointer = await pointerOf(host.deps.db, quiz)
    expect(problemOf(await put('Too late'))).toEqual(UNAUTHORIZED)
    expect(await pointerOf(host.deps.db, quiz)).toEqual(pointer)
  })

  it('is refused where it would be looked up only after', async () => {
    const key = await issueKey(host, 'keys:write')
    host.faults.meanwhile(1, () => revokeKey(other, key.id))
    expect(problemOf(await listAs(key))).toEqual(UNAUTHORIZED)
  })

  it('makes no key any more, so that the list which is read after a revocation is whole', async () => {
    const key = await issueKey(host, 'keys:write')
    const asked = { token: key.secret, name: 'Escaped', scopes: ['keys:write'] } as const
    host.faults.meanwhile(2, () => revokeKey(other, key.id))
    const refused = await createKey(host, { ...asked, headers: { 'Idempotency-Key': 'escape' } })
    expect(problemOf(refused)).toEqual(UNAUTHORIZED)
    expect(refused.headers.get('WWW-Authenticate')).toBe('Bearer')
    const { keys } = (await host.client.call('GET', '/v1/keys?limit=200', { token: ROOT_KEY })).body
    expect(keys.filter((each: any) => each.name === 'Escaped')).toEqual([])
  })

  it('at once with others, is one of two things, and none is let in once the revocation is answered', async () => {
    const key = await issueKey(host, 'keys:write')
    const answers = await atOnce(13, async (index) =>
      index === 6 ? revokeKey(host, key.id) : listAs(key, index % 2 === 0 ? host : other),
    )
    const statuses = Object.keys(countBy(answers, ({ status }) => status))
    for (const status of statuses) expect(status).toBeOneOf(['200', '204', '401'])
    expect((await atOnce(4, () => listAs(key, other))).map(({ status }) => status)).toEqual([401, 401, 401, 401])
  })

  it('is revoked once, however many revoke it', async () => {
    const key = await issueKey(host, 'keys:write')
    const answers = await atOnce(8, (index) => revokeKey(index % 2 === 0 ? host : other, key.id))
    expect(countBy(answers, ({ status }) => status)).toEqual({ 204: 8 })
  })
})
