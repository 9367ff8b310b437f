import type { Database } from '../db/database.ts'
import type { Metrics, TripFact } from './metrics.ts'
import type { Trace } from './tracing.ts'
import { whenOver } from './tracing.ts'
import { is } from 'drizzle-orm'
import { SQLiteSelectBase } from 'drizzle-orm/sqlite-core'

/** Every query goes through `batch`, and every batch is one round trip: so this sees them all. */
type Around = <T>(operation: TripFact['operation'], send: () => Promise<T>) => Promise<T>

/** Counts the round trips and their time. */
export function countedDatabase(db: Database, metrics: Metrics, elapsed: () => number): Database {
  return aroundBatches(db, (operation, send) => {
    const began = elapsed()
    return whenOver(send, (failed) =>
      metrics.tripMade({ operation, outcome: failed ? 'error' : 'ok', seconds: (elapsed() - began) / 1000 }),
    )
  })
}

/** Makes each round trip a span. */
export function tracedDatabase(db: Database, trace: Trace): Database {
  return aroundBatches(db, (operation, send) => trace.span(operation, send))
}

function aroundBatches(db: Database, around: Around): Database {
  const batch: Database['batch'] = (items) =>
    around(items.every((item) => is(item, SQLiteSelectBase)) ? 'load' : 'append', () => db.batch(items))
  return Object.create(db, { batch: { value: batch } }) as Database
}
