import { beforeEach, describe, expect, it } from 'vitest'
import { issueKey } from '../support/api-keys.ts'
import { atOnce, countBy } from '../support/at-once.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { call, createWebhook, onlyWebhook, ping, RECEIVER, removeWebhooks } from '../support/webhooks.ts'

let host: TestHost

beforeEach(async () => {
  host = await createHost()
  await removeWebhooks(host)
})

const invalid = (...errors: string[]) => [422, 'invalid-input', ...errors]

describe('a webhook', () => {
  it('is made as it was asked for, with what was left out, by whoever asked', async () => {
    const { id: createdBy, secret: token } = await issueKey(host, 'webhooks:write')
    const made = await createWebhook(host, {}, { token })
    expect(made.status).toBe(201)
    const { id, secret, ...rest } = made.body
    expect(id).toMatch(/^whk_[A-Za-z0-9_-]{32}$/)
    expect(made.headers.get('Location')).toBe(`https://quiz.example/v1/webhooks/${id}`)
    // Standard Webhooks: 24 to 64 bytes in base64, behind a prefix.
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/)
    expect(rest).toEqual({
      url: RECEIVER,
      events: ['ping'],
      quizzes: null,
      description: '',
      headers: [],
      createdAt: '2026-01-05T09:00:00.000Z',
      createdBy,
      failingSince: null,
      disabledAt: null,
      disabledReason: null,
    })
    expect((await call(host, 'GET', `/${id}`)).body).toEqual({ id, ...rest })
    expect((await call(host, 'GET', '')).body).toEqual({ webhooks: [{ id, ...rest }], nextCursor: null })
  })

  it('has another id and secret than every other', async () => {
    const made = await atOnce(20, () => createWebhook(host))
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(20)
    expect(new Set(made.map(({ body }) => body.secret)).size).toBe(20)
  })

  it('is listed with the others in the order of their making, page by page', async () => {
    const ids: string[] = []
    for (let made = 0; made < 5; made++) {
      host.clock.now += 1000
      ids.push((await createWebhook(host)).body.id)
    }
    const seen: string[][] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await call(host, 'GET', `?limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(page.body.webhooks.map(({ id }: { id: string }) => id))
      cursor = page.body.nextCursor
    }
    expect(seen).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)])
  })

  it.each(['limit=0', 'limit=201', 'cursor=', 'cursor=eA', 'cursor=..', 'limit=1&limit=1', 'status=pending'])(
    'is not listed by %s',
    async (query) => expect((await call(host, 'GET', `?${query}`)).status).toBe(422),
  )

  it('is changed in what is named, and in nothing else', async () => {
    const { id } = await onlyWebhook(host, { headers: { 'X-One': '1' }, quizzes: ['a'], description: 'Mine' })
    const before = (await call(host, 'GET', `/${id}`)).body
    const changes = [
      [{ url: 'https://other.school.edu/' }, { url: 'https://other.school.edu/' }],
      [{ events: ['attempt.passed', 'ping'] }, { events: ['attempt.passed', 'ping'] }],
      [{ quizzes: null }, { quizzes: null }],
      [{ quizzes: ['b', 'c'] }, { quizzes: ['b', 'c'] }],
      [{ description: 'Yours' }, { description: 'Yours' }],
      [{ headers: { 'X-Two': '2', Authorization: 'a' } }, { headers: ['X-Two', 'Authorization'] }],
      [{ headers: {} }, { headers: [] }],
      [{}, {}],
    ] as const
    const expected = { ...before }
    for (const [body, changed] of changes) {
      Object.assign(expected, changed)
      const answer = await call(host, 'PATCH', `/${id}`, { body })
      expect([answer.status, answer.body]).toEqual([200, expected])
      expect((await call(host, 'GET', `/${id}`)).body).toEqual(expected)
    }
  })

  it('is disabled and enabled, and what waited goes out then', async () => {
    const received: string[] = []
    host = await createHost({
      outgoing: async (url) => {
        received.push(url)
        return new Response('')
      },
    })
    const { id } = await onlyWebhook(host)
    host.clock.now += 1000
    const disabled = await call(host, 'PATCH', `/${id}`, { body: { disabled: true } })
    expect(disabled.body).toMatchObject({ disabledAt: '2026-01-05T09:00:01.000Z', disabledReason: 'staff' })
    await ping(host, id)
    expect(received).toEqual([])
    const enabled = await call(host, 'PATCH', `/${id}`, { body: { disabled: false } })
    expect(enabled.body).toMatchObject({ disabledAt: null, disabledReason: null, failingSince: null })
    await host.idle()
    expect(received).toEqual([RECEIVER])
  })

  it('is deleted with what it told and was to tell, and is like one that never was', async () => {
    const { id } = await onlyWebhook(host)
    const delivery = await ping(host, id)
    expect((await call(host, 'DELETE', `/${id}`)).status).toBe(204)
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', {}],
      ['DELETE', '', undefined],
      ['POST', '/rotations', undefined],
      ['POST', '/test', undefined],
      ['GET', '/deliveries', undefined],
      ['POST', `/deliveries/${delivery}/redeliver`, undefined],
      ['POST', '/replay', { since: '2026-01-01T00:00:00Z' }],
    ] as const) {
      const told = await atOnce(2, (index) => call(host, method, `/${index === 0 ? id : 'whk_none'}${path}`, { body }))
      for (const answer of told) expect(problemOf(answer), `${method} ${path}`).toEqual([404, 'not-found'])
      const [gone, never] = told.map(({ body: problem }) => ({ ...problem, instance: null }))
      expect(gone).toEqual(never)
    }
    expect((await call(host, 'GET', '')).body.webhooks).toEqual([])
  })

  it('answers to the methods of its path, and names them to any other', async () => {
    const { id } = await onlyWebhook(host)
    for (const [path, allowed] of [
      ['', ['GET', 'HEAD', 'OPTIONS', 'POST']],
      [`/${id}`, ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH']],
      [`/${id}/test`, ['OPTIONS', 'POST']],
    ] as const) {
      const [refused, asked] = [await call(host, 'PUT', path, { body: {} }), await call(host, 'OPTIONS', path)]
      expect(problemOf(refused)).toEqual([405, 'method-not-allowed'])
      for (const { headers } of [refused, asked])
        expect(headers.get('Allow')?.split(', ').toSorted(), path).toEqual(allowed)
    }
  })
})

const headersOf = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`X-${index}`, 'x']))

describe('what is wrong with a webhook is told by where it is', () => {
  const url = '/url invalid-shape'
  const cases: [name: string, choice: object, errors: string[]][] = [
    ['no URL', { url: undefined }, [url]],
    ['a URL that is none', { url: 7 }, [url]],
    ['a URL without TLS', { url: 'http://lms.school.edu/' }, [url]],
    ['a URL that is too long', { url: `${RECEIVER}/${'x'.repeat(2000)}` }, [url]],
    ['no events', { events: [] }, ['/events invalid-shape']],
    ['an unknown event', { events: ['ping', 'attempt.begun'] }, ['/events/1 invalid-shape']],
    ['an event twice', { events: ['ping', 'ping'] }, ['/events/1 duplicate']],
    ['no quizzes', { quizzes: [] }, ['/quizzes invalid-shape']],
    ['a quiz that cannot be', { quizzes: ['ok', 'Not/Ok'] }, ['/quizzes/1 invalid-shape']],
    ['a description that is too long', { description: 'x'.repeat(501) }, ['/description invalid-shape']],
    ['headers in a list', { headers: [] }, ['/headers invalid-shape']],
    ['a header that is no token', { headers: { 'a b': 'x' } }, ['/headers/a b invalid-shape']],
    ['a header with a slash', { headers: { 'a/b~c': 'x' } }, ['/headers/a~1b~0c invalid-shape']],
    ['a header of ours', { headers: { 'Webhook-Id': 'x' } }, ['/headers/Webhook-Id invalid-shape']],
    ['a header of the connection', { headers: { TE: 'x' } }, ['/headers/TE invalid-shape']],
    ['a header about the body', { headers: { 'Content-Type': 'x' } }, ['/headers/Content-Type invalid-shape']],
    ['a header in two cases', { headers: { 'X-A': '1', 'x-a': '2' } }, ['/headers/x-a duplicate']],
    ['a value with a line break', { headers: { 'X-A': 'x\r\nHost: y' } }, ['/headers/X-A invalid-shape']],
    ['a value that is no text', { headers: { 'X-A': null } }, ['/headers/X-A invalid-shape']],
    ['a secret', { secret: 'whsec_AAAA' }, ['/secret unknown-field']],
    [
      'all at once',
      { url: 'x:', events: ['ping', 'ping'], headers: { Host: 'x' } },
      [url, '/events/1 duplicate', '/headers/Host invalid-shape'],
    ],
  ]

  it.each(cases)('%s', async (_name, choice, errors) => {
    expect(problemOf(await createWebhook(host, choice as never))).toEqual(invalid(...errors))
    expect((await call(host, 'GET', '')).body.webhooks).toEqual([])
    if (Object.values(choice).includes(undefined)) return
    const { id } = await onlyWebhook(host)
    const before = (await call(host, 'GET', `/${id}`)).body
    expect(problemOf(await call(host, 'PATCH', `/${id}`, { body: choice }))).toEqual(invalid(...errors))
    expect((await call(host, 'GET', `/${id}`)).body).toEqual(before)
  })

  it('more than twenty headers', async () => {
    expect((await createWebhook(host, { headers: headersOf(20) })).status).toBe(201)
    expect(problemOf(await createWebhook(host, { headers: headersOf(21) }))).toEqual(invalid('/headers invalid-shape'))
  })

  it('a word on disabling that is neither yes nor no', async () => {
    const { id } = await onlyWebhook(host)
    for (const disabled of [null, 'true', 1, []])
      expect(problemOf(await call(host, 'PATCH', `/${id}`, { body: { disabled } }))).toEqual(
        invalid('/disabled invalid-shape'),
      )
  })
})

describe('webhooks are at most fifty', () => {
  it('however many are made at once', async () => {
    const made = await atOnce(60, () => createWebhook(host))
    expect(countBy(made, ({ status }) => status)).toEqual({ 201: 50, 422: 10 })
    const refused = made.find(({ status }) => status === 422)!
    expect(problemOf(refused)).toEqual(invalid(' inconsistent'))
    expect((await call(host, 'GET', '?limit=200')).body.webhooks).toHaveLength(50)
    await call(host, 'DELETE', `/${made.find(({ status }) => status === 201)!.body.id}`)
    expect((await createWebhook(host)).status).toBe(201)
    expect((await createWebhook(host)).status).toBe(422)
  })

  it('and one that there is no room for may be asked for again with the same key', async () => {
    const made = await atOnce(50, () => createWebhook(host))
    const headers = { 'Idempotency-Key': 'a-key' }
    expect((await createWebhook(host, {}, { headers })).status).toBe(422)
    await call(host, 'DELETE', `/${made[0]!.body.id}`)
    const again = await createWebhook(host, {}, { headers })
    expect([again.status, typeof again.body.secret]).toEqual([201, 'string'])
  })
})

describe('the right to webhooks', () => {
  it('is handed on by a key that has it, and by no other', async () => {
    const issue = (token: string) =>
      host.client.call('POST', '/v1/keys', { token, body: { name: 'Handed on', scopes: ['webhooks:write'] } })
    const having = await issueKey(host, 'keys:write', 'webhooks:write')
    const lacking = await issueKey(host, 'keys:write', 'quizzes:write')
    expect(problemOf(await issue(lacking.secret))).toEqual([403, 'forbidden'])
    const handed = await issue(having.secret)
    expect(handed.status).toBe(201)
    expect((await createWebhook(host, {}, { token: handed.body.secret })).status).toBe(201)
    expect((await call(host, 'GET', '', { token: lacking.secret })).status).toBe(403)
    expect((await call(host, 'GET', '', { token: ROOT_KEY })).status).toBe(200)
  })
})
