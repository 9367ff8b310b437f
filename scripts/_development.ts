import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { generateKeys } from '../src/tokens/generate-keys.ts'
import { buildAssets } from './_assets.ts'

/** What a copy of Answerkey on this machine runs with. */
export interface Development {
  readonly dataDir: string
  readonly port: number
  readonly publicUrl: string
  readonly adminKey: string
  readonly signingKeys: string
  readonly gitSha: string
  /** Whether the root key was made here, and not set by whoever started this. */
  readonly ownAdminKey: boolean
}

/**
 * Takes what the environment sets, and makes the secrets that are missing once: they are kept in the data folder, which
 * git ignores, so that tokens stay valid from one start to the next.
 */
export async function prepareDevelopment(portText = '8787'): Promise<Development> {
  const port = readPort(portText)
  const dataDir = resolve(process.env['DATA_DIR'] || '.data')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const secrets = await readOrMakeSecrets(join(dataDir, 'development-secrets.json'))
  await buildAssets()
  return {
    dataDir,
    port,
    publicUrl: process.env['PUBLIC_URL'] || `http://localhost:${port}`,
    adminKey: process.env['ADMIN_KEY'] || secrets.adminKey,
    signingKeys: process.env['SIGNING_KEYS'] || secrets.signingKeys,
    gitSha: process.env['GIT_SHA'] || currentCommit(),
    ownAdminKey: !process.env['ADMIN_KEY'],
  }
}

/** The commit that is checked out; a copy without git has none. */
function currentCommit(): string {
  return spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).stdout?.trim() || 'unknown'
}

function readPort(value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0
  if (port >= 1 && port <= 65_535) return port
  console.error('--port: expected 1 to 65535.')
  return process.exit(2)
}

interface Secrets {
  readonly adminKey: string
  readonly signingKeys: string
}

async function readOrMakeSecrets(path: string): Promise<Secrets> {
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Secrets
  const secrets = {
    adminKey: `dev_${randomBytes(24).toString('base64url')}`,
    signingKeys: JSON.stringify(await generateKeys()),
  }
  writeFileSync(path, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  return secrets
}

/** The options of a start command, each with a value. What else is given is told with what can be. */
export function readOptions<Name extends string>(names: readonly Name[]): Partial<Record<Name, string>> {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
    return parseArgs({ options }).values as Partial<Record<Name, string>>
  } catch {
    console.error(`Options: ${names.map((name) => `--${name} …`).join(', ')}`)
    return process.exit(2)
  }
}

/** Where a server that listens on a host is reached from this machine; on every interface means on localhost too. */
export function originOn(host: string, port: number): string {
  return `http://${['0.0.0.0', '::'].includes(host) ? 'localhost' : host}:${port}`
}

/** A server that is there already would be taken for the one that is started, and get this one's root key and bank. */
export async function refuseTakenPort(origin: string): Promise<void> {
  const { hostname, port } = new URL(origin)
  const taken = await new Promise<boolean>((answer) => {
    const socket = connect({ host: hostname, port: Number(port || 80) })
    socket.once('connect', () => answer(true)).once('error', () => answer(false))
    socket.once('connect', () => socket.destroy())
  })
  if (!taken) return
  console.error(`Port ${port} is taken.`)
  process.exit(1)
}

/** Waits until the host answers, or its process has ended. */
export async function waitUntilHealthy(origin: string, hasEnded: () => boolean): Promise<void> {
  const giveUp = Date.now() + START_MS
  while (Date.now() < giveUp) {
    if (hasEnded()) throw new Error('The server ended before it answered.')
    const response = await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(2000) }).catch(() => null)
    if (response?.ok) return
    await new Promise((wake) => setTimeout(wake, 100))
  }
  throw new Error(`The server did not answer within ${START_MS / 1000} s.`)
}

const START_MS = 60_000

/** What to try next. */
export function printWelcome({ publicUrl, adminKey, ownAdminKey, dataDir }: Development): void {
  console.log(`
Answerkey serves on ${publicUrl}

  Take the quiz:   ${publicUrl}/play/devops-deep-dive
  All quizzes:     ${publicUrl}/
  The API:         ${publicUrl}/docs
  By hand:         curl -X POST ${publicUrl}/v1/quizzes/devops-deep-dive/attempts

  The root key, for staff calls: ${ownAdminKey ? adminKey : 'the ADMIN_KEY that you set'}
  Data and secrets are in ${dataDir}. Ctrl-C stops.
`)
}
