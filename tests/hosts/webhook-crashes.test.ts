import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@libsql/client'
import { expect, it, onTestFinished, vi } from 'vitest'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import { listen } from '../support/listening.ts'
import { freePort, type Server, startServer } from '../support/processes.ts'
import { quizDocument } from '../support/quiz-document.ts'

const LATER_CLOCK = fileURLToPath(new URL('../support/later-clock.ts', import.meta.url))

const KILLS = 20
const ADMIN_KEY = 'an-admin-key-for-the-node-host'
/** Longer than what was taken is left to whoever took it. */
const LATER_MS = 61_000
/** Deliveries that are under way to an endpoint at once, at most. */
const AT_ONCE = 10
const ENDPOINTS = 2
const PER_ROUND = 8

interface Received {
  readonly round: number
  readonly id: string
  readonly body: string
}

/** A receiver that takes a while to answer, so that there is always something in flight. */
async function receiver() {
  const received: Received[] = []
  const arrivals = { round: 0, wake: () => undefined as void, until: 0 }
  const { port } = await listen((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      received.push({ round: arrivals.round, id: String(request.headers['webhook-id']), body })
      if (received.filter(({ round }) => round === arrivals.round).length >= arrivals.until) arrivals.wake()
      setTimeout(() => response.end('Thank you.'), 3 + (received.length % 5) * 4)
    })
  })
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    /** Resolves when so many have come in this round. */
    reached(round: number, count: number): Promise<void> {
      Object.assign(arrivals, { round, until: count })
      return new Promise((resolve) => (arrivals.wake = resolve))
    },
  }
}

async function prepare() {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'answerkey-crashes-'))
  const env = {
    DATA_DIR: folder,
    DATABASE_URL: '',
    PORT: String(port),
    LISTEN_HOST: '127.0.0.1',
    PUBLIC_URL: 'https://quiz.school.edu',
    WEBHOOKS_ALLOW_LOOPBACK: 'true',
    ADMIN_KEY,
    SIGNING_KEYS: JSON.stringify(await generateKeys()),
  }
  let running: Server | undefined
  onTestFinished(async () => running?.kill())
  return {
    async start(round: number): Promise<Server> {
      const clock = { CLOCK_OFFSET_MS: String(round * LATER_MS) }
      const args = ['--import', LATER_CLOCK, 'src/hosts/node.ts']
      running = await startServer('node', args, { env: { ...env, ...clock }, ready: /listening/ })
      return running
    },
    async call(method: string, path: string, body?: object): Promise<any> {
      const response = await fetch(`http://127.0.0.1:${port}/v1${path}`, {
        method,
        headers: { Authorization: `Bearer ${ADMIN_KEY}`, ...(body && { 'Content-Type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      })
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
      return response.json()
    },
    /** What the outbox says, looked at from outside. */
    async outbox(): Promise<Map<string, string>> {
      const client = createClient({ url: `file:${join(folder, 'answerkey.db')}`, timeout: 5000 })
      const { rows } = await client.execute('SELECT id, status FROM webhook_deliveries')
      client.close()
      return new Map(rows.map((row) => [row['id'] as string, row['status'] as string]))
    },
  }
}

it(
  `a host that is killed ${KILLS} times in the middle of deliveries loses nothing, and sends twice only what was in flight`,
  { timeout: 180_000 },
  async () => {
    const [hooks, host] = [await receiver(), await prepare()]
    const acknowledged: string[] = []
    /** The outbox as each kill left it. */
    const left: Map<string, string>[] = []
    const submit = async () => {
      const responses = [{ question: 'single', response: { choice: 'b' } }]
      const { attempt } = await host.call('POST', '/quizzes/crashes/submissions', { responses })
      acknowledged.push(attempt.id)
    }

    for (let round = 0; round < KILLS; round++) {
      const server = await host.start(round)
      if (round === 0) {
        await host.call('PUT', '/quizzes/crashes', quizDocument())
        const events = ['attempt.finished', 'attempt.passed', 'attempt.started']
        for (let endpoint = 0; endpoint < ENDPOINTS; endpoint++) {
          await host.call('POST', '/webhooks', { url: `${hooks.url}/${endpoint}`, events })
        }
      }
      const reached = hooks.reached(round, 1 + ((round * 7) % 37))
      // Some are cut off themselves: nobody was told that they were done.
      const submissions = Promise.allSettled(Array.from({ length: PER_ROUND }, submit))
      await reached
      await server.kill()
      await submissions
      left.push(await host.outbox())
    }

    const server = await host.start(KILLS)
    void hooks.reached(KILLS, 1)
    await submit()
    const arrived = () => [...left.at(-1)!.values()].every((status) => status === 'delivered')
    await vi.waitFor(
      async () => {
        left.push(await host.outbox())
        expect(arrived()).toBe(true)
      },
      { timeout: 30_000, interval: 200 },
    )
    await server.kill()

    const { received } = hooks
    const outbox = left.at(-1)!
    expect(acknowledged.length).toBeGreaterThan(KILLS)
    // Nothing is lost: what was acknowledged is in the outbox of both, and all of the outbox has arrived.
    for (const attempt of acknowledged) {
      const told = [...outbox.keys()].filter(
        (id) => id.startsWith(`msg_${attempt.slice(4)}_`) && id.includes('_finished_'),
      )
      expect(told, attempt).toHaveLength(ENDPOINTS)
    }
    expect([...new Set(received.map(({ id }) => id))].toSorted()).toEqual([...outbox.keys()].toSorted())

    // Twice comes only what a kill left unrecorded, in another round, and with the same bytes.
    let again = 0
    for (const [id, times] of Map.groupBy(received, (each) => each.id)) {
      expect(new Set(times.map(({ body }) => body)).size, id).toBe(1)
      expect(new Set(times.map(({ round }) => round)).size, id).toBe(times.length)
      for (const { round } of times.slice(0, -1)) expect(left[round]!.get(id), id).toBe('pending')
      again += times.length - 1
    }
    // No kill leaves more in flight than may be: what had come and was not recorded.
    for (let round = 0; round < KILLS; round++) {
      const inFlight = received.filter((each) => each.round === round && left[round]!.get(each.id) === 'pending')
      expect(inFlight.length).toBeLessThanOrEqual(ENDPOINTS * AT_ONCE)
    }
    expect(again).toBeGreaterThan(0)
  },
)
