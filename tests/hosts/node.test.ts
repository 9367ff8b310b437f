import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freePort, run, startServer } from '../support/processes.ts'
import { PLAYER_FILE, readFile, SECURED } from '../support/served-files.ts'
import { generateKeys } from '../../src/tokens/generate-keys.ts'

const HOST = 'src/hosts/node.ts'

async function environment(change: NodeJS.ProcessEnv = {}): Promise<NodeJS.ProcessEnv> {
  return {
    DATA_DIR: mkdtempSync(join(tmpdir(), 'answerkey-node-')),
    DATABASE_URL: '',
    PORT: String(await freePort()),
    PUBLIC_URL: 'https://quiz.example',
    ADMIN_KEY: 'an-admin-key-for-the-node-host',
    SIGNING_KEYS: JSON.stringify(await generateKeys()),
    ...change,
  }
}

const COLLECTOR = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }

/** What reads from these addresses are answered with, which a proxy tells at the end of the header. */
async function statusesOf(change: NodeJS.ProcessEnv, from: readonly string[]): Promise<number[]> {
  const env = await environment({ RATE_LIMIT_ADDRESS: '2', ...change })
  const server = await startServer('node', [HOST], { env, ready: /listening/ })
  const statuses: number[] = []
  for (const address of from) {
    const headers = { 'X-Forwarded-For': `192.0.2.1, ${address}` }
    const response = await fetch(`http://localhost:${env['PORT']}/v1/quizzes`, { headers })
    await response.text()
    statuses.push(response.status)
  }
  await server.stop()
  return statuses
}

describe('the Node host', () => {
  const refused: [change: NodeJS.ProcessEnv, says: string][] = [
    [{ PUBLIC_URL: '' }, 'PUBLIC_URL is not set.'],
    [{ PUBLIC_URL: 'https://quiz.example/path' }, 'PUBLIC_URL is not an origin'],
    [{ ADMIN_KEY: 'too-short-secret' }, 'ADMIN_KEY has fewer than 20 characters.'],
    [{ ADMIN_KEY: 'a key of words with spaces' }, 'ADMIN_KEY has a character that no header can carry'],
    [{ SIGNING_KEYS: '{"keys":["secret-part"]}' }, 'SIGNING_KEYS is not a private JWKS'],
    [{ PORT: 'http' }, 'PORT is not a whole number from 0 to 65535.'],
    [{ WEBHOOKS_ALLOW_LOOPBACK: 'yes' }, 'WEBHOOKS_ALLOW_LOOPBACK is neither true nor false.'],
    [{ METRICS_PORT: '65536' }, 'METRICS_PORT is not a whole number from 0 to 65535.'],
    [{ DRAIN_SECONDS: '-1' }, 'DRAIN_SECONDS is not a whole number from 0 to 600.'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, 'OTEL_EXPORTER_OTLP_ENDPOINT is not an address'],
    [{ ...COLLECTOR, OTEL_TRACES_SAMPLER: 'sometimes' }, 'OTEL_TRACES_SAMPLER is not one of always_on, always_off'],
    [{ ...COLLECTOR, OTEL_TRACES_SAMPLER_ARG: '2' }, 'OTEL_TRACES_SAMPLER_ARG is not a number from 0 to 1.'],
  ]
  for (const [change, says] of refused) {
    const name = Object.keys(change).at(-1)
    it(`does not start with a bad ${name}: it names the variable, not its value`, async () => {
      const { code, stdout, stderr } = await run('node', [HOST], await environment(change))
      expect(code).toBe(1)
      expect(stderr).toContain(says)
      expect(stdout + stderr).not.toMatch(/too-short-secret|secret-part|\n\s+at /)
    })
  }

  it('says which port is taken', async () => {
    const env = await environment()
    const first = await startServer('node', [HOST], { env, ready: /listening/ })
    const second = await run('node', [HOST], env)
    await first.stop()
    expect(second.code).toBe(1)
    expect(second.stderr).toContain(`Port ${env['PORT']} is taken.`)
  })

  it('is not started on a port that another server holds, and sends that one nothing', async () => {
    const received: string[] = []
    const other = createServer((request, response) => {
      received.push(`${request.method} ${request.url}`)
      response.end()
    })
    await new Promise<void>((resolve) => void other.listen(0, 'localhost', resolve))
    const { port } = other.address() as { port: number }
    const started = await run('node', ['scripts/start-node.ts', '--port', String(port)], await environment())
    await new Promise((resolve) => other.close(resolve))
    expect([started.code, started.stderr.trim(), received]).toEqual([1, `Port ${port} is taken.`, []])
  })

  it('says which commit runs', async () => {
    const env = await environment({ GIT_SHA: 'f00d'.repeat(10) })
    const server = await startServer('node', [HOST], { env, ready: /listening/ })
    const version = await (await fetch(`http://localhost:${env['PORT']}/version`)).json()
    await server.stop()
    expect(version).toEqual({ version: 'f00d'.repeat(10) })
  })

  it('is alive before anything is published, and not ready', async () => {
    const env = await environment()
    const server = await startServer('node', [HOST], { env, ready: /listening/ })
    const origin = `http://localhost:${env['PORT']}`
    const [health, readiness] = await Promise.all([fetch(`${origin}/healthz`), fetch(`${origin}/readyz`)])
    await server.stop()
    expect([health.status, readiness.status, readiness.headers.get('Retry-After')]).toEqual([200, 503, '1'])
  })

  it('serves the files of its pages, and nothing outside their folder', async () => {
    const env = await environment()
    const server = await startServer('node', ['scripts/start-node.ts'], { env, ready: /serves on/ })
    const origin = `http://localhost:${env['PORT']}`
    const scripts = ['play.js', 'verify.js', 'docs.js', 'swagger-ui-bundle.js']
    const paths = ['page.css', 'icon.svg', 'swagger-ui.css', ...scripts]
    const get = (path: string) => readFile(`${origin}/assets/${path}`)
    const player = await readFile(`${origin}/player.js`)
    const found = await Promise.all(paths.map(get))
    const outside = await Promise.all(['%2e%2e/%2e%2e/package.json', '..%2f..%2fpackage.json', 'nope.css'].map(get))
    outside.push(await readFile(`${origin}/_headers`))
    await server.stop()
    expect(player).toMatchObject(PLAYER_FILE)
    const file = {
      status: 200,
      again: 304,
      cacheControl: 'public, no-cache',
      sniffing: 'nosniff',
      embeddedBy: 'same-origin',
    }
    for (const each of found) expect(each).toMatchObject({ ...file, readableBy: [null, null] })
    for (const each of [player, ...found, ...outside]) expect(each).toMatchObject(SECURED)
    for (const each of outside) expect(each).toMatchObject({ status: 404, type: 'application/problem+json' })
    expect(outside[2]).toMatchObject({ cacheControl: 'private, no-store' })
  })

  it('limits by address, which behind a proxy that is trusted is the one that the proxy tells', async () => {
    const from = ['203.0.113.1', '203.0.113.1', '203.0.113.1', '203.0.113.2']
    expect(await statusesOf({ TRUSTED_PROXIES: '1' }, from)).toEqual([200, 200, 429, 200])
    expect(await statusesOf({}, from)).toEqual([200, 200, 429, 429])
    expect(await statusesOf({ RATE_LIMITS: 'off' }, from)).toEqual([200, 200, 200, 200])
    // Three hosts, one after the other.
  }, 60_000)

  it('ends what it has begun when it is told to stop', async () => {
    const env = await environment()
    const server = await startServer('node', [HOST], { env, ready: /listening/ })
    await fetch(`http://localhost:${env['PORT']}/healthz`)
    await server.stop()
    await expect(fetch(`http://localhost:${env['PORT']}/healthz`)).rejects.toThrow('fetch failed')
  })
})
