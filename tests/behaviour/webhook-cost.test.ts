import { beforeEach, describe, expect, it } from 'vitest'
import { deliverWebhooks } from '../../src/services/deliver-webhooks.ts'
import { newQuizId, publish, type Run, start } from '../support/actions.ts'
import { costOf } from '../support/cost.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { onD1, type TestHost } from '../support/host.ts'
import { fillOutbox } from '../support/outbox.ts'
import { quizDocument, singleChoice } from '../support/quiz-document.ts'
import { change, createTellingHost, status, type Receivers, tell } from '../support/receivers.ts'
import { override } from '../support/staff-words.ts'

/** What it costs that someone is told: on top of what the calls cost, and nothing where nobody is. */

let host: TestHost
let receivers: Receivers
let quiz: string

beforeEach(async () => {
  ;({ host, receivers } = await createTellingHost())
  await emptyDatabase(host.deps.db)
  quiz = await publish(host, quizDocument({ questions: [singleChoice('single')] }))
  await (await start(host, quiz)).finish({ releases: 'everything' })
})

const everything = { releases: 'everything' } as const
const rows = (written: number) => (onD1 ? written : null)

/** Trips and rows written of a call, with everything that goes on behind its answer. */
async function costsOf(act: () => Promise<unknown>) {
  const { trips, rowsWritten } = await costOf(host, async () => {
    await act()
    await host.idle()
  })
  return { trips, written: rowsWritten }
}

const submit = () =>
  host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
    body: { responses: [{ question: 'single', response: { choice: 'b' } }] },
    ...everything,
  })
const running = () => start(host, quiz)
const finished = async (): Promise<Run> => {
  const run = await running()
  await run.finish(everything)
  await host.idle()
  return run
}

/** A call, what it costs by itself (DESIGN, section 4), and how many things there are to tell of it. */
const CALLS = [
  { what: 'a start', before: async () => undefined, act: () => running(), trips: 1, written: 2, told: 1 },
  { what: 'a submission in one call', before: async () => undefined, act: submit, trips: 1, written: 4, told: 3 },
  { what: 'a finish', before: running, act: (run: Run) => run.finish(everything), trips: 2, written: 4, told: 1 },
  {
    what: 'an override',
    before: finished,
    act: (run: Run) => override(host, run.id, [null, 0]),
    trips: 3,
    written: 4,
    told: 1,
  },
] as const

describe('where nobody is to be told', () => {
  for (const { what, before, act, trips, written } of CALLS) {
    it(`${what} costs nothing more: without an endpoint, with one for other quizzes or events, or a disabled one`, async () => {
      const expected = { trips, written: rows(written) }
      const cost = async () => {
        const given = await before()
        await host.idle()
        return costsOf(() => act(given as never))
      }
      expect(await cost()).toEqual(expected)
      await tell(host, 'a.school.org', { quizzes: [newQuizId()] })
      await tell(host, 'b.school.org', { events: ['ping'] })
      const { id } = await tell(host, 'c.school.org')
      await change(host, id, { disabled: true })
      expect(await cost()).toEqual(expected)
    })
  }
})

describe('who is told costs', () => {
  for (const { what, before, act, trips, written, told } of CALLS) {
    it(`for ${what} a row and its place in the order of what is due, no round trip, and the sending behind the answer`, async () => {
      const endpoints = [await tell(host, 'a.school.org'), await tell(host, 'b.school.org')]
      const given = await before()
      await host.idle()
      const sent = receivers.received.length
      const cost = await costsOf(() => act(given as never))
      expect(receivers.received.length - sent).toBe(2 * told)
      // A search; and for each endpoint what is due is taken until nothing is. Each try is recorded by itself.
      expect(cost.trips).toBe(trips + 1 + endpoints.length * (2 + told))
      // A row and its place when it is made; the same when it is taken; and when it is recorded the row, which loses its place.
      expect(cost.written).toBe(rows(written + endpoints.length * told * (2 + 2 + 1)))
    })
  }
})

/** Rows read a try, for as many deliveries as are due. */
async function readFor(name: string, count: number): Promise<number> {
  const { id } = await tell(host, name)
  await fillOutbox(host.deps.db, id, count, host.clock.now)
  const before = receivers.received.length
  const { rowsRead } = await costOf(host, () => deliverWebhooks(host.deps))
  return (rowsRead ?? 0) / (receivers.received.length - before)
}

describe('a long outbox', () => {
  it('costs no more rows read for each that is sent', async () => {
    const few = await readFor('few.school.org', 20)
    const many = await readFor('many.school.org', 1000)
    expect(receivers.to('many.school.org')).toHaveLength(1000)
    expect(many).toBeLessThanOrEqual(few + 1)
    expect(many).toBeLessThan(20)
  })

  it('of a receiver that fails costs few rows read for a try, however many wait', async () => {
    receivers.answer('few.school.org', status(500))
    receivers.answer('many.school.org', status(500))
    const few = await readFor('few.school.org', 20)
    const many = await readFor('many.school.org', 1000)
    expect(few).toBeLessThan(20)
    expect(many).toBeLessThan(30)
  })
})
