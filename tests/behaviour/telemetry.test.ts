import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { deliverWebhooks } from '../../src/services/deliver-webhooks.ts'
import { readBacklog } from '../../src/services/read-backlog.ts'
import { runJobs } from '../../src/services/run-jobs.ts'
import { settleDueAttempts } from '../../src/services/settle-due-attempts.ts'
import { publish, type Run, start, startFor } from '../support/actions.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { essay } from '../support/every-type.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { multipleChoice, quizDocument, singleChoice } from '../support/quiz-document.ts'
import { createReceivers, NO_CONTENT, status } from '../support/receivers.ts'
import { type RecordedFact, recordTelemetry } from '../support/recorded.ts'
import { extendAll } from '../support/staff-words.ts'
import { listen } from '../support/told.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const TRACEPARENT = `00-${TRACE}-b7ad6b7169203331-01`
const HOUR = 3_600_000
const staff = { token: ROOT_KEY, releases: 'everything' } as const

const clock = { now: Date.UTC(2026, 0, 5, 9) }
const recorded = recordTelemetry()
const receivers = createReceivers(clock)
let host: TestHost
let quiz: string

const document = (policy = {}) =>
  quizDocument({
    policy: { tries: 2, ...policy },
    questions: [singleChoice('single'), multipleChoice('many'), essay('essay')],
  })

beforeAll(async () => {
  const { metrics, tracing } = recorded
  host = await createHost({ clock, metrics, tracing, outgoing: receivers.outgoing, deadline: receivers.deadline })
  await emptyDatabase(host.deps.db)
  quiz = await publish(host, document())
  await (await start(host, quiz)).respond('single', { choice: 'a' }, { releases: ['single'] })
})

/** What was recorded since. */
function since() {
  const [spans, facts, lines] = [recorded.spans.length, recorded.facts.length, host.log.length]
  return {
    spans: () => recorded.spans.slice(spans),
    facts: (of?: RecordedFact['of']) =>
      recorded.facts.slice(facts).filter((fact) => of === undefined || fact.of === of),
    lines: () => host.log.slice(lines),
  }
}

const answer = (run: Run, question: string, response: object, headers: Record<string, string> = {}) =>
  run.respond(question, response, { releases: [question], headers })

describe('a graded response', () => {
  it('is one trace of verify, append, grade and sign, one line that names it, and one count', async () => {
    const run = await start(host, quiz)
    const seen = since()
    const { headers } = await answer(run, 'single', { choice: 'b' }, { traceparent: TRACEPARENT })
    const route = '/v1/attempts/{attempt}/responses'
    expect(seen.spans().map(({ name, kind, failed }) => [name, kind, failed])).toEqual([
      [`POST ${route}`, 'server', false],
      ['verify', 'piece', false],
      ['append', 'piece', false],
      ['grade', 'piece', false],
      ['sign', 'piece', false],
    ])
    expect(new Set(seen.spans().map(({ traceId }) => traceId))).toEqual(new Set([TRACE]))
    const requestId = headers.get('X-Request-Id')
    expect(seen.spans()[0]!.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': route,
      'http.response.status_code': 200,
      'answerkey.request_id': requestId,
      'answerkey.actor': 'learner',
    })
    const line = { level: 'info', event: 'request', requestId, method: 'POST', route, status: 200, durationMs: 0 }
    expect(seen.lines()).toEqual([{ ...line, actor: 'learner', traceId: TRACE }])
    expect(seen.facts()).toEqual([
      { of: 'tripMade', operation: 'append', outcome: 'ok', seconds: expect.any(Number) },
      { of: 'responseGraded', type: 'single-choice', verdict: 'correct' },
      { of: 'requestAnswered', method: 'POST', route, status: 200, seconds: 0 },
    ])
  })

  it('is counted by what became of it: once, however often it is sent, and not when it repeats or is refused', async () => {
    const run = await start(host, quiz)
    const seen = since()
    const key = { 'Idempotency-Key': 'a-key-of-a-response-of-this-test' }
    await answer(run, 'single', { choice: 'a' }, key)
    clock.now += 1000
    await answer(run, 'single', { choice: 'a' }, key)
    await answer(run, 'single', { choice: 'a' })
    await answer(run, 'single', { choice: 'b' })
    expect((await answer(run, 'single', { choice: 'c' })).status).toBe(409)
    await answer(run, 'many', { choices: ['p'] })
    await answer(run, 'essay', { text: 'Because.' })
    expect(seen.facts('responseGraded').map(({ type, verdict }) => [type, verdict])).toEqual([
      ['single-choice', 'incorrect'],
      ['single-choice', 'correct'],
      ['multiple-choice', 'partially-correct'],
      ['essay', 'pending'],
    ])
  })

  it('is counted in one call too', async () => {
    const seen = since()
    const body = { responses: [{ question: 'single', response: { choice: 'b' } }] }
    await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body, releases: 'everything' })
    expect(seen.facts('responseGraded').map(({ verdict }) => verdict)).toEqual(['correct'])
  })
})

describe('a request', () => {
  it('that names no trace, or none that is valid, begins one', async () => {
    for (const traceparent of [null, 'nonsense', TRACEPARENT.replace(TRACE, '0'.repeat(32)), `${TRACEPARENT}-more`]) {
      const seen = since()
      await host.client.call('GET', '/v1/quizzes', { headers: traceparent === null ? {} : { traceparent } })
      const [line] = seen.lines()
      expect([line!['traceId'], traceparent]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), traceparent])
      expect(line!['traceId']).not.toBe(TRACE)
    }
  })

  it('that fails says so in its one line, its trace and its count', async () => {
    const seen = since()
    host.faults.before(1)
    await host.client.call('GET', '/v1/attempts/att_0000000000', { token: ROOT_KEY })
    expect(seen.lines()).toMatchObject([
      { level: 'error', event: 'request', status: 503, code: 'unavailable', actor: 'staff', error: 'Error' },
    ])
    expect(seen.spans().map(({ name, failed }) => [name, failed])).toEqual([
      ['GET /v1/attempts/{attempt}', true],
      ['verify', false],
      ['load', true],
    ])
    expect(seen.facts()).toMatchObject([
      { of: 'tripMade', operation: 'load', outcome: 'error' },
      { of: 'requestAnswered', status: 503 },
    ])
  })

  it('is counted under few names, whatever its method and path are', async () => {
    const seen = since()
    for (const [method, path] of [
      ['GET', '/no/such/path'],
      ['PROPFIND', '/healthz'],
      ['DELETE', '/healthz'],
      ['OPTIONS', '/v1/quizzes'],
      ['GET', '/v1/attempts/att_%00'],
    ]) {
      await host.app.fetch(new Request(`https://quiz.example${path}`, { method: method! }))
    }
    expect(seen.facts('requestAnswered').map(({ method, route, status: code }) => [method, route, code])).toEqual([
      ['GET', 'unmatched', 404],
      ['other', '/healthz', 405],
      ['DELETE', '/healthz', 405],
      ['OPTIONS', '/v1/quizzes', 204],
      ['GET', '/v1/attempts/{attempt}', 401],
    ])
  })
})

describe('a webhook', () => {
  afterEach(() => receivers.answer('lms.school.org', NO_CONTENT))

  it('goes on with the trace of the call that caused it, at every try, and its tries are counted by their outcome', async () => {
    await listen(host, { url: 'https://lms.school.org/hooks', events: ['attempt.finished'] })
    const run = await start(host, quiz)
    receivers.answer('lms.school.org', status(500))
    const seen = since()
    await run.finish({ releases: 'everything', headers: { traceparent: TRACEPARENT } })
    await host.idle()
    receivers.answer('lms.school.org', NO_CONTENT)
    clock.now += HOUR
    await deliverWebhooks(host.deps)
    const tries = receivers.to('lms.school.org')
    const parents = tries.map(({ headers }) => headers['traceparent']!)
    expect(parents).toEqual(Array(2).fill(expect.stringMatching(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`))))
    expect(new Set([TRACEPARENT, ...parents]).size).toBe(3)
    const deliveries = seen.spans().filter(({ name }) => name === 'deliver')
    expect(deliveries.map(({ traceId, kind, failed, attributes }) => [traceId, kind, failed, attributes])).toEqual([
      [TRACE, 'client', true, { 'answerkey.delivery': tries[0]!.id, 'http.response.status_code': 500 }],
      [TRACE, 'client', false, { 'answerkey.delivery': tries[0]!.id, 'http.response.status_code': 204 }],
    ])
    expect(seen.facts('deliveryTried')).toEqual([
      { of: 'deliveryTried', outcome: 'retried', status: '5xx' },
      { of: 'deliveryTried', outcome: 'delivered', status: '2xx' },
    ])
  })
})

describe('work that no request asked for', () => {
  it('is a trace of its own: a run of a job, and an attempt that is settled', async () => {
    const stopping = await createHost({ clock, signingKeys: host.signingKeys, isDraining: () => true })
    const timed = await publish(host, document({ timeLimitSeconds: 60 }))
    await start(host, timed)
    await extendAll(stopping, timed, 60)
    await stopping.idle()
    const seen = since()
    const own = () => seen.spans().filter(({ kind }) => kind === 'internal')
    await runJobs(host.deps, 10)
    clock.now += HOUR
    await settleDueAttempts(host.deps)
    expect(own().map(({ name, failed }) => [name, failed])).toEqual([
      ['extension', false],
      ['settle', false],
    ])
    expect(new Set(own().map(({ traceId }) => traceId)).size).toBe(2)
  })
})

describe('the backlog', () => {
  it('is what waits: attempts of a day, webhooks, and receivers that fail, with how long they have', async () => {
    const own = await createHost({ clock, outgoing: receivers.outgoing, deadline: receivers.deadline })
    await emptyDatabase(own.deps.db)
    const noReceiver = { failingWebhooks: 0, failingSeconds: 0, disabledWebhooks: 0 }
    const nothing = { attemptsOpen: 0, deliveries: 0, overdueSeconds: 0, ...noReceiver }
    expect(await readBacklog(own.deps)).toEqual(nothing)
    const { id } = await listen(own, { url: 'https://down.school.org/hooks', events: ['attempt.finished'] })
    receivers.answer('down.school.org', status(503))
    const other = await publish(own, document())
    await startFor(own, other, 'yesterday', { token: ROOT_KEY, body: { learner: { id: 'yesterday' } } })
    clock.now += 24 * HOUR + 1
    await start(own, other)
    await (await start(own, other)).finish({ releases: 'everything' })
    await own.idle()
    expect(await readBacklog(own.deps)).toEqual({ ...nothing, attemptsOpen: 1, deliveries: 1, failingWebhooks: 1 })
    clock.now += HOUR
    const waiting = await readBacklog(own.deps)
    expect(waiting).toMatchObject({ attemptsOpen: 1, deliveries: 1, failingWebhooks: 1, failingSeconds: 3600 })
    // The first wait is five seconds, a fifth more or less.
    expect(waiting.overdueSeconds).toBeGreaterThanOrEqual(3594)
    expect(waiting.overdueSeconds).toBeLessThanOrEqual(3596)
    await own.client.call('PATCH', `/v1/webhooks/${id}`, { ...staff, body: { disabled: true } })
    expect(await readBacklog(own.deps)).toEqual({ ...nothing, attemptsOpen: 1 })
    // What staff did is no trouble; what the receiver said is.
    receivers.answer('down.school.org', status(410))
    await own.client.call('PATCH', `/v1/webhooks/${id}`, { ...staff, body: { disabled: false } })
    await own.idle()
    await deliverWebhooks(own.deps)
    expect(await readBacklog(own.deps)).toEqual({ ...nothing, attemptsOpen: 1, disabledWebhooks: 1 })
  })
})
