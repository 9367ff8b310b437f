import { describe, expect, it } from 'vitest'
import { runJobs } from '../../src/services/run-jobs.ts'
import { settleDueAttempts } from '../../src/services/settle-due-attempts.ts'
import type { Answer } from '../support/client.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { INTERRUPTED_CALLS, type InterruptedCall } from '../support/interrupted-calls.ts'
import { snapshotOf, whileFinishing, whileWorking } from '../support/snapshot.ts'
import { describedOperations } from '../support/description.ts'

const KINDS = ['before', 'after'] as const

/** In an isolate that has been running, and in one that has just begun and has to read what it needs. */
const ISOLATES = [
  { isolate: 'a warm isolate', of: async (host: TestHost) => host },
  { isolate: 'a cold isolate', of: (host: TestHost) => host.isolate() },
]

function expectUnavailable(answer: Answer, host: TestHost): void {
  expect(answer.status).toBe(503)
  expect(answer.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/)
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
  expect(answer.body).toMatchObject({ code: 'unavailable', status: 503, errors: [] })
  expect(answer.text + JSON.stringify(host.log)).not.toMatch(/secret[_-]|Failed query/)
}

/** Longer than whoever works on a job is left alone. */
const LEASE_MS = 61_000

/** The call without a fault: how many batches it takes, and how the quiz stands before and after it. */
async function undisturbed(
  { prepare, statuses }: InterruptedCall,
  host: TestHost,
  of: (host: TestHost) => Promise<TestHost>,
) {
  const { quiz, send } = await prepare(host)
  const before = await snapshotOf(host.deps.db, quiz)
  const isolate = await of(host)
  const trips = isolate.meter.trips
  expect((await send(isolate)).status).toBe(statuses[0])
  await isolate.idle()
  const batches = isolate.meter.trips - trips
  return { batches, before, after: await snapshotOf(host.deps.db, quiz) }
}

describe('a fault of the database', () => {
  for (const { isolate: where, of } of ISOLATES) {
    for (const call of INTERRUPTED_CALLS) {
      it(`in ${call.name}, in ${where}, is a 503 with nothing half-done, and a retry has one effect`, async () => {
        const host = await createHost()
        const { batches, before, after } = await undisturbed(call, host, of)
        const between = call.works ? whileWorking(before, after) : call.finishes ? whileFinishing(before, after) : []
        const whole = [before, after, ...between]
        for (let batch = 1; batch <= batches; batch++) {
          for (const kind of KINDS) {
            const { quiz, send } = await call.prepare(host)
            const isolate = await of(host)
            isolate.faults[kind](batch)
            const answer = await send(isolate)
            await isolate.idle()
            // What is cut off behind the answer is nothing that its caller could be told.
            if (!call.works || answer.status !== call.statuses[0]) expectUnavailable(answer, isolate)
            isolate.faults.clear()
            const left = await snapshotOf(host.deps.db, quiz)
            const nothingYet = batch === 1 && kind === 'before'
            const allOfIt = batch === batches && kind === 'after'
            expect(nothingYet ? [before] : allOfIt ? [after] : whole).toContainEqual(left)
            expect(call.statuses).toContain((await send(isolate)).status)
            await isolate.idle()
            if (call.leavesToTimer) await settleDueAttempts(host.deps, 1000)
            if (call.works) host.clock.now += LEASE_MS
            if (call.works) await runJobs(host.deps, 1000)
            expect(await snapshotOf(host.deps.db, quiz)).toEqual(after)
          }
        }
      })
    }
  }
})

describe('these calls', () => {
  it('are every call of the contract that touches the database', async () => {
    const host = await createHost()
    const prepared = await Promise.all(INTERRUPTED_CALLS.map((call) => call.prepare(host)))
    const pages = ['/', '/play', '/verify', '/docs', '/problems']
    const untouched = [...pages, '/healthz', '/version', '/openapi.json', '/.well-known']
    const left = describedOperations.filter(({ method, path }) => {
      const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
      return !prepared.some((sent) => sent.method === method && pattern.test(sent.path))
    })
    const touching = left.filter(({ path }) => !untouched.some((each) => path === each || path.startsWith(`${each}/`)))
    expect(touching.map(({ method, path }) => `${method} ${path}`)).toEqual([])
  })
})
