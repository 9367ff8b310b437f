import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { generateKeys } from '../../../src/tokens/generate-keys.ts'
import { freePort, type Server, startServer } from '../../support/processes.ts'
import { quizDocument } from '../../support/quiz-document.ts'

const LATER_CLOCK = fileURLToPath(new URL('../../support/later-clock.ts', import.meta.url))

const ADMIN_KEY = 'an-admin-key-for-the-node-host'

/** A Node host with a quiz, which shows its metrics. */
export interface Watched {
  readonly service: string
  readonly metricsPort: number
  /** What it has logged since it was started. */
  log(): string
  /** Kills it, and starts it with a clock that is later. */
  restartLater(milliseconds: number): Promise<void>
  kill(): Promise<void>
  call(method: string, path: string, body?: object): Promise<Response>
}

export async function startWatched(service: string, change: NodeJS.ProcessEnv): Promise<Watched> {
  const [port, metricsPort] = [await freePort(), await freePort()]
  const env = {
    DATA_DIR: mkdtempSync(join(tmpdir(), 'answerkey-monitored-')),
    DATABASE_URL: '',
    DATABASE_AUTH_TOKEN: '',
    PORT: String(port),
    METRICS_PORT: String(metricsPort),
    LISTEN_HOST: '127.0.0.1',
    PUBLIC_URL: 'https://quiz.example',
    ADMIN_KEY,
    SIGNING_KEYS: JSON.stringify(await generateKeys()),
    OTEL_SERVICE_NAME: service,
    ...change,
  }
  const start = (offset: number): Promise<Server> => {
    const args = ['--import', LATER_CLOCK, 'src/hosts/node.ts']
    return startServer('node', args, { env: { ...env, CLOCK_OFFSET_MS: String(offset) }, ready: /listening/ })
  }
  let server = await start(0)
  const call = (method: string, path: string, body?: object) =>
    fetch(`http://127.0.0.1:${port}/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${ADMIN_KEY}`, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
  const published = await call('PUT', '/quizzes/watched', quizDocument())
  expect(published.status).toBe(201)
  return {
    service,
    metricsPort,
    log: () => server.output(),
    async restartLater(milliseconds) {
      await server.kill()
      server = await start(milliseconds)
    },
    kill: () => server.kill(),
    call,
  }
}

/** Requests that go on, ten a second, whatever becomes of them. */
export function startLearners(host: Watched): { readonly statuses: number[]; stop(): void } {
  const statuses: number[] = []
  const timer = setInterval(() => {
    void begin(host).then((status) => statuses.push(status))
  }, 100)
  return { statuses, stop: () => clearInterval(timer) }
}

/** The status of a start, or 0 where no answer came. */
async function begin(host: Watched): Promise<number> {
  try {
    const response = await host.call('POST', '/quizzes/watched/attempts')
    await response.arrayBuffer()
    return response.status
  } catch {
    return 0
  }
}

/** A submission of a whole attempt at once: it is started, graded and finished. */
export async function submitOne(host: Watched): Promise<void> {
  const responses = [{ question: 'single', response: { choice: 'b' } }]
  const { status } = await host.call('POST', '/quizzes/watched/submissions', { responses })
  expect(status).toBe(201)
}
