import { beforeEach, describe, expect, it } from 'vitest'
import { atOnce, countBy } from '../support/at-once.ts'
import { webhookEndpoints } from '../../src/db/schema.ts'
import { dumpOf } from '../support/dump.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { call, createWebhook, onlyWebhook, ping, RECEIVER, removeWebhooks } from '../support/webhooks.ts'

let host: TestHost
let received: string[]

beforeEach(async () => {
  received = []
  host = await createHost({
    outgoing: async (_url, { headers }) => {
      received.push(new Headers(headers).get('webhook-id')!)
      return new Response('')
    },
  })
  await removeWebhooks(host)
})

let keys = 0
const withKey = (name = 'one') => ({ headers: { 'Idempotency-Key': `${name}-${keys}` } })
beforeEach(() => void (keys += 1))

const REUSED = [422, 'idempotency-key-reused']
const listed = async () => (await call(host, 'GET', '?limit=200')).body.webhooks as { id: string; url: string }[]
const secrets = async () => (await host.deps.db.batch([host.deps.db.select().from(webhookEndpoints)]))[0]

describe('a making that comes again with its key', () => {
  it('makes nothing more, and shows no secret', async () => {
    const first = await createWebhook(host, {}, withKey())
    const again = await createWebhook(host, {}, withKey())
    expect([again.status, again.body]).toEqual([201, { ...first.body, secret: null }])
    expect(again.headers.get('Location')).toBe(first.headers.get('Location'))
    expect(await listed()).toHaveLength(1)
  })

  it('with another body is refused', async () => {
    await createWebhook(host, {}, withKey())
    for (const choice of [
      { url: `${RECEIVER}/2` },
      { events: ['attempt.passed'] },
      { quizzes: ['one'] },
      { description: 'x' },
      { headers: { 'X-A': 'x' } },
    ])
      expect(problemOf(await createWebhook(host, choice, withKey()))).toEqual(REUSED)
    expect(await listed()).toHaveLength(1)
  })

  it('says how the webhook is now, when it was changed in between', async () => {
    const { body } = await createWebhook(host, {}, withKey())
    await call(host, 'PATCH', `/${body.id}`, { body: { url: 'https://other.school.edu/', description: 'Changed' } })
    const again = await createWebhook(host, {}, withKey())
    expect([again.status, again.body]).toEqual([
      201,
      { ...body, secret: null, url: 'https://other.school.edu/', description: 'Changed' },
    ])
  })

  it('does not bring back what was deleted in between', async () => {
    const { body } = await createWebhook(host, {}, withKey())
    await call(host, 'DELETE', `/${body.id}`)
    expect(problemOf(await createWebhook(host, {}, withKey()))).toEqual([404, 'not-found'])
    expect(await listed()).toEqual([])
  })

  it('at once with itself makes one, whose secret one answer shows', async () => {
    const isolates = await atOnce(4, () => host.isolate())
    const made = await atOnce(12, (index) => createWebhook(isolates[index % 4]!, {}, withKey()))
    expect(countBy(made, ({ status }) => status)).toEqual({ 201: 12 })
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1)
    expect(made.filter(({ body }) => body.secret !== null)).toHaveLength(1)
    expect(await listed()).toHaveLength(1)
  })

  it('at once with another body: one of them is made, and the others are refused', async () => {
    const made = await atOnce(8, (index) => createWebhook(host, { description: `${index % 2}` }, withKey()))
    expect(countBy(made, ({ status }) => status)).toEqual({ 201: 4, 422: 4 })
    expect(await listed()).toHaveLength(1)
  })

  it('finds its webhook when there is room for no other', async () => {
    const { body } = await createWebhook(host, {}, withKey())
    await atOnce(49, () => createWebhook(host))
    expect((await createWebhook(host, {}, withKey())).body).toEqual({ ...body, secret: null })
  })
})

describe('a change that comes again with its key', () => {
  it('undoes nothing that came in between', async () => {
    const { id } = await onlyWebhook(host)
    const change = { body: { description: 'First', disabled: true }, ...withKey() }
    await call(host, 'PATCH', `/${id}`, change)
    await call(host, 'PATCH', `/${id}`, { body: { description: 'Second', disabled: false } })
    const again = await call(host, 'PATCH', `/${id}`, change)
    expect(again.body).toMatchObject({ description: 'Second', disabledAt: null })
    expect((await call(host, 'GET', `/${id}`)).body).toEqual(again.body)
  })

  it('with another body is refused, at once too', async () => {
    const { id } = await onlyWebhook(host)
    const told = await atOnce(8, (index) =>
      call(host, 'PATCH', `/${id}`, { body: { description: `${index % 2}` }, ...withKey() }),
    )
    expect(countBy(told, ({ status }) => status)).toEqual({ 200: 4, 422: 4 })
    const [{ body: done }] = told.filter(({ status }) => status === 200) as [(typeof told)[0]]
    expect((await call(host, 'GET', `/${id}`)).body).toEqual(done)
    expect(problemOf(told.find(({ status }) => status === 422)!)).toEqual(REUSED)
  })

  it('that another one overtakes has no effect when it comes late', async () => {
    const { id } = await onlyWebhook(host)
    const late = await host.isolate()
    const change = { body: { description: 'First' }, ...withKey() }
    late.faults.meanwhile(1, async () => {
      await call(host, 'PATCH', `/${id}`, change)
      await call(host, 'PATCH', `/${id}`, { body: { description: 'Second' } })
    })
    expect((await call(late, 'PATCH', `/${id}`, change)).body.description).toBe('Second')
    expect((await call(host, 'GET', `/${id}`)).body.description).toBe('Second')
  })
})

describe('a deletion that comes again', () => {
  it('with its key says the same, and without it that there is nothing', async () => {
    const { id } = await onlyWebhook(host)
    for (let time = 1; time <= 3; time++) expect((await call(host, 'DELETE', `/${id}`, withKey())).status).toBe(204)
    expect((await call(host, 'DELETE', `/${id}`)).status).toBe(404)
    expect((await call(host, 'DELETE', `/${id}`, withKey('two'))).status).toBe(404)
  })

  it('at once: one of them deletes, all with the key say so', async () => {
    const { id } = await onlyWebhook(host)
    const keyed = await atOnce(5, () => call(host, 'DELETE', `/${id}`, withKey()))
    expect(countBy(keyed, ({ status }) => status)).toEqual({ 204: 5 })
    const { id: other } = await onlyWebhook(host)
    const plain = await atOnce(5, () => call(host, 'DELETE', `/${other}`))
    expect(countBy(plain, ({ status }) => status)).toEqual({ 204: 1, 404: 4 })
  })
})

describe('a rotation', () => {
  it('that comes again with its key rotates once, and shows no secret', async () => {
    const { id, secret } = await onlyWebhook(host)
    const first = await call(host, 'POST', `/${id}/rotations`, withKey())
    expect(first.body.secret).toMatch(/^whsec_/)
    expect(first.body.secret).not.toBe(secret)
    const again = await call(host, 'POST', `/${id}/rotations`, withKey())
    expect([again.status, again.body]).toEqual([200, { ...first.body, secret: null }])
    expect(await secrets()).toMatchObject([{ secret: first.body.secret, previousSecret: secret }])
  })

  it('at once with itself rotates once', async () => {
    const { id, secret } = await onlyWebhook(host)
    const told = await atOnce(8, () => call(host, 'POST', `/${id}/rotations`, withKey()))
    const shown = told.filter(({ body }) => body.secret !== null)
    expect(shown).toHaveLength(1)
    expect(await secrets()).toMatchObject([{ secret: shown[0]!.body.secret, previousSecret: secret }])
  })

  it('at once with others is one of its own, and each shows what it made', async () => {
    const { id } = await onlyWebhook(host)
    const told = await atOnce(4, (index) => call(host, 'POST', `/${id}/rotations`, withKey(`other-${index}`)))
    const rotated = told.filter(({ status }) => status === 200)
    const shown = rotated.map(({ body }) => body.secret as string)
    expect(new Set(shown).size).toBe(rotated.length)
    for (const secret of shown) expect(secret).toMatch(/^whsec_/)
    const [row] = await secrets()
    expect(shown).toContain(row!.secret)
    expect(shown).toContain(row!.previousSecret)
    // One that lost too often says so, and can come again.
    for (const answer of told.filter(({ status }) => status !== 200))
      expect(problemOf(answer)).toEqual([503, 'unavailable'])
  })

  it('that another one overtakes rotates all the same', async () => {
    const { id } = await onlyWebhook(host)
    const late = await host.isolate()
    let overtaking = ''
    late.faults.meanwhile(2, async () => {
      overtaking = (await call(host, 'POST', `/${id}/rotations`, withKey('two'))).body.secret
    })
    const told = await call(late, 'POST', `/${id}/rotations`, withKey())
    expect(await secrets()).toMatchObject([{ secret: told.body.secret, previousSecret: overtaking }])
  })
})

describe('a ping, a redelivery and a replay that come again with their keys', () => {
  it('send once', async () => {
    const { id } = await onlyWebhook(host)
    const pings = await atOnce(6, () => call(host, 'POST', `/${id}/test`, withKey()))
    await host.idle()
    const [{ body: delivery }] = pings as [(typeof pings)[0]]
    expect(countBy(pings, ({ status, body }) => `${status} ${body.id}`)).toEqual({ [`202 ${delivery.id}`]: 6 })
    expect(received).toEqual([delivery.id])

    const path = `/${id}/deliveries/${delivery.id}/redeliver`
    for (let time = 1; time <= 3; time++) {
      expect((await call(host, 'POST', path, withKey())).status).toBe(202)
      await host.idle()
    }
    expect(received).toEqual([delivery.id, delivery.id])

    const replay = (since: string) => call(host, 'POST', `/${id}/replay`, { body: { since }, ...withKey() })
    for (let time = 1; time <= 3; time++) {
      const told = await replay('2026-01-05T08:00:00Z')
      expect([told.status, told.body]).toEqual([202, { deliveries: 1 }])
      await host.idle()
    }
    expect(received).toEqual([delivery.id, delivery.id, delivery.id])
    expect(problemOf(await replay('2026-01-05T08:00:01Z'))).toEqual(REUSED)
  })

  it('say how many it were the first time, whatever was told since', async () => {
    const { id } = await onlyWebhook(host)
    await ping(host, id)
    const replay = () => call(host, 'POST', `/${id}/replay`, { body: { since: '2026-01-01T00:00:00Z' }, ...withKey() })
    expect((await replay()).body).toEqual({ deliveries: 1 })
    await ping(host, id)
    expect((await replay()).body).toEqual({ deliveries: 1 })
  })

  it('are each other’s only where webhook and delivery are the same', async () => {
    const { id } = await onlyWebhook(host)
    const other = (await createWebhook(host)).body.id
    const [one, two] = [await ping(host, id), await ping(host, id)]
    received = []
    for (const path of [
      `/${id}/deliveries/${one}/redeliver`,
      `/${id}/deliveries/${two}/redeliver`,
      `/${id}/test`,
      `/${other}/test`,
    ])
      expect((await call(host, 'POST', path, withKey())).status).toBe(202)
    await host.idle()
    expect(received).toHaveLength(4)
    expect(received).toEqual(expect.arrayContaining([one, two]))
  })

  it('note nothing of what is not there', async () => {
    const { id } = await onlyWebhook(host)
    const before = await dumpOf(host.deps.db)
    for (const path of [`/${id}/deliveries/msg_none/redeliver`, '/whk_none/deliveries/msg_none/redeliver'])
      expect(problemOf(await call(host, 'POST', path, withKey()))).toEqual([404, 'not-found'])
    const body = { since: '2026-01-01T00:00:00Z' }
    expect(problemOf(await call(host, 'POST', '/whk_none/replay', { body, ...withKey() }))).toEqual([404, 'not-found'])
    expect(await dumpOf(host.deps.db)).toEqual(before)
  })
})
