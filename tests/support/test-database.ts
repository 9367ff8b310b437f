import type { Database } from '../../src/db/database.ts'

export type DatabaseName = 'd1' | 'libsql'

/** A migrated database for tests. `meter` counts the rows of every batch where the driver tells them: on D1. */
export interface TestDatabase {
  readonly db: Database
  readonly meter: { rowsRead: number; rowsWritten: number } | null
}
