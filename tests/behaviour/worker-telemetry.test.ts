import { afterEach, describe, expect, it, vi } from 'vitest'
import { openTestDatabase } from '#test-database'
import { createWorker } from '../../src/hosts/create-worker.ts'
import type { Attributes } from '../../src/telemetry/tracing.ts'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import { publish, start } from '../support/actions.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { createHost, PUBLIC_URL, ROOT_KEY } from '../support/host.ts'
import { quizDocument } from '../support/quiz-document.ts'

const { db } = await openTestDatabase()
const secrets = { PUBLIC_URL, ADMIN_KEY: ROOT_KEY, SIGNING_KEYS: JSON.stringify(await generateKeys()), GIT_SHA: 'abc' }
const PLATFORM_TRACE = 'f'.repeat(32)
/** Data points that an invocation may write. */
const MAX_POINTS = 250

type Point = { indexes: string[]; blobs: string[]; doubles: number[] }

/** A Worker with a dataset, on a platform that traces. */
function worker(traceId = PLATFORM_TRACE) {
  const points: Point[] = []
  const spans: string[] = []
  const attributes: Attributes[] = []
  const root = {
    setAttributes: (more: Attributes) => void attributes.push(more),
    spanContext: () => ({ traceId }),
  }
  const tracing = {
    enterSpan: <T>(name: string, work: () => T) => (spans.push(name), work()),
    getActiveSpan: () => root,
  }
  const created = createWorker({ openDatabase: () => db, background: (work) => void work, tracing })
  const env = { ...secrets, METRICS: { writeDataPoint: (point: Point) => void points.push(point) } }
  const lines = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  return {
    points,
    spans,
    attributes: () => Object.assign({}, ...attributes) as Attributes,
    lines: () => lines.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>),
    ask: (method: string, path: string, init: RequestInit = {}) =>
      created.fetch(new Request(`${PUBLIC_URL}${path}`, { method, ...init }), env),
    scheduled: () => created.scheduled({}, env),
  }
}

afterEach(() => {
  vi.restoreAllMocks()
})

const labelled = ({ blobs: [name, version, ...labels] }: Point) => [name, version, ...labels]

describe('a Worker with a dataset', () => {
  it('writes what a request came to and what it took, under the commit that runs', async () => {
    const host = await createHost()
    const quiz = await publish(host, quizDocument())
    const { ask, points } = worker()
    const body = JSON.stringify({ responses: [{ question: 'single', response: { choice: 'b' } }] })
    const init = { body, headers: { 'Content-Type': 'application/json' } }
    expect((await ask('POST', `/v1/quizzes/${quiz}/submissions`, init)).status).toBe(201)
    expect(points.map(labelled)).toEqual([
      ['request', 'abc', 'POST', '/v1/quizzes/{quiz}/submissions', '201'],
      ['trip', 'abc', 'load', 'ok'],
      ['trip', 'abc', 'append', 'ok'],
      ['graded', 'abc', 'single-choice', 'correct'],
    ])
    for (const { indexes, blobs, doubles } of points) {
      expect(indexes).toEqual([blobs[0]])
      // How many it stands for, and their seconds.
      expect(doubles).toEqual([expect.any(Number), expect.any(Number)])
    }
    expect(points.map(({ doubles: [count] }) => count)).toEqual([1, 2, 1, 1])
    expect(JSON.stringify(points)).not.toContain(quiz)
  })

  it('writes what waits every fifth minute, and no more points in a run than the platform takes', async () => {
    const host = await createHost()
    await emptyDatabase(host.deps.db)
    const quiz = await publish(host, quizDocument({ policy: { timeLimitSeconds: 60 } }))
    for (let count = 0; count < 60; count++) await start(host, quiz)
    const { scheduled, points } = worker()
    const time = vi.spyOn(Date, 'now')
    const runs: Point[][] = []
    const run = async (now: number) => {
      time.mockReturnValue(now)
      await scheduled()
      runs.push(points.splice(0))
    }
    await run(Date.UTC(2026, 0, 5, 10, 5))
    await run(Date.UTC(2026, 0, 5, 10, 6))
    await run(Date.UTC(2026, 0, 5, 10, 10))
    const trips = runs[0]!.filter(({ blobs }) => blobs[0] === 'trip').map(({ doubles }) => doubles[0]!)
    expect(trips.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(60 * 3)
    for (const written of runs) expect(written.length).toBeLessThan(MAX_POINTS / 10)
    const nothing = [0, 0, 0, 0, 0, 0]
    const backlogs = runs.map((written) => written.filter(({ blobs }) => blobs[0] === 'backlog'))
    expect(backlogs.map((of) => of.map(({ doubles }) => doubles))).toEqual([[nothing], [], [nothing]])
  })
})

describe('a Worker on a platform that traces', () => {
  const TRACE = '0af7651916cd43dd8448eb211c80319c'

  it('names the platform’s trace in its log, and its pieces of work as the platform’s spans', async () => {
    const { ask, spans, lines, attributes } = worker()
    await ask('GET', '/v1/attempts/att_0000000000', { headers: { Authorization: `Bearer ${ROOT_KEY}` } })
    expect(spans).toEqual(['verify', 'load'])
    expect(lines()).toMatchObject([{ event: 'request', traceId: PLATFORM_TRACE, status: 404 }])
    expect(attributes()).toMatchObject({
      'answerkey.trace_id': PLATFORM_TRACE,
      'answerkey.actor': 'staff',
      'http.route': '/v1/attempts/{attempt}',
      'http.response.status_code': 404,
    })
  })

  it('names the caller’s where there is one, and marks the platform’s with it', async () => {
    const { ask, lines, attributes } = worker()
    await ask('GET', '/healthz', { headers: { traceparent: `00-${TRACE}-b7ad6b7169203331-01` } })
    expect(lines()).toMatchObject([{ traceId: TRACE }])
    expect(attributes()).toMatchObject({ 'answerkey.trace_id': TRACE })
  })

  it('gives a trace of its own to an invocation that the platform does not record, whose id is zeros', async () => {
    const { ask, lines } = worker('0'.repeat(32))
    await ask('GET', '/healthz')
    await ask('GET', '/healthz')
    const ids = lines().map((line) => String(line['traceId']))
    expect(ids).not.toContain('0'.repeat(32))
    expect(new Set(ids).size).toBe(2)
  })
})
