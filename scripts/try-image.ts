import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { generateKeys } from '../src/tokens/generate-keys.ts'

/**
 * `node scripts/try-image.ts IMAGE SHA`: runs an image as the cluster does, and holds it to what is said of it: it was built
 * from SHA, is not root, writes to the volume of its data alone, is alive, takes its own questions and is ready then, and ends
 * by itself when it is told to.
 */
const PORT = 8787
const START_MS = 30_000
/** Longer than requests and deliveries in flight may take: docs/operations.md. */
const STOP_SECONDS = 30

const [image = '', sha = ''] = process.argv.slice(2)
const secrets = { ADMIN_KEY: randomBytes(32).toString('hex'), SIGNING_KEYS: JSON.stringify(await generateKeys()) }
const settings = { PUBLIC_URL: 'https://quiz.example', PORT: String(PORT) }

docker('pull', '--quiet', image)
const label = inspect(image, '{{index .Config.Labels "org.opencontainers.image.revision"}}')
if (label !== sha) fail(`Its label says that it was built from ${label}, not from ${sha}.`)
const user = inspect(image, '{{.Config.User}}').split(':')[0] ?? ''
if (['', '0', 'root'].includes(user)) fail('It runs as root.')

// Variables without a value are taken from this process: no secret stands among the arguments.
const environment = Object.keys({ ...secrets, ...settings }).flatMap((name) => ['--env', name])
const confined = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges']
const container = docker('run', '--detach', ...confined, ...environment, '--publish', `127.0.0.1::${PORT}`, image)
try {
  const origin = `http://${docker('port', container, String(PORT))}`
  expect('/version', JSON.stringify(await answer(origin, '/version')), JSON.stringify({ version: sha }))
  expect('/healthz', JSON.stringify(await answer(origin, '/healthz')), JSON.stringify({ status: 'ok' }))
  const questions = ['publish', 'questions', '--url', `http://localhost:${PORT}`]
  docker('exec', container, '/usr/local/bin/node', 'src/cli/main.ts', ...questions)
  expect('/readyz', JSON.stringify(await answer(origin, '/readyz')), JSON.stringify({ status: 'ok' }))
  docker('stop', '-t', String(STOP_SECONDS), container)
  expect('the exit code after SIGTERM', inspect(container, '{{.State.ExitCode}}'), '0')
} catch (error) {
  console.error(docker('logs', container))
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  docker('rm', '--force', '--volumes', container)
}

async function answer(origin: string, path: string): Promise<unknown> {
  const giveUp = Date.now() + START_MS
  while (Date.now() < giveUp) {
    const response = await fetch(`${origin}${path}`, { signal: AbortSignal.timeout(5000) }).catch(() => null)
    if (response?.ok) return response.json()
    await new Promise((wake) => setTimeout(wake, 200))
  }
  throw new Error(`${path} does not answer.`)
}

function inspect(what: string, format: string): string {
  return docker('inspect', '--format', format, what)
}

function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', env: { ...process.env, ...secrets, ...settings } }).trim()
}

function expect(what: string, found: string, wanted: string): void {
  if (found !== wanted) throw new Error(`Expected ${what} to be ${wanted}, found ${found}.`)
}

function fail(reason: string): never {
  console.error(reason)
  return process.exit(1)
}
