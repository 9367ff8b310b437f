import type { Database } from './database.ts'
import { attemptEvents, attempts, regradeChanges } from './schema.ts'
import { and, asc, eq, gt, sql } from 'drizzle-orm'

type Change = typeof regradeChanges.$inferSelect

/**
 * Notes what a regrade changes in an attempt: with the event that does so and that has this seq, for at another place in the
 * log it changes something else; or, of a dry run, without one.
 */
export function insertChange(
  db: Database,
  { job, attempt, before, after }: Change,
  { dryRun, seq }: { dryRun: boolean; seq: number },
) {
  const regrading = sql`(SELECT id FROM ${attemptEvents} WHERE attempt = ${attempt} AND seq = ${seq})`
  const done = dryRun ? sql`` : sql`AND ${regrading} = ${job}`
  return db
    .insert(regradeChanges)
    .select(
      sql`SELECT ${job}, ${attempts.id}, ${JSON.stringify(before)}, ${JSON.stringify(after)}
          FROM ${attempts} WHERE ${attempts.id} = ${attempt} ${done}`,
    )
    .onConflictDoNothing()
}

/** What a regrade changed, after the given attempt and in the order of the attempts, with whose they are. */
export function selectChanges(db: Database, { job, after, limit }: { job: string; after: string; limit: number }) {
  const { attempt, before } = regradeChanges
  return db
    .select({
      attempt,
      before,
      after: regradeChanges.after,
      learnerId: attempts.learnerId,
      learnerName: attempts.learnerName,
    })
    .from(regradeChanges)
    .innerJoin(attempts, eq(attempts.id, attempt))
    .where(and(eq(regradeChanges.job, job), gt(attempt, after)))
    .orderBy(asc(attempt))
    .limit(limit)
}
