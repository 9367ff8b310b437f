import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openNodeDatabase } from '../../src/hosts/node-database.ts'
import type { DatabaseName, TestDatabase } from './test-database.ts'

export const databaseName: DatabaseName = 'libsql'

let folder: string | undefined

/** The libSQL file of a test file: hosts of one file share it. */
export async function openTestDatabase(): Promise<TestDatabase> {
  folder ??= mkdtempSync(join(tmpdir(), 'answerkey-'))
  const { db } = await openNodeDatabase({ DATA_DIR: folder })
  return { db, meter: null }
}
