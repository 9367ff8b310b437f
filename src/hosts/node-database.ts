import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { migrate } from 'drizzle-orm/libsql/migrator'
import { type Environment, text } from '../config.ts'
import type { Database } from '../db/database.ts'
import { openLibsql, prepareLibsqlFile } from '../db/libsql.ts'

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url))

/** The libSQL database that the environment names, by default a file in DATA_DIR, with every migration applied. */
export async function openNodeDatabase(environment: Environment): Promise<{ db: Database; close: () => void }> {
  const client = openClient(environment)
  if (client.protocol === 'file') await prepareLibsqlFile(client)
  await migrate(drizzle(client), { migrationsFolder: MIGRATIONS })
  return { db: openLibsql(client), close: () => client.close() }
}

function openClient(environment: Environment): Client {
  const url = text(environment, 'DATABASE_URL')
  const authToken = text(environment, 'DATABASE_AUTH_TOKEN')
  if (url !== undefined) return createClient(authToken === undefined ? { url } : { url, authToken })
  const folder = resolve(text(environment, 'DATA_DIR') ?? '.data')
  mkdirSync(folder, { recursive: true })
  return createClient({ url: `file:${join(folder, 'answerkey.db')}` })
}
