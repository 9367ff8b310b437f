import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Database } from '../../src/db/database.ts'
import * as schema from '../../src/db/schema.ts'

const tables = Object.entries(schema) as [string, SQLiteTable][]

/** Every row of every table, as a text a row, in no order: for what must have no effect, and for what must stand nowhere. */
export async function dumpOf(db: Database): Promise<string[]> {
  const [first, ...rest] = tables.map(([, table]) => db.select().from(table))
  const contents = await db.batch([first!, ...rest])
  return contents.flatMap((rows, index) => rows.map((row) => `${tables[index]![0]} ${JSON.stringify(row)}`)).toSorted()
}
