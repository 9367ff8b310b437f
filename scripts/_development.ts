import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { generateKeys } from '../src/tokens/generate-keys.ts'

/** What a copy of Answerkey on this machine runs with. */
export interface Development {
  readonly dataDir: string
  readonly port: number
  readonly publicUrl: string
  readonly adminKey: string
  readonly signingKeys: string
  readonly gitSha: string
}

/**
 * Takes what the environment sets, and makes the secrets that are missing once: they are kept in the data folder, which
 * git ignores, so that tokens stay valid from one start to the next.
 */
export async function prepareDevelopment(port: number): Promise<Development> {
  const dataDir = resolve(process.env['DATA_DIR'] || '.data')
  mkdirSync(dataDir, { recursive: true })
  const secrets = await readOrMakeSecrets(join(dataDir, 'development-secrets.json'))
  copyAssets()
  return {
    dataDir,
    port,
    publicUrl: process.env['PUBLIC_URL'] || `http://localhost:${port}`,
    adminKey: process.env['ADMIN_KEY'] || secrets.adminKey,
    signingKeys: process.env['SIGNING_KEYS'] || secrets.signingKeys,
    gitSha: process.env['GIT_SHA'] || currentCommit(),
  }
}

/** The commit that is checked out; a copy without git has none. */
function currentCommit(): string {
  return spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).stdout?.trim() || 'unknown'
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

/** Puts what browsers load from our own origin into `public/`, which git ignores. */
export function copyAssets(): void {
  const target = join('public', 'assets')
  mkdirSync(target, { recursive: true })
  for (const name of ['page.css', 'docs.js']) copyFileSync(join('assets', name), join(target, name))
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    copyFileSync(join('node_modules', 'swagger-ui-dist', name), join(target, name))
  }
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
export function printWelcome({ publicUrl, adminKey, dataDir }: Development): void {
  console.log(`
Answerkey serves on ${publicUrl}

  A page:          ${publicUrl}/
  The API:         ${publicUrl}/docs
  The questions:   curl ${publicUrl}/v1/quizzes/devops-deep-dive/questions
  Start a quiz:    curl -X POST ${publicUrl}/v1/quizzes/devops-deep-dive/attempts

  The root key, for staff calls: ${adminKey}
  Data and secrets are in ${dataDir}. Ctrl-C stops.
`)
}
