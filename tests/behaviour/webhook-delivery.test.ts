import { beforeEach, describe, expect, it } from 'vitest'
import { deliverWebhooks } from '../../src/services/deliver-webhooks.ts'
import { DRIVER_MESSAGE } from '../support/faults.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import type { TestHost } from '../support/host.ts'
import { nextDue } from '../support/outbox.ts'
import {
  accepts,
  change,
  createTellingHost,
  deliveriesOf,
  LMS,
  never,
  NO_CONTENT,
  post,
  type Receive,
  type Receivers,
  status,
  tell,
  webhook,
} from '../support/receivers.ts'

/** What becomes of a delivery, by what its receiver answers. */

let host: TestHost
let receivers: Receivers
let id: string
let secret: string

beforeEach(async () => {
  ;({ host, receivers } = await createTellingHost())
  await emptyDatabase(host.deps.db)
  ;({ id, secret } = await tell(host))
})

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const time = (at: number) => new Date(at).toISOString()

/** Sends a ping, and waits for what comes of it at once. */
async function ping(): Promise<void> {
  await post(host, id, 'test')
  await host.idle()
}

/** Moves to when the next try is due, and makes it; gives how long that was. */
async function nextTry(): Promise<number> {
  const due = (await nextDue(host.deps.db))!
  const waited = due - host.clock.now
  host.clock.now = due - 1
  const before = receivers.received.length
  await deliverWebhooks(host.deps)
  expect(receivers.received).toHaveLength(before)
  host.clock.now = due
  await deliverWebhooks(host.deps)
  return waited
}

/** The only delivery to the LMS. */
async function delivery(): Promise<any> {
  const all = await deliveriesOf(host, id)
  expect(all).toHaveLength(1)
  return all[0]
}

describe('a delivery', () => {
  it('goes out behind the answer to the call that made it, once', async () => {
    await ping()
    expect(receivers.received).toMatchObject([{ url: `https://${LMS}/hooks`, at: host.clock.now }])
    expect(await delivery()).toMatchObject({
      status: 'delivered',
      tries: 1,
      nextTryAt: null,
      lastStatus: '2xx',
      lastAnswer: '',
    })
    host.clock.now += 48 * HOUR
    await deliverWebhooks(host.deps)
    expect(receivers.received).toHaveLength(1)
  })

  it('that fails is tried ten times over three days, at the times that are promised; all tries are signed and of the same bytes', async () => {
    receivers.answer(LMS, status(500))
    await ping()
    const waits = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
    for (const [index, whole] of waits.entries()) {
      expect(await delivery()).toMatchObject({ status: 'pending', tries: index + 1, lastStatus: '5xx' })
      const waited = await nextTry()
      expect(waited).toBeGreaterThanOrEqual(whole * 0.8)
      expect(waited).toBeLessThanOrEqual(whole * 1.2)
    }
    expect(await delivery()).toMatchObject({
      status: 'failed',
      tries: 10,
      nextTryAt: null,
      lastTriedAt: time(host.clock.now),
    })
    const tries = receivers.to(LMS)
    expect(tries).toHaveLength(10)
    expect(tries.map((one) => accepts(secret, one))).toEqual(tries.map(() => true))
    expect(new Set(tries.map(({ text }) => text)).size).toBe(1)
    expect(new Set(tries.map((one) => one.id)).size).toBe(1)
    expect(new Set(tries.map(({ headers }) => headers['webhook-signature'])).size).toBe(10)
    expect(tries.map(({ headers }) => Number(headers['webhook-timestamp']))).toEqual(
      tries.map(({ at }) => Math.floor(at / 1000)),
    )
  })

  it('takes along the headers that staff have chosen, and says what it is', async () => {
    await change(host, id, { headers: { Authorization: 'Basic bG1zOg==', 'X-Tenant': 'north' } })
    await ping()
    expect(receivers.received[0]!.headers).toMatchObject({
      authorization: 'Basic bG1zOg==',
      'x-tenant': 'north',
      'content-type': 'application/json',
      'user-agent': 'Answerkey',
    })
  })

  it('does not wait for the timer to be told where to: what staff change holds for the next try', async () => {
    receivers.answer(LMS, status(503))
    await ping()
    await change(host, id, { url: 'https://new.school.org/hooks' })
    await nextTry()
    expect(receivers.received.map((one) => one.host)).toEqual([LMS, 'new.school.org'])
    expect((await delivery()).status).toBe('delivered')
  })
})

describe('a new secret', () => {
  it('signs beside the old one for 24 hours, then alone', async () => {
    const { body } = await post(host, id, 'rotations')
    const accepted = async () => {
      await ping()
      const last = receivers.received.at(-1)!
      return [accepts(secret, last), accepts(body.secret, last), last.headers['webhook-signature']!.split(' ').length]
    }
    expect(await accepted()).toEqual([true, true, 2])
    host.clock.now += 24 * HOUR - 1
    expect(await accepted()).toEqual([true, true, 2])
    host.clock.now += 1
    expect(await accepted()).toEqual([false, true, 1])
  })

  it('signs the tries that are still to come of what failed before', async () => {
    receivers.answer(LMS, status(500))
    await ping()
    const { body } = await post(host, id, 'rotations')
    await nextTry()
    const [first, second] = receivers.to(LMS)
    expect([accepts(secret, first!), accepts(body.secret, first!)]).toEqual([true, false])
    expect([accepts(secret, second!), accepts(body.secret, second!)]).toEqual([true, true])
  })
})

const waitsFor = async (value: string) => {
  receivers.answer(LMS, status(429, { 'Retry-After': value }))
  await ping()
  return (await nextDue(host.deps.db))! - host.clock.now
}

describe('Retry-After', () => {
  it('puts the next try off, in seconds or until a date', async () => {
    expect(await waitsFor('90')).toBe(90 * SECOND)
    await emptyDatabase(host.deps.db)
    ;({ id } = await tell(host))
    expect(await waitsFor(new Date(host.clock.now + 2 * HOUR).toUTCString())).toBe(2 * HOUR)
  })

  it('puts it off by a day at most, and never brings it forward', async () => {
    expect(await waitsFor('31536000')).toBe(24 * HOUR)
    await emptyDatabase(host.deps.db)
    ;({ id } = await tell(host))
    expect(await waitsFor('0')).toBeGreaterThanOrEqual(4 * SECOND)
  })
})

const drip = () =>
  new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('drip')),
    pull: () => never(),
  })
const broken = () =>
  new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('half')),
    pull: (controller) => controller.error(new Error('ECONNRESET')),
  })
const endless = () =>
  new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(16_384).fill(97)) })

describe('a receiver', () => {
  const ZOO: readonly [what: string, receive: () => Receive, said: object][] = [
    [
      'hangs',
      () => (one) => (receivers.timeUp(one), never()),
      { status: 'pending', lastStatus: 'timeout', lastAnswer: null },
    ],
    [
      'drips after 200',
      () => (one) => (queueMicrotask(() => receivers.timeUp(one)), new Response(drip())),
      { status: 'delivered', lastStatus: '2xx', lastAnswer: expect.stringMatching(/^(?:drip)?$/) },
    ],
    [
      'resets after 200',
      () => () => new Response(broken()),
      { status: 'delivered', lastStatus: '2xx', lastAnswer: 'half' },
    ],
    [
      'answers without an end',
      () => () => new Response(endless()),
      { status: 'delivered', lastAnswer: 'a'.repeat(1000) },
    ],
    [
      'answers with ten megabytes',
      () => () => new Response('x'.repeat(10_000_000), { status: 500 }),
      { status: 'pending', lastStatus: '5xx', lastAnswer: 'x'.repeat(1000) },
    ],
    [
      'answers with bytes that are no text',
      () => () => new Response(Uint8Array.of(0, 255, 254, 10, 0xed, 0xa0, 0x80)),
      { status: 'delivered', lastStatus: '2xx', lastAnswer: '\ufffd'.repeat(3).concat('\n', '\ufffd'.repeat(3)) },
    ],
    [
      'answers with odd headers',
      () => status(503, { 'Retry-After': 'soon', 'Content-Length': '-1', 'Content-Type': ';;' }),
      { status: 'pending', lastStatus: '5xx' },
    ],
    ['refuses', () => status(400), { status: 'pending', lastStatus: '4xx' }],
    [
      'cannot be reached',
      () => () => Promise.reject(new TypeError('connect ECONNREFUSED 10.0.0.1:443')),
      { status: 'pending', lastStatus: 'unreachable', lastAnswer: null },
    ],
    [
      'has a certificate of someone else',
      () => () => {
        throw new Error('ERR_TLS_CERT_ALTNAME_INVALID')
      },
      { status: 'pending', lastStatus: 'unreachable', lastAnswer: null },
    ],
    ...[301, 302, 303, 307, 308].map(
      (code) =>
        [
          `redirects by ${code}`,
          () => status(code, { Location: 'https://elsewhere.school.org/' }),
          { status: 'pending', lastStatus: '3xx' },
        ] as [string, () => Receive, object],
    ),
  ]
  for (const [what, receive, said] of ZOO) {
    it(`that ${what} is told nothing of it, and gets everything when it is well`, async () => {
      receivers.answer(LMS, receive())
      await ping()
      expect(await delivery()).toMatchObject({ tries: 1, ...said })
      expect((await webhook(host, id)).failingSince === null).toBe('status' in said && said.status === 'delivered')
      receivers.answer(LMS, NO_CONTENT)
      if ((await delivery()).status === 'pending') await nextTry()
      expect(await delivery()).toMatchObject({ status: 'delivered', nextTryAt: null })
      expect((await webhook(host, id)).failingSince).toBeNull()
      expect(receivers.received.every((one) => one.host === LMS)).toBe(true)
      expect(JSON.stringify(host.log)).not.toMatch(/ECONN|10\.0|TLS/)
    })
  }
})

describe('an endpoint is disabled', () => {
  it('when it says that it is gone; what waits is kept, and goes out when staff bring it back', async () => {
    receivers.answer(LMS, status(410))
    await ping()
    expect(await webhook(host, id)).toMatchObject({ disabledAt: time(host.clock.now), disabledReason: 'gone' })
    receivers.answer(LMS, NO_CONTENT)
    host.clock.now += HOUR
    await ping()
    expect(receivers.received).toHaveLength(1)
    await change(host, id, { disabled: false })
    await host.idle()
    expect(await webhook(host, id)).toMatchObject({ disabledAt: null, disabledReason: null })
    expect((await deliveriesOf(host, id)).map((each) => each.status)).toEqual(['delivered', 'delivered'])
  })

  it('after five days in which nothing arrived, not before; then nothing is sent, and nothing is lost', async () => {
    receivers.answer(LMS, status(500))
    await ping()
    const since = host.clock.now
    for (let days = 1; days < 5; days++) {
      host.clock.now = since + days * 24 * HOUR
      await ping()
    }
    host.clock.now = since + 120 * HOUR - 1
    await ping()
    expect(await webhook(host, id)).toMatchObject({ failingSince: time(since), disabledAt: null })
    host.clock.now = since + 120 * HOUR
    await ping()
    expect(await webhook(host, id)).toMatchObject({
      failingSince: time(since),
      disabledAt: time(host.clock.now),
      disabledReason: 'failing',
    })
    const sent = receivers.received.length
    receivers.answer(LMS, NO_CONTENT)
    for (let hours = 0; hours < 5; hours++) {
      host.clock.now += 24 * HOUR
      await deliverWebhooks(host.deps)
    }
    expect(receivers.received).toHaveLength(sent)
    await change(host, id, { disabled: false })
    await host.idle()
    const statuses = (await deliveriesOf(host, id)).map((each) => each.status)
    expect([statuses.length, new Set(statuses)]).toEqual([7, new Set(['delivered'])])
  })

  it('not by one failure after a silence in which nothing was tried, however long ago the last one was', async () => {
    receivers.answer(LMS, status(500))
    await ping()
    for (let tries = 1; tries < 10; tries++) await nextTry()
    expect((await delivery()).status).toBe('failed')
    host.clock.now += 30 * 24 * HOUR
    await ping()
    expect(await webhook(host, id)).toMatchObject({ failingSince: time(host.clock.now), disabledAt: null })
  })

  it('not when something has arrived in between', async () => {
    receivers.answer(LMS, status(500))
    await ping()
    host.clock.now += 100 * HOUR
    receivers.answer(LMS, NO_CONTENT)
    await ping()
    expect(await webhook(host, id)).toMatchObject({ failingSince: null })
    receivers.answer(LMS, status(500))
    host.clock.now += 30 * HOUR
    await ping()
    expect(await webhook(host, id)).toMatchObject({ failingSince: time(host.clock.now), disabledAt: null })
  })

  it('and what had failed for good comes again by a replay, with the same ids and bytes', async () => {
    const since = time(host.clock.now)
    receivers.answer(LMS, status(500))
    await ping()
    for (let tries = 1; tries < 10; tries++) await nextTry()
    expect((await delivery()).status).toBe('failed')
    receivers.answer(LMS, NO_CONTENT)
    expect((await post(host, id, 'replay', { since })).body).toEqual({ deliveries: 1 })
    await host.idle()
    expect(await delivery()).toMatchObject({ status: 'delivered', tries: 1 })
    expect(new Set(receivers.received.map((one) => `${one.id} ${one.text}`)).size).toBe(1)
  })
})

describe('a fault of the database', () => {
  it('when a try is recorded loses nothing, tells no secret, and keeps no other endpoint waiting', async () => {
    const other = await tell(host, 'other.school.org')
    for (const kind of ['before', 'after'] as const) {
      // The search, two claims, and then the records.
      receivers.answer(LMS, async () => {
        // It is tried to write it down twice.
        host.faults[kind](1)
        host.faults.before(2)
        return new Response('')
      })
      receivers.answer('other.school.org', async () => new Response(''))
      await ping()
      host.faults.clear()
      receivers.answer(LMS, NO_CONTENT)
      host.clock.now += MINUTE
      await post(host, other.id, 'test')
      await host.idle()
      expect((await deliveriesOf(host, id)).every((each) => each.status === 'delivered')).toBe(true)
      expect((await deliveriesOf(host, other.id)).every((each) => each.status === 'delivered')).toBe(true)
    }
    // What had arrived before its record was lost arrives twice, by the same id.
    expect(receivers.to(LMS)).toHaveLength(3)
    expect(new Set(receivers.to(LMS).map((one) => one.id)).size).toBe(2)
    const failures = host.log.map(({ event }) => event).filter((event) => event !== 'request')
    expect(failures).toEqual(['delivery-failed', 'delivery-failed'])
    expect(JSON.stringify(host.log)).not.toContain(DRIVER_MESSAGE)
  })
})
