import { beforeEach, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { webhookDeliveries } from '../../src/db/schema.ts'
import { deliverWebhooks } from '../../src/services/deliver-webhooks.ts'
import { publish, start } from '../support/actions.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { call, onlyWebhook, ping, removeWebhooks } from '../support/webhooks.ts'

let host: TestHost
let received: { id: string; body: string }[]
let reply: () => Response

beforeEach(async () => {
  received = []
  reply = () => new Response('Thank you.')
  host = await createHost({
    outgoing: async (_url, { headers, body }) => {
      received.push({ id: new Headers(headers).get('webhook-id')!, body: body as string })
      return reply()
    },
  })
  await removeWebhooks(host)
})

const bodyOf = async (method: string, path: string, body?: object) =>
  (await call(host, method, path, body && { body })).body
const whereId = (id: string) => eq(webhookDeliveries.id, id)
const idsOf = (list: { id: string }[]) => list.map(({ id }) => id)

const bytes = (text: string) => new TextEncoder().encode(text).length

describe('a delivery', () => {
  it('is told before its first try, and after it with what came back', async () => {
    const { id } = await onlyWebhook(host)
    const sent = await call(host, 'POST', `/${id}/test`)
    expect([sent.status, sent.body]).toEqual([
      202,
      {
        id: expect.stringMatching(/^msg_/),
        type: 'ping',
        createdAt: '2026-01-05T09:00:00.000Z',
        status: 'pending',
        tries: 0,
        nextTryAt: '2026-01-05T09:00:00.000Z',
        lastTriedAt: null,
        lastStatus: null,
        lastAnswer: null,
      },
    ])
    await host.idle()
    const [told] = (await bodyOf('GET', `/${id}/deliveries`)).deliveries
    expect(told).toEqual({
      ...sent.body,
      status: 'delivered',
      tries: 1,
      nextTryAt: null,
      lastTriedAt: '2026-01-05T09:00:00.000Z',
      lastStatus: '2xx',
      lastAnswer: 'Thank you.',
    })
    expect(JSON.parse(received[0]!.body)).toEqual({
      type: 'ping',
      timestamp: '2026-01-05T09:00:00.000Z',
      data: { webhook: id },
    })
  })

  it('keeps of the answer a thousand bytes, and these are text', async () => {
    const { id } = await onlyWebhook(host)
    const answers = ['x'.repeat(5000), `${'x'.repeat(999)}😀`, 'a\u0000b', 'ü'.repeat(2000), '']
    for (const answer of answers) {
      reply = () => new Response(answer)
      const delivery = await ping(host, id)
      const row = (await bodyOf('GET', `/${id}/deliveries`)).deliveries.find(
        (each: { id: string }) => each.id === delivery,
      )
      const kept = row.lastAnswer as string
      // The last character may have been cut in two.
      expect(bytes(kept.replace(/\ufffd$/, ''))).toBeGreaterThan(Math.min(1000, bytes(answer)) - 4)
      expect(bytes(kept.replaceAll('\ufffd', '?'))).toBeLessThanOrEqual(1000)
      expect(kept.isWellFormed()).toBe(true)
      const text = answer.toWellFormed().replaceAll('\0', '\ufffd')
      expect(text.startsWith(kept.replace(/\ufffd$/, ''))).toBe(true)
    }
  })

  it('says of every failure its class alone', async () => {
    const { id } = await onlyWebhook(host)
    for (const [status, told] of [
      [204, '2xx'],
      [301, '3xx'],
      [302, '3xx'],
      [303, '3xx'],
      [307, '3xx'],
      [308, '3xx'],
      [400, '4xx'],
      [429, '4xx'],
      [500, '5xx'],
      [599, '5xx'],
    ] as const) {
      await removeWebhooks(host)
      const made = await onlyWebhook(host)
      reply = () => new Response(null, { status, headers: { Location: 'http://127.0.0.1/' } })
      await ping(host, made.id)
      const [row] = (await bodyOf('GET', `/${made.id}/deliveries`)).deliveries
      expect([row.lastStatus, row.status], String(status)).toEqual([told, status === 204 ? 'delivered' : 'pending'])
    }
    expect(received).toHaveLength(10)
    expect((await call(host, 'GET', `/${id}`)).status).toBe(404)
  })

  it('that cannot be made is told in one way, whatever went wrong, and in the log in none', async () => {
    const errors = [
      'connect ECONNREFUSED 10.1.2.3:443',
      'getaddrinfo ENOTFOUND lms.school.edu',
      'self-signed certificate',
    ]
    const told: object[] = []
    for (const message of errors) {
      const { id } = await onlyWebhook(host)
      reply = () => {
        throw new Error(message, { cause: new Error('at 10.1.2.3') })
      }
      await ping(host, id)
      const { id: _id, nextTryAt: _next, ...rest } = (await bodyOf('GET', `/${id}/deliveries`)).deliveries[0]
      told.push(rest)
    }
    expect(told[0]).toMatchObject({ status: 'pending', tries: 1, lastStatus: 'unreachable', lastAnswer: null })
    expect(told).toEqual([told[0], told[0], told[0]])
    expect(JSON.stringify(host.log)).not.toMatch(/10\.1\.2\.3|ECONN|ENOTFOUND|self-signed|lms\.school/)
  })
})

describe('deliveries', () => {
  it('come page by page, each once', async () => {
    const { id } = await onlyWebhook(host)
    const sent: string[] = []
    for (let count = 0; count < 7; count++) sent.push(await ping(host, id))
    const seen: string[] = []
    let pages = 0
    for (let cursor: string | null = ''; cursor !== null; pages++) {
      const page = await bodyOf('GET', `/${id}/deliveries?limit=3${cursor && `&cursor=${cursor}`}`)
      seen.push(...idsOf(page.deliveries))
      cursor = page.nextCursor
    }
    expect(pages).toBe(3)
    expect(seen.toSorted()).toEqual(sent.toSorted())
  })

  it('are chosen by their status and by what they tell', async () => {
    const { id } = await onlyWebhook(host, { events: ['attempt.started'] })
    const arrived = await ping(host, id)
    reply = () => new Response(null, { status: 500 })
    const waiting = await ping(host, id)
    const quiz = await publish(host)
    await start(host, quiz)
    await host.idle()
    await host.deps.db.batch([
      host.deps.db.update(webhookDeliveries).set({ status: 'failed', due: null }).where(whereId(waiting)),
    ])
    const chosen = async (query: string) => idsOf((await bodyOf('GET', `/${id}/deliveries?${query}`)).deliveries)
    expect(await chosen('status=delivered')).toEqual([arrived])
    expect(await chosen('status=failed')).toEqual([waiting])
    const [started, ...others] = await chosen('status=pending')
    expect([started, others]).toEqual([expect.stringContaining('_0_started_'), []])
    expect((await chosen('type=ping')).toSorted()).toEqual([arrived, waiting].toSorted())
    expect(await chosen('type=attempt.started')).toEqual([started])
    expect(await chosen('type=ping&status=failed')).toEqual([waiting])
    expect(await chosen('type=attempt.started&status=delivered')).toEqual([])
  })

  it.each([
    'status=gone',
    'status=',
    'type=attempt.begun',
    'limit=0',
    'cursor=eA',
    'status=failed&status=failed',
    'since=x',
  ])('are not listed by %s', async (query) => {
    const { id } = await onlyWebhook(host)
    expect((await call(host, 'GET', `/${id}/deliveries?${query}`)).status).toBe(422)
  })
})

describe('a redelivery', () => {
  it('sends the same bytes by the same id, arrived or given up', async () => {
    const { id } = await onlyWebhook(host)
    const delivery = await ping(host, id)
    host.clock.now += 60_000
    const again = await call(host, 'POST', `/${id}/deliveries/${delivery}/redeliver`)
    expect([again.status, again.body]).toMatchObject([202, { id: delivery, status: 'pending', tries: 0 }])
    await host.idle()
    await host.deps.db.batch([host.deps.db.update(webhookDeliveries).set({ status: 'failed', tries: 10 })])
    await call(host, 'POST', `/${id}/deliveries/${delivery}/redeliver`)
    await host.idle()
    expect(received).toHaveLength(3)
    expect(received).toEqual([received[0], received[0], received[0]])
    expect((await bodyOf('GET', `/${id}/deliveries`)).deliveries).toMatchObject([{ status: 'delivered', tries: 1 }])
  })

  it('of another webhook’s delivery is like one of nothing', async () => {
    const { id } = await onlyWebhook(host)
    const delivery = await ping(host, id)
    const other = (await call(host, 'POST', '', { body: { url: 'https://b.school.edu/', events: ['ping'] } })).body.id
    for (const path of [`/${other}/deliveries/${delivery}/redeliver`, `/${id}/deliveries/msg_none/redeliver`])
      expect(problemOf(await call(host, 'POST', path))).toEqual([404, 'not-found'])
    await host.idle()
    expect(received).toHaveLength(1)
  })

  it('to one that is disabled waits until it is enabled', async () => {
    const { id } = await onlyWebhook(host)
    const delivery = await ping(host, id)
    await call(host, 'PATCH', `/${id}`, { body: { disabled: true } })
    await call(host, 'POST', `/${id}/deliveries/${delivery}/redeliver`)
    await deliverWebhooks(host.deps)
    await host.idle()
    expect(received).toHaveLength(1)
    await call(host, 'PATCH', `/${id}`, { body: { disabled: false } })
    await host.idle()
    expect(received).toHaveLength(2)
  })
})

describe('a replay', () => {
  it('sends again what was made since then, at that very moment too, and nothing of before', async () => {
    const { id } = await onlyWebhook(host)
    const sent: string[] = []
    for (let minute = 0; minute < 4; minute++) {
      sent.push(await ping(host, id))
      host.clock.now += 60_000
    }
    received = []
    const told = await call(host, 'POST', `/${id}/replay`, { body: { since: '2026-01-05T09:02:00Z' } })
    await host.idle()
    expect([told.status, told.body]).toEqual([202, { deliveries: 2 }])
    expect(idsOf(received).toSorted()).toEqual(sent.slice(2).toSorted())
    expect(await bodyOf('POST', `/${id}/replay`, { since: '2026-01-05T09:04:00Z' })).toEqual({ deliveries: 0 })
    expect(await bodyOf('POST', `/${id}/replay`, { since: '9999-12-31T23:59:59.999Z' })).toEqual({ deliveries: 0 })
    expect(await bodyOf('POST', `/${id}/replay`, { since: '0000-01-01T00:00:00Z' })).toEqual({ deliveries: 4 })
    await host.idle()
  })

  it('touches no other webhook', async () => {
    const { id } = await onlyWebhook(host)
    const other = (await call(host, 'POST', '', { body: { url: 'https://b.school.edu/', events: ['ping'] } })).body.id
    await ping(host, id)
    await ping(host, other)
    expect(await bodyOf('POST', `/${other}/replay`, { since: '2026-01-01T00:00:00Z' })).toEqual({ deliveries: 1 })
    await host.idle()
    expect(received).toHaveLength(3)
  })

  it.each([
    {},
    { since: 7 },
    { since: 'now' },
    { since: '2026-02-30T00:00:00Z' },
    { since: '2026-01-01T00:00:00+01:00' },
  ])('wants a time: %j is none', async (body) => {
    const { id } = await onlyWebhook(host)
    expect(problemOf(await call(host, 'POST', `/${id}/replay`, { body }))).toEqual([
      422,
      'invalid-input',
      '/since invalid-shape',
    ])
  })
})
