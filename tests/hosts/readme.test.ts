import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startHranaServer } from '../support/hrana-server.ts'
import { freePort, startServer } from '../support/processes.ts'
import { readSession, runSession, type Step } from '../support/readme-session.ts'
import { PLAYER_FILE, readFile } from '../support/served-files.ts'

const session = readSession()
const ADMIN_KEY = 'root-key-of-the-readme-0123456789'
const GIT_SHA = '0123456789abcdef0123456789abcdef01234567'
const START_AND_RUN_MS = 120_000

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'answerkey-host-'))
}

/** Starts a host as a newcomer would, plays a session on it, by default the README's, gets the player, and ends it. */
async function playOn(
  script: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
  steps: readonly Step[] = session,
) {
  const port = await freePort()
  const server = await startServer('node', [script, '--port', String(port), ...args], {
    env: { DATA_DIR: temporaryFolder(), PORT: '', PUBLIC_URL: '', DATABASE_URL: '', ADMIN_KEY, GIT_SHA, ...env },
    ready: /Answerkey serves on/,
  })
  try {
    const origin = `http://localhost:${port}`
    expect(await readFile(`${origin}/player.js`)).toMatchObject(PLAYER_FILE)
    expect(await (await fetch(`${origin}/version`)).json()).toEqual({ version: GIT_SHA })
    return await runSession(steps, origin, { ADMIN_KEY })
  } finally {
    await server.stop()
  }
}

describe('the session in the README prints what the README says', () => {
  it('has commands, and output to hold them to', () => {
    expect(session.length).toBeGreaterThan(12)
    expect(session.filter(({ output }) => output !== '').length).toBeGreaterThan(8)
  })

  it(
    'on Node with a libSQL file',
    async () => {
      expect(await playOn('scripts/start-node.ts')).toEqual(session)
    },
    START_AND_RUN_MS,
  )

  it(
    'on Workers with D1',
    async () => {
      expect(await playOn('scripts/start.ts')).toEqual(session)
    },
    START_AND_RUN_MS,
  )

  it(
    'on Workers and on Node with a remote libSQL server',
    async () => {
      const hrana = await startHranaServer({ path: join(temporaryFolder(), 'remote.db'), authToken: 'secret' })
      try {
        const env = { DATABASE_URL: hrana.url, DATABASE_AUTH_TOKEN: 'secret' }
        expect(await playOn('scripts/start.ts', ['--env', 'libsql'], env)).toEqual(session)
        expect(await playOn('scripts/start-node.ts', [], env)).toEqual(session)
      } finally {
        await hrana.stop()
      }
    },
    START_AND_RUN_MS,
  )
})

describe('the session in docs/staff.md', () => {
  it(
    'prints what the page says, on Node',
    async () => {
      const steps = readSession('docs/staff.md')
      expect(steps.filter(({ output }) => output !== '').length).toBeGreaterThan(15)
      expect(await playOn('scripts/start-node.ts', [], {}, steps)).toEqual(steps)
    },
    START_AND_RUN_MS,
  )
})
