import type { AttemptEvent, EventBody, EventType } from '../grading/log.ts'
import type { Database } from './database.ts'
import { attemptEvents, attempts, jobs } from './schema.ts'
import { eq, sql } from 'drizzle-orm'

/** Events an attempt may hold. Those of staff and the one that finishes it are exempt, so a full log can still be finished. */
export const MAX_EVENTS = 2000

/** Characters of its events' bodies at which an attempt takes no more: the log is read and replayed at every call. */
export const MAX_LOG_SIZE = 4_000_000

export function selectLog(db: Database, attempt: string) {
  return db.select().from(attemptEvents).where(eq(attemptEvents.attempt, attempt)).orderBy(attemptEvents.seq)
}

/** An event as it is stored; the columns are the event's own, and what is in them was written by this code. */
export function toEvent(row: typeof attemptEvents.$inferSelect): AttemptEvent {
  const { seq, id, at, type, body } = row
  return { seq, id, at, type, body } as AttemptEvent
}

/** An event before it has its number. */
export type NewEvent = EventBody & {
  readonly attempt: string
  readonly id: string
  readonly at: number
  /** Append it only while the log ends at this seq: what it says was decided on that. */
  readonly onlyAfter?: number
}

/** What staff say may come after the end of an attempt. */
const AFTER_THE_END: ReadonlySet<EventType> = new Set<EventType>(['graded', 'overridden', 'regraded'])

/** What a job may say, by an event that has its id. */
const OF_JOBS: ReadonlySet<EventType> = new Set<EventType>(['extended', 'regraded'])

/**
 * Appends an event, numbered after the last one and no earlier than it. Does nothing for an attempt that is gone, for what
 * comes too late in one that is finished, for responses past the caps, or when the log does not end where it should; and
 * nothing for a job that is done: whoever still works on it would speak after the jobs that have followed it.
 */
export function appendEvent(db: Database, event: NewEvent) {
  const open = AFTER_THE_END.has(event.type) ? sql`` : sql`AND ${attempts.finishedAt} IS NULL`
  const cap =
    event.type === 'responded'
      ? sql`AND coalesce(last.seq, 0) < ${MAX_EVENTS} AND coalesce(last.size, 0) < ${MAX_LOG_SIZE}`
      : sql``
  const going = OF_JOBS.has(event.type)
    ? sql`AND NOT EXISTS (SELECT 1 FROM ${jobs} WHERE id = ${event.id} AND finished_at IS NOT NULL)`
    : sql``
  const body = JSON.stringify(event.body)
  const unmoved = event.onlyAfter === undefined ? sql`` : sql`AND coalesce(last.seq, 0) = ${event.onlyAfter}`
  return db.insert(attemptEvents).select(
    sql`SELECT ${attempts.id}, coalesce(last.seq, 0) + 1, ${event.id}, ${event.type},
          max(${event.at}, coalesce(last.at, ${attempts.startedAt})), ${body},
          coalesce(last.size, 0) + ${body.length}
        FROM ${attempts}
        LEFT JOIN (SELECT seq, at, size FROM ${attemptEvents} WHERE attempt = ${event.attempt} ORDER BY seq DESC LIMIT 1) AS last
        WHERE ${attempts.id} = ${event.attempt} ${open} ${cap} ${going} ${unmoved}`,
  )
}

/** Inserts the whole log of an attempt that the same batch has made. */
export function insertLog(db: Database, attempt: string, log: readonly AttemptEvent[]) {
  let size = 0
  return log.map((event) => {
    const body = JSON.stringify(event.body)
    size += body.length
    return insertNumberedEvent(db, attempt, event, { body, size })
  })
}

function insertNumberedEvent(
  db: Database,
  attempt: string,
  event: AttemptEvent,
  { body, size }: { body: string; size: number },
) {
  return db
    .insert(attemptEvents)
    .select(
      sql`SELECT ${attempts.id}, ${event.seq}, ${event.id}, ${event.type}, ${event.at}, ${body}, ${size}
        FROM ${attempts} WHERE ${attempts.id} = ${attempt}`,
    )
    .onConflictDoNothing()
}
