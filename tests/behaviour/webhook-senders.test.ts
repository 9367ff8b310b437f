import { beforeEach, describe, expect, it } from 'vitest'
import { deliverWebhooks } from '../../src/services/deliver-webhooks.ts'
import { countBy } from '../support/at-once.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { ROOT_KEY, type TestHost } from '../support/host.ts'
import { fillOutbox, outboxRows } from '../support/outbox.ts'
import {
  change,
  createTellingHost,
  LMS,
  never,
  NO_CONTENT,
  post,
  type Received,
  type Receivers,
  status,
  tell,
  webhook,
} from '../support/receivers.ts'

/** Who sends: any number at once, each of whom may die. */

let host: TestHost
let receivers: Receivers

beforeEach(async () => {
  ;({ host, receivers } = await createTellingHost())
  await emptyDatabase(host.deps.db)
})

const fill = (id: string, count: number) => fillOutbox(host.deps.db, id, count, host.clock.now)
const statusesOf = async (id: string) => countBy(await outboxRows(host.deps.db, id), (row) => row.status)
/** Until everything has happened that can without a clock. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await settled()
}

const LEASE = 60_000

/** An answer that comes when the test says so. */
function held(): {
  receive: (one: Received) => Promise<Response>
  answer: (response: Response) => void
  begun: () => number
} {
  let begun = 0
  const { promise: answered, resolve: give } = Promise.withResolvers<Response>()
  return {
    receive: () => {
      begun += 1
      return answered
    },
    answer: give,
    begun: () => begun,
  }
}

describe('eight senders at once', () => {
  it('send each of 4,000 deliveries once, and leave none', { timeout: 60_000 }, async () => {
    const each = 500
    const endpoints = await Promise.all(Array.from({ length: 8 }, (_, index) => tell(host, `lms-${index}.school.org`)))
    for (const { id } of endpoints) await fill(id, each)
    const senders = await Promise.all(Array.from({ length: 8 }, () => host.isolate()))
    await Promise.all(senders.map((sender) => deliverWebhooks(sender.deps)))
    for (const { id } of endpoints) expect(await statusesOf(id)).toEqual({ delivered: each })
    const ids = receivers.received.map(({ id }) => id)
    expect(ids).toHaveLength(8 * each)
    expect(new Set(ids).size).toBe(8 * each)
  })

  it('send to one endpoint no more than ten at a time, the longest due first', async () => {
    const { id } = await tell(host)
    await fill(id, 50)
    let [underWay, most] = [0, 0]
    receivers.answer(LMS, async () => {
      underWay += 1
      most = Math.max(most, underWay)
      await settled()
      underWay -= 1
      return new Response('')
    })
    const senders = await Promise.all(Array.from({ length: 8 }, () => host.isolate()))
    await Promise.all(senders.map((sender) => deliverWebhooks(sender.deps)))
    expect(await statusesOf(id)).toEqual({ delivered: 50 })
    expect(most).toBe(10)
  })
})

describe('a sender that dies', () => {
  it('leaves what it had taken to whoever comes after its lease', async () => {
    const { id } = await tell(host)
    await fill(id, 3)
    receivers.answer(LMS, never)
    void deliverWebhooks(host.deps)
    await until(() => receivers.received.length === 3)
    const other = await host.isolate()
    receivers.answer(LMS, NO_CONTENT)
    host.clock.now += LEASE - 1
    await deliverWebhooks(other.deps)
    expect(receivers.received).toHaveLength(3)
    host.clock.now += 1
    await deliverWebhooks(other.deps)
    expect(receivers.received).toHaveLength(6)
    expect(await statusesOf(id)).toEqual({ delivered: 3 })
    expect((await outboxRows(host.deps.db, id)).map(({ tries }) => tries)).toEqual([1, 1, 1])
  })

  it('between its claim and its first try, or before its record, loses nothing', async () => {
    const { id } = await tell(host)
    await fill(id, 1)
    // The search, the claim and a look at what came of it; the search, the claim, and the record, which is tried twice.
    for (const [batch, kind, failing, sent] of [
      [2, 'after', [3], 0],
      [3, 'before', [4], 1],
    ] as const) {
      host.faults[kind](batch)
      for (const another of failing) host.faults.before(another)
      await deliverWebhooks(host.deps)
      expect(receivers.received).toHaveLength(sent)
      host.clock.now += LEASE
    }
    await deliverWebhooks(host.deps)
    expect(await statusesOf(id)).toEqual({ delivered: 1 })
    expect(receivers.received).toHaveLength(2)
  })
})

describe('a sender whose database fails for once', () => {
  for (const kind of ['before', 'after'] as const) {
    it(`${kind} a claim is made goes on with it, and leaves no place taken`, async () => {
      const { id } = await tell(host)
      await fill(id, 25)
      host.faults[kind](2)
      await deliverWebhooks(host.deps)
      if (kind === 'before') await deliverWebhooks(host.deps)
      expect(await statusesOf(id)).toEqual({ delivered: 25 })
      expect(new Set(receivers.received.map((one) => one.id)).size).toBe(25)
      expect(receivers.received).toHaveLength(25)
    })

    it(`${kind} a record is written sends nothing twice, and goes on`, async () => {
      const { id } = await tell(host)
      await fill(id, 25)
      for (const batch of [3, 15, 20]) host.faults[kind](batch)
      await deliverWebhooks(host.deps)
      expect(await statusesOf(id)).toEqual({ delivered: 25 })
      expect(receivers.received).toHaveLength(25)
    })
  }
})

describe('a sender whose database has too much to do', () => {
  const OVERLOADED = 'D1_ERROR: D1 DB is overloaded. Requests queued for too long.'

  // The search comes first; a second try would be the next batch.
  for (const [what, batch, sent] of [
    ['a claim', 2, 0],
    ['a record', 3, 1],
  ] as const) {
    it(`does not ask it for ${what} again, and loses nothing`, async () => {
      const { id } = await tell(host)
      await fill(id, 1)
      host.faults.before(batch, OVERLOADED)
      const trips = host.meter.trips
      await deliverWebhooks(host.deps)
      expect([host.meter.trips - trips, receivers.received.length]).toEqual([batch, sent])
      host.clock.now += LEASE
      await deliverWebhooks(host.deps)
      expect(await statusesOf(id)).toEqual({ delivered: 1 })
    })
  }
})

describe('a sender that comes late', () => {
  for (const [what, response, first] of [
    ['a success', () => new Response(''), 500],
    ['a failure', () => new Response('', { status: 500 }), 204],
    ['that the receiver is gone', () => new Response('', { status: 410 }), 204],
  ] as const) {
    it(`records nothing of ${what}, of the delivery or the endpoint`, async () => {
      const { id } = await tell(host)
      await fill(id, 1)
      const late = held()
      receivers.answer(LMS, late.receive)
      const sending = deliverWebhooks(host.deps)
      await until(() => late.begun() === 1)
      host.clock.now += LEASE
      receivers.answer(LMS, () => new Response(null, { status: first }))
      await deliverWebhooks((await host.isolate()).deps)
      const [rows, seen] = [await outboxRows(host.deps.db, id), await webhook(host, id)]
      expect(rows).toMatchObject([{ tries: 1, status: first === 204 ? 'delivered' : 'pending' }])
      host.clock.now += 1
      late.answer(response())
      await sending
      expect(await outboxRows(host.deps.db, id)).toEqual(rows)
      expect(await webhook(host, id)).toEqual(seen)
    })
  }

  it('records nothing of what staff have sent anew meanwhile', async () => {
    const { id } = await tell(host)
    await fill(id, 1)
    const late = held()
    receivers.answer(LMS, late.receive)
    const sending = deliverWebhooks(host.deps)
    await until(() => late.begun() === 1)
    receivers.answer(LMS, NO_CONTENT)
    await post(host, id, `deliveries/${receivers.received[0]!.id}/redeliver`)
    await host.idle()
    late.answer(new Response('', { status: 500 }))
    await sending
    expect(await outboxRows(host.deps.db, id)).toMatchObject([{ status: 'delivered', tries: 1 }])
    expect(receivers.received).toHaveLength(2)
  })
})

describe('a bad receiver', () => {
  it('delays nobody: others get everything while five hang', async () => {
    const well = await tell(host, 'well.school.org')
    await fill(well.id, 100)
    const sick = await Promise.all(Array.from({ length: 5 }, (_, index) => tell(host, `sick-${index}.school.org`)))
    for (const [index, { id }] of sick.entries()) {
      receivers.answer(`sick-${index}.school.org`, never)
      await fill(id, 100)
    }
    void deliverWebhooks(host.deps)
    await until(() => receivers.to('well.school.org').length === 100)
    while ((await statusesOf(well.id))['delivered'] !== 100) await settled()
    expect(receivers.received).toHaveLength(100 + 5 * 10)
  })

  it('that is known to fail has one try under way, whoever sends, and until it is well again', async () => {
    const { id } = await tell(host)
    receivers.answer(LMS, status(500))
    await post(host, id, 'test')
    await host.idle()
    await fill(id, 30)
    let [underWay, most] = [0, 0]
    let answer = 500
    receivers.answer(LMS, async () => {
      underWay += 1
      most = Math.max(most, underWay)
      await settled()
      underWay -= 1
      return new Response('', { status: answer })
    })
    const senders = await Promise.all(Array.from({ length: 8 }, () => host.isolate()))
    await Promise.all(senders.map((sender) => deliverWebhooks(sender.deps)))
    expect(most).toBe(1)
    expect(receivers.received.length).toBeGreaterThan(1)
    answer = 200
    host.clock.now += 3_600_000
    await Promise.all(senders.map((sender) => deliverWebhooks(sender.deps)))
    expect(most).toBe(10)
    expect(await statusesOf(id)).toEqual({ delivered: 31 })
  })

  it('that is down has ten tries a run, and the others wait for the next', async () => {
    const { id } = await tell(host)
    await fill(id, 25)
    receivers.answer(LMS, status(500))
    const triesIn: number[] = []
    for (let run = 0; run < 3; run++) {
      const before = receivers.received.length
      await deliverWebhooks(host.deps)
      triesIn.push(receivers.received.length - before)
    }
    expect(triesIn).toEqual([10, 10, 5])
    expect(new Set(receivers.received.map((one) => one.id)).size).toBe(25)
  })

  it('that is down does not wake the sender at once, and one that is well does when a run has no more time', async () => {
    const { id } = await tell(host)
    await fill(id, 25)
    const woken: number[] = []
    const deps = { ...host.deps, wake: (delaySeconds: number) => void woken.push(delaySeconds) }
    receivers.answer(LMS, status(500))
    await deliverWebhooks(deps)
    expect(woken).toHaveLength(10)
    // Each is for its own try after five seconds, a fifth more or less.
    for (const delaySeconds of woken) expect(delaySeconds).toBeGreaterThanOrEqual(4)
    woken.length = 0
    host.clock.now += 60_000
    receivers.answer(LMS, () => {
      host.clock.now += 10_000
      return NO_CONTENT()
    })
    await deliverWebhooks(deps)
    expect(woken).toEqual([0])
  })

  it('that fails at every other try gets all there is in one run', async () => {
    const { id } = await tell(host)
    await fill(id, 60)
    let asked = 0
    receivers.answer(LMS, () => new Response('', { status: asked++ % 2 === 0 ? 500 : 200 }))
    await deliverWebhooks(host.deps)
    expect(receivers.received).toHaveLength(60)
    expect(await statusesOf(id)).toEqual({ delivered: 30, pending: 30 })
  })

  it('that begins to hang holds up no more than ten, and one when its time has run out', async () => {
    const { id } = await tell(host)
    await fill(id, 30)
    receivers.answer(LMS, never)
    const sending = deliverWebhooks(host.deps)
    await until(() => receivers.received.length === 10)
    host.clock.now += 15_000
    for (const one of receivers.received) receivers.timeUp(one)
    await sending
    expect(await statusesOf(id)).toEqual({ pending: 30 })
    expect((await outboxRows(host.deps.db, id)).filter(({ lastStatus }) => lastStatus === 'timeout')).toHaveLength(10)
    // A run ends after ten seconds; the next one begins with a single try.
    void deliverWebhooks(host.deps)
    await until(() => receivers.received.length > 10)
    await deliverWebhooks((await host.isolate()).deps)
    expect(receivers.received).toHaveLength(11)
  })
})

describe('while a sender is at work', () => {
  it('staff who disable or delete the endpoint are obeyed with the next that is taken', async () => {
    for (const end of ['disabled', 'deleted'] as const) {
      await emptyDatabase(host.deps.db)
      receivers.received.length = 0
      const { id } = await tell(host)
      await fill(id, 40)
      receivers.answer(LMS, async () => {
        receivers.answer(LMS, NO_CONTENT)
        if (end === 'disabled') await change(host, id, { disabled: true })
        else await host.client.call('DELETE', `/v1/webhooks/${id}`, { token: ROOT_KEY })
        return new Response('')
      })
      await deliverWebhooks(host.deps)
      expect(receivers.received).toHaveLength(10)
      expect(await statusesOf(id)).toEqual(end === 'disabled' ? { delivered: 10, pending: 30 } : {})
    }
  })
})
