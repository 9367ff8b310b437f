import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startHranaServer } from '../support/hrana-server.ts'
import { type NodeHost, startNodeHost } from '../support/node-host.ts'
import { freePort } from '../support/processes.ts'
import { METRICS } from './prometheus/metrics.ts'
import { needs } from './prometheus/programs.ts'
import { AUTHORIZED, type Stack, startStack, type Told } from './prometheus/stack.ts'
import { startLearners, submitOne } from './prometheus/learners.ts'

/**
 * A real Prometheus and a real Alertmanager watch two services while faults are injected: each a Node host, one whose
 * remote database stops to answer, and one whose receiver of webhooks is not there.
 */

const canWatch = needs('prometheus', 'alertmanager')

const DATABASE_TOKEN = 'a-token-for-the-database'
const [REMOTE, TELLING] = ['answerkey-remote', 'answerkey-telling']

const HOUR_MS = 3_600_000

/** How long anything may take to come about. */
const PATIENCE = { timeout: 60_000, interval: 200 }

let stack: Stack
let remote: NodeHost
let telling: NodeHost
let database: Awaited<ReturnType<typeof startHranaServer>>
let isDatabaseDown = false

beforeAll(async () => {
  if (!canWatch) return
  database = await startHranaServer({
    path: join(mkdtempSync(join(tmpdir(), 'answerkey-monitored-')), 'remote.db'),
    authToken: DATABASE_TOKEN,
    beforeAnswer: () => (isDatabaseDown ? 'drop' : undefined),
  })
  const hosts = await Promise.all([
    startNodeHost({
      OTEL_SERVICE_NAME: REMOTE,
      DATABASE_URL: database.url,
      DATABASE_AUTH_TOKEN: DATABASE_TOKEN,
    }),
    startNodeHost({ OTEL_SERVICE_NAME: TELLING, WEBHOOKS_ALLOW_LOOPBACK: 'true' }),
  ])
  ;[remote, telling] = hosts
  stack = await startStack([
    { service: REMOTE, metricsPort: remote.metricsPort },
    { service: TELLING, metricsPort: telling.metricsPort },
  ])
}, 60_000)

afterAll(async () => {
  await Promise.all([stack?.stop(), remote?.server.kill(), telling?.server.kill(), database?.stop()])
})

const toldOf = (service: string) => stack.told.filter((each) => each.service === service)
const briefly = ({ receiver, alert, status }: Told) => `${receiver}: ${alert} ${status}`

it('a host shows the metrics that rules and runbooks ask for, with the labels that they know', async () => {
  await submitOne(remote)
  const response = await fetch(`http://127.0.0.1:${remote.metricsPort}/metrics`)
  const shown = labelsByMetric(await response.text())
  for (const [metric, labels] of Object.entries(METRICS)) {
    expect([metric, shown.get(metric)]).toEqual([metric, [...labels, 'service'].toSorted()])
  }
})

describe.concurrent('what whoever operates it is told', { timeout: 90_000 }, () => {
  it('of a database that stops to answer is one page, without its symptoms, and that it is over', async ({
    onTestFinished,
  }) => {
    const learners = startLearners(remote)
    onTestFinished(() => learners.stop())
    await vi.waitFor(
      () => expect(learners.statuses.filter((status) => status === 201).length).toBeGreaterThan(20),
      PATIENCE,
    )
    await vi.waitFor(
      async () => expect(await stack.ask(`answerkey_database_up{service="${REMOTE}"}`)).toEqual([1]),
      PATIENCE,
    )
    expect(await stack.alerts(REMOTE)).toEqual([])

    isDatabaseDown = true
    await vi.waitFor(async () => {
      expect(await stack.alerts(REMOTE)).toEqual(
        expect.arrayContaining(['DatabaseUnavailable firing', 'HighErrorRate firing']),
      )
    }, PATIENCE)
    await vi.waitFor(async () => {
      const held = await stack.held(REMOTE)
      const states = Object.fromEntries(held.map(({ labels, status }) => [labels['alertname'], status]))
      expect(states).toMatchObject({
        DatabaseUnavailable: { state: 'active', inhibitedBy: [] },
        HighErrorRate: { state: 'suppressed', inhibitedBy: [expect.any(String)] },
      })
    }, PATIENCE)
    await vi.waitFor(() => expect(toldOf(REMOTE).map(briefly)).toContain('pager: DatabaseUnavailable firing'), PATIENCE)

    isDatabaseDown = false
    await vi.waitFor(async () => expect(await stack.alerts(REMOTE)).toEqual([]), PATIENCE)
    await vi.waitFor(
      () => expect(toldOf(REMOTE).map(briefly)).toContain('pager: DatabaseUnavailable resolved'),
      PATIENCE,
    )
    learners.stop()

    const told = toldOf(REMOTE)
    expect(told.map(briefly)).toEqual(['pager: DatabaseUnavailable firing', 'pager: DatabaseUnavailable resolved'])
    expect(told[0]).toMatchObject({
      authorization: AUTHORIZED,
      annotations: { runbook: 'docs/runbooks/DatabaseUnavailable.md' },
    })
    expect(new Set(learners.statuses)).toEqual(new Set([201, 503]))
    // From a page to a request behind it.
    const failed = remote.lines().filter(({ event, status }) => event === 'request' && status === 503)
    expect(failed.length).toBeGreaterThan(0)
    for (const { traceId } of failed) expect(traceId).toMatch(/^[0-9a-f]{32}$/)
  })

  it('of a receiver of webhooks that is not there is a ticket, and another when it is not there for an hour', async () => {
    const url = `http://127.0.0.1:${await freePort()}/hooks`
    const made = await telling.call('POST', '/webhooks', { url, events: ['attempt.finished', 'attempt.started'] })
    expect(made.status).toBe(201)
    await Promise.all(Array.from({ length: 12 }, () => submitOne(telling)))

    await vi.waitFor(
      () => expect(toldOf(TELLING).map(briefly)).toEqual(['tickets: DeliveriesFailing firing']),
      PATIENCE,
    )
    expect(toldOf(TELLING)[0]!.annotations['summary']).toBe(`${TELLING}: 100% of webhook deliveries fail`)
    expect(await stack.ask(`answerkey_webhooks_failing{service="${TELLING}"}`)).toEqual([1])

    // After an hour in which nothing got through, that is another matter: thresholds in seconds are not shortened.
    await telling.server.kill()
    telling = await startNodeHost({ ...telling.env, CLOCK_OFFSET_MS: String(HOUR_MS) })
    await vi.waitFor(() => expect(toldOf(TELLING).map(briefly)).toContain('tickets: ReceiverFailing firing'), PATIENCE)
  })
})

/** The names of the labels of each metric, of a text that Prometheus scrapes. */
function labelsByMetric(text: string): Map<string, string[]> {
  const samples = text.matchAll(/^([a-z_0-9]+)\{(.*)\} /gm)
  return new Map(
    [...samples].map(([, metric, labels]) => [
      metric!,
      [...labels!.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)].map(([, label]) => label!).toSorted(),
    ]),
  )
}
