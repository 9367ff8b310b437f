import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { migrate } from 'drizzle-orm/libsql/migrator'
import { type Environment, text } from '../config.ts'
import type { Database } from '../db/database.ts'
import { fetchInTime, openLibsql, prepareLibsqlFile } from '../db/libsql.ts'

/** How long a file's driver itself waits for the lock of another process: it holds this one up meanwhile. */
const LOCK_TIMEOUT_MS = 500

const FILE = 'answerkey.db'

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url))

/** The libSQL database that the environment names, by default a file in DATA_DIR, with every migration applied. */
export async function openNodeDatabase(environment: Environment): Promise<{ db: Database; close: () => void }> {
  const client = openClient(environment)
  if (client.protocol === 'file') await prepareLibsqlFile(client)
  await applyMigrations(client)
  return { db: openLibsql(client), close: () => client.close() }
}

/** Copies the embedded database into a new file as it stands at one moment, without waiting for writers or holding them up. */
export async function copyDatabase(environment: Environment, copy: string): Promise<void> {
  const url = text(environment, 'DATABASE_URL')
  if (url !== undefined) throw new Error('DATABASE_URL is set: a remote database is copied by whoever runs it.')
  const file = join(dataFolder(environment), FILE)
  if (!existsSync(file)) throw new Error(`There is no ${FILE} in the folder that DATA_DIR names.`)
  const client = createClient({ url: `file:${file}`, timeout: LOCK_TIMEOUT_MS })
  try {
    await client.execute({ sql: 'VACUUM INTO ?', args: [copy] })
  } finally {
    client.close()
  }
}

/** Of processes that start at once on a fresh file one migrates; the others look again, and find it done. */
async function applyMigrations(client: Client): Promise<void> {
  for (let looks = 1; ; looks++) {
    try {
      return await migrate(drizzle(client), { migrationsFolder: MIGRATIONS })
    } catch (error) {
      if (looks === MAX_LOOKS) throw error
      await new Promise((wake) => setTimeout(wake, looks * 50))
    }
  }
}

const MAX_LOOKS = 5

function openClient(environment: Environment): Client {
  const url = text(environment, 'DATABASE_URL')
  const authToken = text(environment, 'DATABASE_AUTH_TOKEN')
  const timeout = LOCK_TIMEOUT_MS
  if (url !== undefined)
    return createClient({ url, timeout, fetch: fetchInTime, ...(authToken !== undefined && { authToken }) })
  const folder = dataFolder(environment)
  // The answer key and learners' names are in it.
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return createClient({ url: `file:${join(folder, FILE)}`, timeout })
}

export function dataFolder(environment: Environment): string {
  return resolve(text(environment, 'DATA_DIR') ?? '.data')
}
