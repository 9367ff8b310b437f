import { endsWith } from './attempts.ts'
import type { Database } from './database.ts'
import { attempts, regradeChanges } from './schema.ts'
import { and, asc, eq, gt, sql } from 'drizzle-orm'

type Change = typeof regradeChanges.$inferSelect

/** Notes what a regrade changes in an attempt: with the event that does so, or, of a dry run, without one. */
export function insertChange(db: Database, { job, attempt, before, after }: Change, { dryRun }: { dryRun: boolean }) {
  const done = dryRun ? sql`` : sql`AND ${endsWith(attempt, job)}`
  return db
    .insert(regradeChanges)
    .select(
      sql`SELECT ${job}, ${attempts.id}, ${JSON.stringify(before)}, ${JSON.stringify(after)}
          FROM ${attempts} WHERE ${attempts.id} = ${attempt} ${done}`,
    )
    .onConflictDoNothing()
}

export function selectChange(db: Database, { job, attempt }: Pick<Change, 'job' | 'attempt'>) {
  return db
    .select()
    .from(regradeChanges)
    .where(and(eq(regradeChanges.job, job), eq(regradeChanges.attempt, attempt)))
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
