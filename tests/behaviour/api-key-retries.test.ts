import { beforeAll, describe, expect, it } from 'vitest'
import { newQuizId, publish } from '../support/actions.ts'
import { createKey, issueKey, revokeKey } from '../support/api-keys.ts'
import { atOnce, countBy } from '../support/at-once.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { countRows } from '../support/tables.ts'

let host: TestHost
let other: TestHost

beforeAll(async () => {
  host = await createHost()
  other = await host.isolate()
})

let requests = 0
const newHeaders = () => ({ 'Idempotency-Key': `k${(requests += 1)}` })
/** Counted at the other isolate: the faults are planned for this one. */
const keyCount = async () => (await countRows(other.deps.db))['apiKeys']!
const REUSED = [422, 'idempotency-key-reused']

/** How many keys something makes. */
async function made(act: () => Promise<unknown>): Promise<number> {
  const before = await keyCount()
  await act()
  return (await keyCount()) - before
}

describe('a key that is asked for again with its Idempotency-Key', () => {
  it('is the same key, and its secret is not shown again', async () => {
    const headers = newHeaders()
    const asked = { name: 'Grade book', scopes: ['quizzes:read', 'attempts:read'], headers } as const
    const first = await createKey(host, asked)
    host.clock.now += 60_000
    const again = await createKey(other, asked)
    expect([again.status, again.body]).toEqual([201, { ...first.body, secret: null }])
    expect(again.headers.get('Location')).toBe(first.headers.get('Location'))
    const { status } = await host.client.call('GET', '/v1/quizzes', { token: first.body.secret })
    expect(status).toBe(200)
  })

  it('is the same whatever the order of its scopes, and the encoding of its name', async () => {
    const headers = newHeaders()
    const first = await createKey(host, { name: 'Z\u00fcrich', scopes: ['quizzes:read', 'keys:write'], headers })
    const again = await createKey(host, { name: 'Zu\u0308rich', scopes: ['keys:write', 'quizzes:read'], headers })
    expect([again.status, again.body.id]).toEqual([201, first.body.id])
  })

  it('with another name or other scopes is refused, and nothing is made', async () => {
    const headers = newHeaders()
    await createKey(host, { name: 'One', scopes: ['quizzes:read', 'keys:write'], headers })
    const count = await made(async () => {
      for (const asked of [
        { name: 'Two', scopes: ['quizzes:read', 'keys:write'] },
        { name: 'one', scopes: ['quizzes:read', 'keys:write'] },
        { name: 'One', scopes: ['quizzes:read'] },
        { name: 'One', scopes: ['quizzes:read', 'keys:write', 'attempts:read'] },
      ] as const) {
        expect(problemOf(await createKey(host, { ...asked, headers }))).toEqual(REUSED)
      }
    })
    expect(count).toBe(0)
  })

  it('stays revoked', async () => {
    const headers = newHeaders()
    const first = await createKey(host, { headers })
    await revokeKey(host, first.body.id)
    const revokedAt = new Date(host.clock.now).toISOString()
    const again = await createKey(host, { headers })
    expect(again.body).toEqual({ ...first.body, revokedAt, secret: null })
    expect(problemOf(await createKey(host, { token: first.body.secret }))).toEqual([401, 'unauthorized'])
  })

  it('without one is another key', async () => {
    expect(await made(async () => [await createKey(host), await createKey(host)])).toBe(2)
  })
})

describe('one Idempotency-Key of two callers', () => {
  it('makes a key for each', async () => {
    const [one, two] = [await issueKey(host, 'keys:write'), await issueKey(host, 'keys:write')]
    const asked = { scopes: ['keys:write'], headers: newHeaders() } as const
    const answers = [
      await createKey(host, { ...asked, token: one.secret }),
      await createKey(host, { ...asked, token: two.secret, name: 'Another name' }),
      await createKey(host, { ...asked, token: ROOT_KEY, name: 'A third name' }),
    ]
    expect(answers.map(({ status, body }) => [status, body.createdBy])).toEqual([
      [201, one.id],
      [201, two.id],
      [201, 'root'],
    ])
    expect(answers.every(({ body }) => typeof body.secret === 'string')).toBe(true)
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(3)
    const again = await createKey(host, { ...asked, token: one.secret })
    expect(again.body.id).toBe(answers[0]!.body.id)
  })

  it('starts an attempt for each, and publishes for each', async () => {
    const keys = [
      await issueKey(host, 'attempts:write', 'quizzes:write'),
      await issueKey(host, 'attempts:write', 'quizzes:write'),
    ]
    const headers = newHeaders()
    const quiz = await publish(host, quizDocument({ access: 'restricted' }))
    const learners = ['ada', 'bob']
    for (const [index, { secret: token }] of keys.entries()) {
      const body = { learner: { id: learners[index] } }
      const started = await host.client.call('POST', `/v1/quizzes/${quiz}/attempts`, { token, body, headers })
      expect([started.status, started.body.attempt.learner]).toEqual([201, body.learner])
    }
    const published = newQuizId()
    for (const [index, { secret: token }] of keys.entries()) {
      const body = quizDocument({ title: `Title ${index}` })
      const answer = await host.client.call('PUT', `/v1/quizzes/${published}`, { token, body, headers })
      expect([answer.status, answer.body.number]).toEqual([201, index + 1])
    }
  })
})

describe('keys that are asked for at once', () => {
  for (const count of [2, 10]) {
    it(`${count} times with one Idempotency-Key at two isolates, are one, and one answer has its secret`, async () => {
      const headers = newHeaders()
      let answers: Awaited<ReturnType<typeof createKey>>[] = []
      expect(
        await made(async () => {
          answers = await atOnce(count, (index) => createKey(index % 2 === 0 ? host : other, { headers }))
        }),
      ).toBe(1)
      expect(countBy(answers, ({ status }) => status)).toEqual({ 201: count })
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
      const secrets = answers.map(({ body }) => body.secret as string | null).filter((secret) => secret !== null)
      expect(secrets).toHaveLength(1)
      expect((await host.client.call('GET', '/v1/keys', { token: secrets[0]! })).status).toBe(200)
    })
  }

  it('with one Idempotency-Key and two names, are one, and the other is refused', async () => {
    const headers = newHeaders()
    const answers = await atOnce(6, (index) => createKey(index % 2 === 0 ? host : other, { name: `${index}`, headers }))
    expect(countBy(answers, ({ status, body }) => body.code ?? status)).toEqual({ 201: 1, 'idempotency-key-reused': 5 })
  })

  it('without one, are as many', async () => {
    const answers = await atOnce(6, (index) => createKey(index % 2 === 0 ? host : other))
    expect(new Set(answers.map(({ body }) => body.secret)).size).toBe(6)
  })
})

describe('a fault of the database', () => {
  it('before a key is made is a 503, nothing is made, and the same request makes it', async () => {
    const headers = newHeaders()
    host.faults.before(1)
    expect(await made(async () => expect((await createKey(host, { headers })).status).toBe(503))).toBe(0)
    const retried = await createKey(host, { headers })
    expect([retried.status, typeof retried.body.secret]).toEqual([201, 'string'])
  })

  it('after it is made is a 503 without the secret, and the same request finds it made', async () => {
    const headers = newHeaders()
    host.faults.after(1)
    const lost = await createKey(host, { headers })
    expect(problemOf(lost)).toEqual([503, 'unavailable'])
    expect(lost.text + JSON.stringify(host.log)).not.toMatch(/ak_|Failed query/)
    expect(
      await made(async () => {
        const retried = await createKey(host, { headers })
        expect([retried.status, retried.body.secret]).toEqual([201, null])
        expect((await revokeKey(host, retried.body.id)).status).toBe(204)
      }),
    ).toBe(0)
  })

  it('while a caller is looked up is a 503, for a good key and for a revoked one: never a 401, and nothing happens', async () => {
    const [good, revoked] = [await issueKey(host, 'keys:write'), await issueKey(host, 'keys:write')]
    await revokeKey(host, revoked.id)
    for (const { secret: token } of [good, revoked]) {
      for (const kind of ['before', 'after'] as const) {
        host.faults[kind](1)
        const make = () => createKey(host, { token, scopes: ['keys:write'] })
        expect(await made(async () => expect(problemOf(await make())).toEqual([503, 'unavailable']))).toBe(0)
      }
    }
  })

  it('in a revocation, before or after it took effect, is mended by revoking again', async () => {
    for (const kind of ['before', 'after'] as const) {
      const { id, secret } = await issueKey(host, 'quizzes:read')
      host.faults[kind](1)
      expect((await revokeKey(host, id)).status).toBe(503)
      const { status } = await host.client.call('GET', '/v1/quizzes', { token: secret })
      expect(status).toBe(kind === 'before' ? 200 : 401)
      expect((await revokeKey(host, id)).status).toBe(204)
      expect((await host.client.call('GET', '/v1/quizzes', { token: secret })).status).toBe(401)
    }
  })
})
