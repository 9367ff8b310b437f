import { describe, expect, it } from 'vitest'
import { withRetries } from '../../src/db/retries.ts'
import { runJobs } from '../../src/services/run-jobs.ts'
import { createHost } from '../support/host.ts'
import { INTERRUPTED_CALLS } from '../support/interrupted-calls.ts'
import { snapshotOf } from '../support/snapshot.ts'

const LOST = 'D1_ERROR: Network connection lost.'
const OVERLOADED = 'D1_ERROR: D1 DB is overloaded. Too many requests queued.'

const retrying = () => createHost({ before: (db) => withRetries(db, { wait: async () => undefined, random: () => 0 }) })

/**
 * What staff administer in one batch that would tell something else the second time: they try again themselves. Nothing that a
 * learner does is among it, and nothing that staff say of an attempt.
 */
const TOLD: ReadonlySet<string> = new Set([
  'an extension for all with a key',
  'a regrade with a key',
  'a first publication',
  'a first publication with a key',
  'another publication',
  'another publication with a key',
  'a publication of what stands there',
  'an archiving',
  'a publication with an API key',
  'a making of an API key with a key',
  'a revocation',
  'a setting of accommodations',
  'a setting of accommodations with a key',
  'a clearing of accommodations',
  'a clearing of accommodations with a key',
  'an erasure',
  'an erasure with a key',
  'a making of a webhook with a key',
  'a change of a webhook',
  'a change of a webhook with a key',
  'a deletion of a webhook',
  'a deletion of a webhook with a key',
  'a rotation with a key',
  'a ping with a key',
  'a redelivery',
  'a redelivery with a key',
  'a replay',
  'a replay with a key',
])
describe('a connection to the database that is lost once', () => {
  for (const call of INTERRUPTED_CALLS) {
    it(`in ${call.name} has no effect${TOLD.has(call.name) ? ' but a 503' : ', and nobody is told'}`, async () => {
      const host = await retrying()
      const undisturbed = await call.prepare(host)
      const trips = host.meter.trips
      expect((await undisturbed.send(host)).status).toBe(call.statuses[0])
      await host.idle()
      const batches = host.meter.trips - trips
      const after = await snapshotOf(host.deps.db, undisturbed.quiz)
      const statuses = new Set<number>()
      for (let batch = 1; batch <= batches; batch++) {
        for (const kind of ['before', 'after'] as const) {
          const { quiz, send } = await call.prepare(host)
          host.faults[kind](batch, LOST)
          const { status } = await send(host)
          await host.idle()
          host.faults.clear()
          statuses.add(status)
          const last = status === 503 ? (await send(host)).status : status
          expect(call.statuses).toContain(last)
          if (call.works) host.clock.now += 61_000
          if (call.works) await runJobs(host.deps, 1000)
          expect(await snapshotOf(host.deps.db, quiz)).toEqual(after)
        }
      }
      const first = call.statuses[0]!
      expect([...statuses].toSorted((a, b) => a - b)).toEqual(
        TOLD.has(call.name) ? [...(statuses.has(first) ? [first] : []), 503] : [first],
      )
    })
  }
})

describe('a database that is overloaded', () => {
  it.each(INTERRUPTED_CALLS)('is asked once in $name, whose caller is told when to come again', async (call) => {
    const host = await retrying()
    const { send } = await call.prepare(host)
    host.faults.before(1, OVERLOADED)
    host.faults.before(2, 'a second try')
    const answer = await send(host)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/)
    expect(answer.body.code).toBe('unavailable')
    expect(JSON.stringify(host.log)).not.toContain('a second try')
  })
})
