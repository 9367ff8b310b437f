import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { migrate } from 'drizzle-orm/libsql/migrator'
import { openLibsql, prepareLibsqlFile } from '../../src/db/libsql.ts'
import type { Deps } from '../../src/deps.ts'
import { createDeps } from '../../src/hosts/create-deps.ts'
import { generateKeys } from '../../src/tokens/generate-keys.ts'

/** Deps on a fresh libSQL file. */
export async function libsqlDeps(): Promise<Deps> {
  const client = createClient({ url: `file:${join(mkdtempSync(join(tmpdir(), 'answerkey-')), 'test.db')}` })
  await prepareLibsqlFile(client)
  await migrate(drizzle(client), { migrationsFolder: 'migrations' })
  const config = {
    publicUrl: 'https://quiz.example',
    corsOrigins: null,
    gitSha: 'test',
    adminKey: 'a root key for the tests',
    signingKeys: await generateKeys(),
  }
  return createDeps(config, openLibsql(client))
}
