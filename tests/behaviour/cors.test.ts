import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import type { Answer } from '../support/client.ts'
import { describedOperations } from '../support/description.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'

let host: TestHost
/** The same system, whose pages may be called from one origin alone. */
let narrowed: TestHost
let quiz: string
let run: Run

const ORIGIN = 'https://app.example'
const STRANGER = 'https://stranger.example'
const EXPOSED = 'ETag, Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id'
const STAFF_ONLY = new Set([
  'listAttempts',
  'listGrades',
  'publishQuiz',
  'archiveQuiz',
  'listRevisions',
  'readRevision',
  'createKey',
  'listKeys',
  'revokeKey',
  'listEvents',
  'extendAttempt',
  'extendAttempts',
  'readExtension',
  'gradeResponse',
  'overrideScore',
  'regradeQuiz',
  'readRegrade',
  'readAccommodations',
  'setAccommodations',
  'clearAccommodations',
  'exportLearner',
  'eraseLearner',
  'createWebhook',
  'listWebhooks',
  'readWebhook',
  'updateWebhook',
  'deleteWebhook',
  'rotateWebhookSecret',
  'testWebhook',
  'listDeliveries',
  'redeliver',
  'replayDeliveries',
])

beforeAll(async () => {
  host = await createHost()
  narrowed = await createHost({ corsOrigins: [ORIGIN], signingKeys: host.signingKeys })
  quiz = await publish(host)
  run = await start(host, quiz)
})

/** A path of the description with something in the place of its parameters. */
const filled = (path: string) =>
  path
    .replace('{quiz}', quiz)
    .replace('{attempt}', run.id)
    .replace('{revision}', run.started.body.attempt.revision)
    .replace('{key}', 'key_none')
    .replace('{learner}', 'nobody')
    .replace('{webhook}', 'whk_none')
    .replace('{delivery}', 'msg_none')
    .replace('{code}', 'not-found')
const described = describedOperations.map(({ path, method, operation }) => ({
  path,
  method,
  forBrowsers: !STAFF_ONLY.has(operation.operationId),
}))
const allowOf = (answer: Answer) => answer.headers.get('Allow')?.split(', ').toSorted()

const corsHeaders = ({ headers }: Answer) =>
  [...headers.keys()].filter((name) => name.startsWith('access-control-')).toSorted()

describe('a page in a browser', () => {
  const preflight = (to: TestHost, path: string, method: string | null, origin: string | null = ORIGIN) =>
    to.client.call('OPTIONS', filled(path), {
      headers: {
        ...(origin !== null && { Origin: origin }),
        ...(method !== null && { 'Access-Control-Request-Method': method }),
        'Access-Control-Request-Headers': 'authorization, content-type, idempotency-key',
      },
    })
  const headersFor = async (path: string, method: string) =>
    (await preflight(host, path, method)).headers.get('Access-Control-Allow-Headers')

  it('may call what learners and everyone may, and is told so first', async () => {
    for (const { path, method, forBrowsers } of described) {
      const answer = await preflight(host, path, method)
      const { headers } = answer
      const where = `${method} ${path}`
      expect([answer.status, answer.text], where).toEqual([204, ''])
      const allowed = ['access-control-allow-headers', 'access-control-allow-methods', 'access-control-allow-origin']
      expect(corsHeaders(answer), where).toEqual(forBrowsers ? [...allowed, 'access-control-max-age'] : [])
      expect(headers.get('Access-Control-Allow-Origin'), where).toBe(forBrowsers ? '*' : null)
      expect(headers.get('Access-Control-Allow-Methods') ?? method, where).toContain(method)
      expect(headers.get('Access-Control-Allow-Headers') ?? 'Authorization', where).toContain('Authorization')
    }
  })

  it('may send the headers that a call obeys', async () => {
    const always = 'Authorization, Content-Type, traceparent, tracestate'
    expect(await headersFor('/v1/quizzes', 'GET')).toBe(`${always}, If-None-Match`)
    expect(await headersFor('/v1/quizzes/{quiz}/attempts', 'POST')).toBe(`${always}, Idempotency-Key`)
    expect(await headersFor('/v1/attempts/{attempt}/responses', 'POST')).toBe(`${always}, Idempotency-Key`)
  })

  it('may read every answer of these calls, problems too, and nothing of a staff call', async () => {
    for (const { path, method, forBrowsers } of described) {
      for (const token of [null, ROOT_KEY, 'nonsense']) {
        const options = { token, headers: { Origin: ORIGIN }, releases: 'everything' } as const
        // A body that is not JSON makes every call with a body a problem.
        const sent = method === 'GET' || method === 'DELETE' ? options : { ...options, rawBody: 'x' }
        const safe = method === 'DELETE' ? '/v1/quizzes/never-published' : filled(path)
        const answer = await host.client.call(method, safe, sent)
        const where = `${method} ${path} ${answer.status}`
        expect(answer.headers.get('Access-Control-Allow-Origin'), where).toBe(forBrowsers ? '*' : null)
        expect(answer.headers.get('Access-Control-Expose-Headers'), where).toBe(forBrowsers ? EXPOSED : null)
      }
    }
  })

  it('of another origin than the configured ones may read nothing', async () => {
    for (const { path, method, forBrowsers } of described.filter((operation) => operation.method === 'GET')) {
      const read = (Origin: string) =>
        narrowed.client.call(method, filled(path), { headers: { Origin }, token: ROOT_KEY, releases: 'everything' })
      const [own, foreign] = [await read(ORIGIN), await read(STRANGER)]
      expect(own.headers.get('Access-Control-Allow-Origin'), path).toBe(forBrowsers ? ORIGIN : null)
      expect(corsHeaders(foreign), path).toEqual([])
      if (!forBrowsers) continue
      for (const answer of [own, foreign]) expect(answer.headers.get('Vary'), path).toMatch(/\bOrigin\b/)
      expect(corsHeaders(await preflight(narrowed, path, method, STRANGER)), path).toEqual([])
      const told = await preflight(narrowed, path, method)
      expect(told.headers.get('Access-Control-Allow-Origin'), path).toBe(ORIGIN)
    }
  })

  it.each([`${ORIGIN}.evil.example`, `${ORIGIN}:8443`, 'http://app.example', 'null', 'https://APP.example', '*'])(
    'of %s is not taken for the configured origin',
    async (Origin) => {
      const answer = await narrowed.client.call('GET', '/v1/quizzes', { headers: { Origin } })
      expect(corsHeaders(answer)).toEqual([])
    },
  )

  it('may ask for HEAD where it may read', async () => {
    const answer = await preflight(host, '/v1/quizzes', 'HEAD')
    expect(answer.headers.get('Access-Control-Allow-Methods')).toBe('GET, HEAD')
  })

  it('is told nothing of a method that the path does not take, or without an origin or a method', async () => {
    for (const [method, origin] of [
      ['PATCH', ORIGIN],
      ['DELETE', ORIGIN],
      ['get', ORIGIN],
      ['', ORIGIN],
      [null, ORIGIN],
      ['GET', null],
    ] as const) {
      const answer = await preflight(host, '/v1/quizzes', method, origin)
      expect([answer.status, corsHeaders(answer)], `${method} ${origin}`).toEqual([204, []])
      expect(allowOf(answer)).toEqual(['GET', 'HEAD', 'OPTIONS'])
    }
  })
})
