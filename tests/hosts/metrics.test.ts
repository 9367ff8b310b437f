import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startHranaServer } from '../support/hrana-server.ts'
import { listen } from '../support/listening.ts'
import { type NodeHost, startNodeHost, SUBMISSION } from '../support/node-host.ts'

const scrape = async ({ metricsPort }: NodeHost) => {
  const answer = await fetch(`http://127.0.0.1:${metricsPort}/metrics`)
  return { type: answer.headers.get('Content-Type'), samples: samplesOf(await answer.text()) }
}

/** Samples by their name and labels, as they are written. */
function samplesOf(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => line.split(/ (?=\S+$)/) as [string, string]).map(([key, value]) => [key, +value]))
}

/** What a test would have to name: prom-client writes its own label last where there are others. */
const sample = (name: string, labels: Record<string, string>) =>
  `${name}{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join()}}`

const QUIZ = { service: 'quiz' }

describe('the metrics of a Node host', () => {
  it('stand on a port of their own, say what was done, and name no learner, attempt, quiz or question', async () => {
    const hooks = await listen((_, response) => void response.writeHead(500).end())
    const host = await startNodeHost({ OTEL_SERVICE_NAME: 'quiz', GIT_SHA: 'abc', WEBHOOKS_ALLOW_LOOPBACK: 'true' })
    const request = { method: 'POST', route: '/v1/quizzes/{quiz}/submissions' }
    const before = await scrape(host)
    expect(before.type).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(before.samples.get(sample('http_requests_total', { ...request, status: '503', ...QUIZ }))).toBe(0)

    await host.call('POST', '/webhooks', { url: `http://127.0.0.1:${hooks.port}/`, events: ['attempt.finished'] })
    const submission = { ...SUBMISSION, learner: { id: 'learner-ada', name: 'Ada' } }
    const answer = (await (await host.call('POST', '/quizzes/watched/submissions', submission)).json()) as any
    await host.call('POST', '/quizzes/watched/attempts')
    await fetch(`${host.origin}/no/such/path`)
    let shown = await scrape(host)
    const tried = sample('answerkey_deliveries_total', { outcome: 'retried', status: '5xx', ...QUIZ })
    while (shown.samples.get(tried) !== 1) shown = await scrape(host)
    const { samples } = shown
    const value = (name: string, labels: Record<string, string> = {}) =>
      samples.get(sample(name, { ...labels, ...QUIZ }))

    expect(value('http_requests_total', { ...request, status: '201' })).toBe(1)
    expect(value('http_requests_total', { method: 'GET', route: 'unmatched', status: '404' })).toBe(1)
    expect(samples.get(sample('http_request_duration_seconds_count', { ...QUIZ, ...request }))).toBe(1)
    expect(value('answerkey_responses_graded_total', { type: 'single-choice', verdict: 'correct' })).toBe(1)
    expect(value('answerkey_attempts_open')).toBe(1)
    expect(value('answerkey_outbox_deliveries')).toBe(1)
    expect(value('answerkey_webhooks_failing')).toBe(1)
    expect(value('answerkey_webhooks_disabled')).toBe(0)
    expect(value('answerkey_database_up')).toBe(1)
    expect(value('answerkey_build_info', { version: 'abc' })).toBe(1)
    const trips = samples.get(
      sample('answerkey_database_round_trip_seconds_count', { ...QUIZ, operation: 'append', outcome: 'ok' }),
    )
    expect(trips).toBeGreaterThan(2)

    const text = [...samples.keys()].join('\n')
    for (const secret of ['ada', 'watched', 'single"', answer.attempt.id, host.env['ADMIN_KEY']!]) {
      expect(text).not.toContain(secret)
    }
    const [elsewhere, other] = await Promise.all([
      fetch(`${host.origin}/metrics`),
      fetch(`http://127.0.0.1:${host.metricsPort}/v1/quizzes`),
    ])
    expect([elsewhere.status, other.status]).toEqual([404, 404])
    await host.server.kill()
  })

  it('are told in time when the database hangs, without what it would have said; and requests are told too', async () => {
    let hangs = false
    const authToken = 'a-token-for-the-database'
    const database = await startHranaServer({
      path: join(mkdtempSync(join(tmpdir(), 'answerkey-hanging-')), 'remote.db'),
      authToken,
      beforeAnswer: () => (hangs ? 'hang' : undefined),
    })
    onTestFinished(() => database.stop())
    const host = await startNodeHost({ DATABASE_URL: database.url, DATABASE_AUTH_TOKEN: authToken })
    hangs = true
    const began = performance.now()
    const start = host.call('POST', '/quizzes/watched/attempts')
    const { samples } = await scrape(host)
    // Prometheus waits for ten seconds.
    expect(performance.now() - began).toBeLessThan(8000)
    const own = { service: 'answerkey' }
    expect(samples.get(sample('answerkey_database_up', own))).toBe(0)
    expect(samples.has(sample('answerkey_attempts_open', own))).toBe(false)
    const answer = await start
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '1'])
    hangs = false
    expect((await host.call('POST', '/quizzes/watched/attempts')).status).toBe(201)
    await host.server.kill()
  })

  it('are nowhere unless a port is set', async () => {
    const host = await startNodeHost({ METRICS_PORT: '' })
    expect(host.lines().map(({ event }) => event)).not.toContain('metrics')
    await expect(fetch(`http://127.0.0.1:${host.metricsPort}/metrics`)).rejects.toThrow('fetch failed')
    await host.server.kill()
  })
})
