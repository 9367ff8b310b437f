import type { Database } from './database.ts'
import { attemptEvents, attempts, cursors } from './schema.ts'
import { and, asc, gt, gte, isNull, lt, lte, sql } from 'drizzle-orm'

const SWEEP = 'sweep'

const passed = sql<string>`coalesce((SELECT attempt FROM ${cursors} WHERE name = ${SWEEP}), '')`

/** The attempts that no sweep has passed, up to an id: the oldest first. */
export function selectUnswept(db: Database, { before, limit }: { before: string; limit: number }) {
  return db
    .select({ id: attempts.id })
    .from(attempts)
    .where(and(gt(attempts.id, passed), lt(attempts.id, before)))
    .orderBy(asc(attempts.id))
    .limit(limit)
}

/**
 * Deletes attempts between two ids, both included, in which nothing has happened, and that nobody counts on: without a
 * learner, without metadata of staff, without a deadline, at which they would be finished. Returns their ids. An event is
 * appended to an attempt that is there alone, so of this and a first response one finds what the other has done.
 */
export function deleteUntouched(db: Database, { from, to }: { from: string; to: string }) {
  const { id, learnerId, metadata, deadline } = attempts
  return db
    .delete(attempts)
    .where(
      and(
        gte(id, from),
        lte(id, to),
        isNull(learnerId),
        isNull(metadata),
        isNull(deadline),
        sql`NOT EXISTS (SELECT 1 FROM ${attemptEvents} WHERE ${attemptEvents.attempt} = ${id})`,
      ),
    )
    .returning({ id })
}

/** Notes that a sweep has passed an attempt. Of two sweeps at once the one that has come further is right. */
export function passAttempt(db: Database, attempt: string) {
  return db
    .insert(cursors)
    .values({ name: SWEEP, attempt })
    .onConflictDoUpdate({
      target: cursors.name,
      set: { attempt },
      setWhere: sql`${cursors.attempt} < ${attempt}`,
    })
}
