import { beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase } from '#test-database'
import type { Allowance } from '../../src/deps.ts'
import { createWorker } from '../../src/hosts/create-worker.ts'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import { publish, start } from '../support/actions.ts'
import { type Answer, createClient } from '../support/client.ts'
import { describedOperations } from '../support/description.ts'
import { createHost, PUBLIC_URL, ROOT_KEY, type TestHost } from '../support/host.ts'

const { db } = await openTestDatabase()
const environment = { PUBLIC_URL, ADMIN_KEY: ROOT_KEY, SIGNING_KEYS: JSON.stringify(await generateKeys()) }
const newWorker = () =>
  createWorker({
    openDatabase: () => db,
    background: (work) => void work,
    tracing: { enterSpan: <T>(_: string, work: () => T) => work(), getActiveSpan: () => undefined },
  })
const worker = newWorker()

const YEAR = 365 * 24 * 60 * 60
const ALWAYS = {
  'X-Content-Type-Options': /^nosniff$/,
  'Referrer-Policy': /^no-referrer$/,
  'Content-Security-Policy': /^default-src 'none';.*frame-ancestors 'none'$/,
  'Cross-Origin-Resource-Policy': /^same-origin$/,
  'Permissions-Policy': /^camera=\(\), geolocation=\(\), microphone=\(\)/,
  'Strict-Transport-Security': new RegExp(`^max-age=${YEAR}$`),
}

function expectSecured({ status, headers }: Pick<Answer, 'status' | 'headers'>, where: string): void {
  for (const [name, value] of Object.entries(ALWAYS))
    expect(headers.get(name), `${where} ${status} ${name}`).toMatch(value)
  const isPage = headers.get('Content-Type')?.startsWith('text/html') ?? false
  const policy = isPage ? /style-src 'self'/ : /^default-src 'none'; frame-ancestors 'none'$/
  expect(headers.get('Content-Security-Policy'), `${where} ${status}`).toMatch(policy)
}

let host: TestHost
let quiz: string
let paths: string[]

beforeAll(async () => {
  host = await createHost()
  quiz = await publish(host)
  const { id } = await start(host, quiz)
  const filled = describedOperations.map(({ path }) =>
    path
      .replace('{quiz}', quiz)
      .replace('{attempt}', id)
      .replace('{code}', 'not-found')
      .replace(/\{(\w+)\}/, 'nothing'),
  )
  paths = [...new Set(filled), '/nowhere', '/assets/none.css', '/v1/quizzes/', '/%00']
})

const hosts = {
  app: () => host.client,
  Worker: () =>
    createClient({ fetch: (request) => worker.fetch(request, environment), publicUrl: PUBLIC_URL, log: [] }),
}

describe.each(['app', 'Worker'] as const)('every answer of the %s', (name) => {
  it('has the headers that keep browsers from misreading it, whatever it is and whoever asks', async () => {
    const client = hosts[name]()
    const statuses = new Set<number>()
    for (const path of paths) {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'PROPFIND']) {
        for (const token of [null, ROOT_KEY]) {
          const headers = { Accept: 'text/html, application/json', Origin: 'https://course.example' }
          const answer = await client.call(method, path, { token, headers, releases: 'everything' })
          expectSecured(answer, `${method} ${path}`)
          statuses.add(answer.status)
        }
      }
    }
    expect([...statuses]).toEqual(expect.arrayContaining([200, 204, 401, 404, 405, 415]))
  })
})

describe('an answer', () => {
  it('has them where nothing changed, where it is refused for its number, and where the database fails', async () => {
    const { headers } = await host.client.call('GET', `/v1/quizzes/${quiz}`)
    const unchanged = { headers: { 'If-None-Match': headers.get('ETag')! } }
    const answers = [await host.client.call('GET', `/v1/quizzes/${quiz}`, unchanged)]
    const refusal: Allowance = {
      name: 'address',
      isWithin: false,
      quota: 1,
      windowSeconds: 60,
      remaining: 0,
      resetSeconds: 1,
    }
    const limited = await createHost({
      connection: { address: '203.0.113.1' },
      limits: { count: async () => refusal, refusal: async () => null },
    })
    answers.push(await limited.client.call('GET', '/v1/quizzes'))
    host.faults.before(1)
    answers.push(await host.client.call('GET', '/v1/keys', { token: ROOT_KEY }))
    const unconfigured = await newWorker().fetch(new Request(PUBLIC_URL), {})
    expect([...answers, unconfigured].map(({ status }) => status)).toEqual([304, 429, 503, 503])
    for (const answer of answers) expectSecured(answer, 'refused')
    expect(unconfigured.headers.get('X-Content-Type-Options')).toBe('nosniff')
  })

  it('asks for https only where that is how the host is reached', async () => {
    const plain = await createHost({ publicUrl: 'http://localhost:8787' })
    const { headers } = await plain.client.call('GET', '/healthz')
    expect(headers.get('Strict-Transport-Security')).toBeNull()
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
  })

  it('can still be read by pages of other origins where CORS allows it, whatever is said of loading it', async () => {
    const { headers } = await host.client.call('GET', '/v1/quizzes', { headers: { Origin: 'https://course.example' } })
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*')
  })
})
