import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import { freePort, type Server, startServer } from './processes.ts'
import { quizDocument } from './quiz-document.ts'

const LATER_CLOCK = fileURLToPath(new URL('later-clock.ts', import.meta.url))

const ADMIN_KEY = 'an-admin-key-for-the-node-host'

/** A Node host in a process of its own, with the quiz `watched`. */
export interface NodeHost {
  readonly origin: string
  readonly port: number
  readonly metricsPort: number
  readonly env: NodeJS.ProcessEnv
  readonly server: Server
  /** A call of staff. */
  call(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Response>
  /** The lines of its log so far. */
  lines(): LogLine[]
}

export interface LogLine {
  readonly event: string
  readonly [field: string]: unknown
}

/** With the environment of one that has ended it is that one again; CLOCK_OFFSET_MS says how much later it is for it. */
export async function startNodeHost(change: NodeJS.ProcessEnv = {}): Promise<NodeHost> {
  const env = {
    DATA_DIR: mkdtempSync(join(tmpdir(), 'answerkey-node-')),
    DATABASE_URL: '',
    DATABASE_AUTH_TOKEN: '',
    PORT: String(await freePort()),
    METRICS_PORT: String(await freePort()),
    LISTEN_HOST: '127.0.0.1',
    PUBLIC_URL: 'https://quiz.example',
    ADMIN_KEY,
    SIGNING_KEYS: JSON.stringify(await generateKeys()),
    // All of a test comes from one address.
    RATE_LIMITS: 'off',
    ...change,
  }
  const args = ['--import', LATER_CLOCK, 'src/hosts/node.ts']
  const server = await startServer('node', args, { env, ready: /"listening"/ })
  const [port, metricsPort] = [Number(env.PORT), Number(env.METRICS_PORT)]
  const origin = `http://127.0.0.1:${port}`
  const call: NodeHost['call'] = (method, path, body, headers = {}) =>
    fetch(`${origin}/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${ADMIN_KEY}`,
        ...(body && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    })
  const published = await call('PUT', '/quizzes/watched', quizDocument())
  if (!published.ok) throw new Error(`Publishing failed: ${await published.text()}`)
  return { origin, port, metricsPort, env, server, call, lines: () => linesIn(server.output()) }
}

function linesIn(output: string): LogLine[] {
  const lines = output.split('\n').filter((line) => line.startsWith('{'))
  return lines.map((line) => JSON.parse(line) as LogLine)
}

/** What answers the question `single` of the quiz `watched` rightly, in one call. */
export const SUBMISSION = { responses: [{ question: 'single', response: { choice: 'b' } }] }
