import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startHranaServer } from '../support/hrana-server.ts'
import { listen } from '../support/listening.ts'
import { type NodeHost, startNodeHost, SUBMISSION } from '../support/node-host.ts'
import { startServer } from '../support/processes.ts'

const CLIENTS = 8

/** Whether this machine lets a process be process 1 of its own. */
const hasNamespaces = spawnSync('unshare', ['-rpf', 'true']).status === 0

async function isReady({ origin }: NodeHost): Promise<boolean> {
  try {
    const answer = await fetch(`${origin}/readyz`)
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}

/** What a balancer does: it asks who is ready, and sends requests to those who were when it last asked. */
function balance(hosts: readonly NodeHost[]) {
  const ready = new Set(hosts)
  const look = setInterval(() => {
    for (const host of hosts) {
      void isReady(host).then((answer) => answer || ready.delete(host))
    }
  }, 50)
  let turn = 0
  return {
    next: () => [...ready][(turn += 1) % ready.size]!,
    isReady: (host: NodeHost) => ready.has(host),
    stop: () => clearInterval(look),
  }
}

describe('a Node host that is told to stop', () => {
  it('under load fails no request, while it is taken out and another goes on', { timeout: 60_000 }, async () => {
    const leaving = await startNodeHost({ DRAIN_SECONDS: '2' })
    const staying = await startNodeHost({
      DATA_DIR: leaving.env['DATA_DIR'],
      SIGNING_KEYS: leaving.env['SIGNING_KEYS'],
    })
    const balancer = balance([leaving, staying])
    const outcomes: { status: number | string; host: NodeHost }[] = []
    const time = { isOver: false }
    const learner = async () => {
      while (!time.isOver) {
        const host = balancer.next()
        const status = await host.call('POST', '/quizzes/watched/submissions', SUBMISSION).then(
          async (answer) => (await answer.arrayBuffer(), answer.status),
          (error: Error) => (error.cause instanceof Error ? error.cause.message : error.message),
        )
        outcomes.push({ status, host })
      }
    }
    const learners = Array.from({ length: CLIENTS }, learner)
    const served = (host: NodeHost) => outcomes.filter((outcome) => outcome.host === host).length
    await vi.waitFor(() => expect(Math.min(served(leaving), served(staying))).toBeGreaterThan(20), { timeout: 20_000 })
    const stopped = leaving.server.stop()
    await vi.waitFor(() => expect(balancer.isReady(leaving)).toBe(false), { timeout: 5000 })
    await stopped
    const before = served(staying)
    await vi.waitFor(() => expect(served(staying)).toBeGreaterThan(before + 20), { timeout: 20_000 })
    time.isOver = true
    await Promise.all(learners)
    balancer.stop()
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([201]))
    expect(leaving.lines().map(({ event }) => event)).toEqual(expect.arrayContaining(['draining', 'stopped']))
    expect(leaving.lines().at(-1)).toMatchObject({ event: 'stopped' })
    await staying.server.kill()
  })

  it('answers requests that it has begun to read, and says that the connection ends', async () => {
    const host = await startNodeHost({ DRAIN_SECONDS: '0' })
    const body = JSON.stringify(SUBMISSION)
    const call = request({
      host: '127.0.0.1',
      port: host.port,
      path: '/v1/quizzes/watched/submissions',
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Length': body.length, Expect: '100-continue' },
    })
    call.flushHeaders()
    // It has read the head, and waits for the rest.
    await once(call, 'continue')
    const stopped = host.server.stop()
    await vi.waitFor(() => expect(host.lines().at(-1)).toMatchObject({ event: 'draining' }), { timeout: 5000 })
    call.end(body)
    const [answer] = await once(call, 'response')
    answer.resume()
    expect([answer.statusCode, answer.headers.connection]).toEqual([201, 'close'])
    await stopped
    expect(host.lines().at(-1)).toMatchObject({ event: 'stopped' })
  })

  it('waits for the webhook that is under way, takes on no other, and leaves the rest to whoever comes next', async () => {
    const waiting: (() => void)[] = []
    const hooks = await listen((_, response) => void waiting.push(() => response.writeHead(204).end()))
    const host = await startNodeHost({ WEBHOOKS_ALLOW_LOOPBACK: 'true' })
    const url = `http://127.0.0.1:${hooks.port}/`
    await host.call('POST', '/webhooks', { url, events: ['attempt.started'] })
    await Promise.all(Array.from({ length: 15 }, () => host.call('POST', '/quizzes/watched/attempts')))
    // As many as are under way to one receiver at once.
    await vi.waitFor(() => expect(waiting).toHaveLength(10), { timeout: 10_000 })
    const stopped = host.server.stop()
    await vi.waitFor(() => expect(host.lines().at(-1)).toMatchObject({ event: 'draining' }), { timeout: 5000 })
    for (const answer of waiting) answer()
    await stopped
    const client = createClient({ url: `file:${host.env['DATA_DIR']}/answerkey.db` })
    const { rows } = await client.execute(
      'SELECT status, tries, count(*) AS many FROM webhook_deliveries GROUP BY 1, 2',
    )
    client.close()
    expect(rows.map(({ status, tries, many }) => [status, tries, many])).toEqual([
      ['delivered', 1, 10],
      ['pending', 0, 5],
    ])
    expect(hooks.hits()).toBe(10)
  })

  it('ends at once when it is told again', async () => {
    const host = await startNodeHost({ DRAIN_SECONDS: '600' })
    const stopped = host.server.stop()
    await vi.waitFor(() => expect(host.lines().at(-1)).toMatchObject({ event: 'draining' }), { timeout: 5000 })
    await host.server.stop()
    await stopped
    expect(host.lines().at(-1)).toMatchObject({ event: 'draining' })
  })

  it('ends within 20 seconds, whatever hangs', { timeout: 60_000 }, async () => {
    const fate = { hangs: false }
    const authToken = 'a-token-for-the-database'
    const database = await startHranaServer({
      path: join(mkdtempSync(join(tmpdir(), 'answerkey-hanging-')), 'remote.db'),
      authToken,
      beforeAnswer: () => (fate.hangs ? 'hang' : undefined),
    })
    onTestFinished(() => database.stop())
    const [collector, hooks] = [await listen(() => undefined), await listen(() => undefined)]
    const host = await startNodeHost({
      DATABASE_URL: database.url,
      DATABASE_AUTH_TOKEN: authToken,
      WEBHOOKS_ALLOW_LOOPBACK: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.port}`,
    })
    const url = `http://127.0.0.1:${hooks.port}/`
    await host.call('POST', '/webhooks', { url, events: ['attempt.started'] })
    const half = connect(host.port, '127.0.0.1').on('error', () => undefined)
    const head = ['POST /v1/quizzes/watched/submissions HTTP/1.1', 'Host: x', 'Content-Type: application/json']
    half.write(`${head.join('\r\n')}\r\nContent-Length: 9\r\n\r\n{`)
    await host.call('POST', '/quizzes/watched/attempts')
    await vi.waitFor(() => expect(hooks.hits()).toBe(1), { timeout: 5000 })
    fate.hangs = true
    const told = performance.now()
    await host.server.stop()
    // Fifteen for what is under way, two for the collector, and some for the machine.
    expect((performance.now() - told) / 1000).toBeLessThan(20)
  })

  it.skipIf(!hasNamespaces)('ends at once when it is told again as process 1, as it is in a container', async () => {
    const { env, server } = await startNodeHost()
    await server.kill()
    const args = ['-rpf', '--kill-child', 'node', 'src/hosts/node.ts']
    const first = await startServer('unshare', args, { env: { ...env, DRAIN_SECONDS: '600' }, ready: /"listening"/ })
    const stopped = first.stop()
    await vi.waitFor(() => expect(first.output()).toMatch(/"draining"/), { timeout: 5000 })
    await first.stop()
    await stopped
    expect(first.output()).not.toMatch(/"stopped"/)
  })
})

describe('a Node host whose standard output is gone', () => {
  it('goes on answering', async () => {
    const { env, server } = await startNodeHost()
    await server.kill()
    const child = spawn('node', ['src/hosts/node.ts'], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child.stdout, 'data')
    // Whoever read the lines has ended: a tee, a driver of logs.
    child.stdout.destroy()
    const ask = async () => {
      const { status } = await fetch(`http://127.0.0.1:${env['PORT']}/healthz`)
      return status
    }
    await vi.waitFor(async () => expect(await ask()).toBe(200), { timeout: 10_000 })
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 200])
  })
})
