import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../src/app.ts'
import { createDeps } from '../../src/hosts/create-deps.ts'
import { openNodeDatabase } from '../../src/hosts/node-database.ts'
import { generateKeys } from '../../src/tokens/generate-keys.ts'

const ADMIN_KEY = 'a-root-key-that-is-long-enough'

/** A system within this process, on an embedded file: what is measured of it is its own work and the database's. */
export interface InProcess {
  readonly file: string
  call(method: string, path: string, options?: { token?: string; body?: object }): Promise<Answer>
  /** The same database, with nothing in memory. */
  forgetting(): Promise<InProcess>
  close(): void
}

interface Answer {
  readonly status: number
  readonly text: string
  /** What of it anyone here looks at. */
  readonly json: {
    readonly attempt: { readonly id: string }
    readonly token: string
    readonly revision: string
    readonly nextCursor: string
  }
}

export async function openInProcess(folder = mkdtempSync(join(tmpdir(), 'answerkey-bench-'))): Promise<InProcess> {
  const { db, close } = await openNodeDatabase({ DATA_DIR: folder })
  const config = {
    publicUrl: 'https://quiz.example',
    corsOrigins: null,
    gitSha: 'bench',
    webhooksAllowLoopback: false,
    adminKey: ADMIN_KEY,
    signingKeys: await generateKeys(),
  }
  const deps = await createDeps(config, {
    db,
    background: () => undefined,
    outgoing: () => Promise.reject(new Error('Nobody listens.')),
    log: () => undefined,
  })
  const app = createApp(deps)
  return {
    file: join(folder, 'answerkey.db'),
    async call(method, path, { token = ADMIN_KEY, body } = {}) {
      const headers = { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) }
      const url = `https://quiz.example/v1${path}`
      const answer = await app.fetch(new Request(url, { method, headers, ...(body && { body: JSON.stringify(body) }) }))
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
      return { status: answer.status, text, json: text === '' ? null : JSON.parse(text) }
    },
    forgetting: () => openInProcess(folder),
    close() {
      close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
