import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { insertDeliveries } from '../../src/db/webhook-deliveries.ts'
import { deliverWebhooks } from '../../src/services/deliver-webhooks.ts'
import { countBy } from '../support/at-once.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { onD1 } from '../support/host.ts'
import { nextDue, outboxRows } from '../support/outbox.ts'
import {
  accepts,
  createTellingHost,
  NO_CONTENT,
  type Receive,
  type Received,
  status,
  tell,
} from '../support/receivers.ts'
import { seededBytes } from '../support/seeded-bytes.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** How often the timer of Workers comes. */
const TICK = MINUTE
/** A thousand take minutes: WEBHOOK_EVENTS=1000 npx vitest run --project libsql tests/behaviour/webhook-simulation.test.ts */
const EVENTS = onD1 ? 60 : Number(process.env['WEBHOOK_EVENTS'] ?? 100)
const TYPE = 'attempt.finished'

const minutes = (milliseconds: number) => Math.round(milliseconds / 6000) / 10
const bodyOf = (number: number) =>
  JSON.stringify({ type: 'ping', timestamp: '2026-01-05T09:00:00.000Z', data: { webhook: `Zoë 🙂 ${number}` } })

it(
  `${EVENTS} events reach each of five receivers that is well again within 60 hours`,
  { timeout: 300_000 },
  async () => {
    const { host, receivers } = await createTellingHost({ randomBytes: seededBytes(20_260_105) })
    const { db } = host.deps
    await emptyDatabase(db)
    const begin = host.clock.now
    const since = () => host.clock.now - begin
    const random = seededBytes(5)
    let asked = 0
    const ZOO: Readonly<Record<string, { readonly well: number; readonly receive: Receive }>> = {
      up: { well: 0, receive: NO_CONTENT },
      'failing-for-a-day': {
        well: 24 * HOUR,
        receive: () => (since() < 24 * HOUR ? status(500)() : NO_CONTENT()),
      },
      'down-for-60-hours': {
        well: 60 * HOUR,
        receive: () => (since() < 60 * HOUR ? Promise.reject(new Error('ECONNREFUSED')) : NO_CONTENT()),
      },
      // Seven minutes up, seven down; and of what comes to it while it is up a fifth hangs.
      flapping: {
        well: 60 * HOUR,
        receive(one) {
          if (since() >= 60 * HOUR) return NO_CONTENT()
          if (Math.floor(since() / (7 * MINUTE)) % 2 === 1) return status(503)()
          if (random(1)[0]! >= 51) return NO_CONTENT()
          receivers.timeUp(one)
          return new Promise<never>(() => undefined)
        },
      },
      // Takes one of three, and asks for two minutes.
      busy: {
        well: 60 * HOUR,
        receive: () =>
          asked++ % 3 > 0 && since() < 60 * HOUR ? status(429, { 'Retry-After': '120' })() : NO_CONTENT(),
      },
    }
    const endpoints: Record<string, { id: string; secret: string }> = {}
    for (const [name, { receive }] of Object.entries(ZOO)) {
      const at = `${name}.school.org`
      receivers.answer(at, receive)
      endpoints[name] = await tell(host, at, { events: [TYPE] })
    }

    const madeAt: number[] = []
    const wait = Math.floor((16 * HOUR) / EVENTS / 1000) * 1000
    let tick = begin
    for (;;) {
      const made = madeAt.length < EVENTS ? begin + madeAt.length * wait : Infinity
      const due = (await nextDue(db)) ?? Infinity
      if (made === Infinity && due === Infinity) break
      while (tick < Math.min(due, made)) tick += TICK
      host.clock.now = Math.min(made, tick)
      if (made <= host.clock.now) {
        const notice = { id: `msg_event-${madeAt.length}`, type: TYPE, quiz: 'devops', body: bodyOf(madeAt.length) }
        madeAt.push(host.clock.now)
        await db.batch([insertDeliveries(db, notice, { now: host.clock.now, when: sql`true`, trace: null })])
      }
      await deliverWebhooks(host.deps)
      expect(since()).toBeLessThan(120 * HOUR)
    }

    const figures: Record<string, Record<string, number>> = {}
    for (const [name, { well }] of Object.entries(ZOO)) {
      const { id, secret } = endpoints[name]!
      const rows = await outboxRows(db, id)
      expect([name, countBy(rows, (row) => row.status)]).toEqual([name, { delivered: EVENTS }])
      const tries = receivers.to(`${name}.school.org`)
      const byEvent = Map.groupBy(tries, (one: Received) => Number(/\d+$/.exec(one.body.data.webhook as string)![0]))
      expect(byEvent.size).toBe(EVENTS)
      const delays: number[] = []
      for (const [number, own] of byEvent) {
        expect(new Set(own.map((one) => `${one.id} ${one.text}`))).toEqual(
          new Set([`msg_event-${number}_${id.slice(4)} ${bodyOf(number)}`]),
        )
        delays.push(own.at(-1)!.at - madeAt[number]!)
      }
      expect(tries.filter((one, index) => index % 7 === 0 && !accepts(secret, one))).toEqual([])
      const sorted = delays.toSorted((a, b) => a - b)
      figures[name] = {
        tries: tries.length,
        mostTries: Math.max(...[...byEvent.values()].map((own) => own.length)),
        medianMinutes: minutes(sorted[Math.floor(EVENTS / 2)]!),
        longestMinutes: minutes(sorted.at(-1)!),
        lastHoursAfterWell: Math.max(0, Math.round((tries.at(-1)!.at - begin - well) / HOUR)),
      }
    }
    console.log(`${EVENTS} events × ${Object.keys(ZOO).length} receivers\n${JSON.stringify(figures, null, 1)}`)
    // What is sick elsewhere is nothing to those that are well.
    expect(figures['up']).toMatchObject({ tries: EVENTS, mostTries: 1, longestMinutes: 0 })
  },
)
