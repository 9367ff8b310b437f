import type { Database } from './database.ts'
import { jobs } from './schema.ts'
import { and, eq, isNull, sql } from 'drizzle-orm'

export type JobRow = typeof jobs.$inferSelect
export type NewJob = Pick<JobRow, 'id' | 'kind' | 'quiz' | 'request' | 'createdAt' | 'createdBy' | 'requestKey'>

/** Inserts a job, unless the request with its key has made one before. */
export function insertJob(db: Database, job: NewJob) {
  return db
    .insert(jobs)
    .values({ ...job, progress: {} })
    .onConflictDoNothing()
}

export function selectJob(db: Database, id: string) {
  return db.select().from(jobs).where(eq(jobs.id, id))
}

/** The job that a request with this key has made. */
export function selectJobByRequestKey(db: Database, requestKey: string) {
  return db
    .select()
    .from(jobs)
    .where(and(sql`request_key IS NOT NULL`, eq(jobs.requestKey, requestKey)))
}

/**
 * Takes the oldest job that is not done and that nobody works on, and returns it, or nothing. Of one kind a quiz's jobs go
 * one after the other, in the order of their insertion, as an attempt keeps what the last one says; and one that was cut
 * off lets the others go first.
 */
export function claimJob(db: Database, { now, until }: { now: number; until: number }) {
  const earlier = sql`SELECT 1 FROM ${jobs} AS earlier
    WHERE earlier.quiz = job.quiz AND earlier.kind = job.kind AND earlier.finished_at IS NULL AND earlier.rowid < job.rowid`
  const oldest = sql`(SELECT id FROM ${jobs} AS job
    WHERE finished_at IS NULL AND leased_until <= ${now} AND NOT EXISTS (${earlier})
    ORDER BY leased_until, created_at LIMIT 1)`
  return db
    .update(jobs)
    .set({ leasedUntil: until })
    .where(sql`${jobs.id} = ${oldest}`)
    .returning()
}

/** Writes how far a job has come, if it stood where this was worked out from; returns its id, or nothing. */
export function advanceJob(
  db: Database,
  { id, cursor: from }: Pick<JobRow, 'id' | 'cursor'>,
  to: Pick<JobRow, 'cursor' | 'progress' | 'finishedAt' | 'leasedUntil'>,
) {
  return db
    .update(jobs)
    .set(to)
    .where(and(eq(jobs.id, id), eq(jobs.cursor, from), isNull(jobs.finishedAt)))
    .returning({ id: jobs.id })
}

/** Lets others work on a job: at once, or from a moment on and after all that never failed. */
export function releaseJob(db: Database, id: string, from = 0) {
  return db.update(jobs).set({ leasedUntil: from }).where(eq(jobs.id, id))
}
