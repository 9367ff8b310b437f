import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { D1Database } from '@cloudflare/workers-types'
import { openD1 } from '../../src/db/d1.ts'
import type { DatabaseName, TestDatabase } from './test-database.ts'

export const databaseName: DatabaseName = 'd1'

/** The D1 database of a test file: hosts of one file share it. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const { DB, MIGRATIONS } = env
  await applyD1Migrations(DB, MIGRATIONS)
  const meter = { rowsRead: 0, rowsWritten: 0 }
  const batch: D1Database['batch'] = async <T>(statements: Parameters<D1Database['batch']>[0]) => {
    const results = await DB.batch<T>(statements)
    for (const { meta } of results) {
      meter.rowsRead += meta.rows_read
      meter.rowsWritten += meta.rows_written
    }
    return results
  }
  const measured = new Proxy(DB, {
    get(target, name) {
      if (name === 'batch') return batch
      const member: unknown = Reflect.get(target, name, target)
      return typeof member === 'function' ? (member.bind(target) as unknown) : member
    },
  })
  return { db: openD1(measured), meter }
}
