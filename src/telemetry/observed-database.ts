import type { Database } from '../db/database.ts'
import type { Metrics } from './metrics.ts'
import { type Trace, whenOver } from './tracing.ts'
import { is } from 'drizzle-orm'
import { SQLiteSelectBase } from 'drizzle-orm/sqlite-core'

/** What a database is observed by. */
interface Observer {
  readonly metrics: Metrics
  readonly trace: Trace
  readonly elapsed: () => number
}

/**
 * Counts the round trips to the database and their time, and makes each a span. Every query goes through `batch`, and every
 * batch is one round trip: so this sees them all. Given one that is observed already, it observes what that one does.
 */
export function observedDatabase(db: Database, { metrics, trace, elapsed }: Observer): Database {
  const observed = PLAIN.get(db) ?? db
  const batch: Database['batch'] = (items) => {
    const operation = items.every((item) => is(item, SQLiteSelectBase)) ? 'load' : 'append'
    const began = elapsed()
    return whenOver(
      () => trace.span(operation, () => observed.batch(items)),
      (failed) =>
        metrics.tripMade({ operation, outcome: failed ? 'error' : 'ok', seconds: (elapsed() - began) / 1000 }),
    )
  }
  const observing = Object.create(observed, { batch: { value: batch } }) as Database
  PLAIN.set(observing, observed)
  return observing
}

/** What lies behind a database that is observed. */
const PLAIN = new WeakMap<Database, Database>()
