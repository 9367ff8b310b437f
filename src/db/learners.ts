import type { Database } from './database.ts'
import { accommodations, attemptEvents, attempts, jobs, quizzes, regradeChanges, requestKeys } from './schema.ts'
import { and, asc, eq, getTableColumns, gt, gte, inArray, isNotNull, lte, or, type SQL, sql } from 'drizzle-orm'

/** Where a page of a learner's attempts ended. */
export interface Place {
  readonly quiz: string
  readonly id: string
}

/**
 * A learner's attempts at all quizzes, by quiz and id, with the seq at which the log of each ends and the characters in
 * it. There is no index on learners alone, which each start would pay for: so the quizzes are gone through, and there are few.
 */
export function selectAttemptsOf(
  db: Database,
  learner: string,
  { after, until, limit }: { after?: Place | null; until?: number | null; limit: number },
) {
  const behind = after && and(gte(quizzes.id, after.quiz), or(gt(quizzes.id, after.quiz), gt(attempts.id, after.id)))
  return db
    .select({
      ...getTableColumns(attempts),
      lastSeq: ofLast('seq').as('last_seq'),
      logSize: ofLast('size').as('log_size'),
    })
    .from(quizzes)
    .crossJoin(attempts)
    .where(and(ofLearner(learner), behind ?? undefined, until == null ? undefined : lte(attempts.startedAt, until)))
    .orderBy(asc(quizzes.id), asc(attempts.id))
    .limit(limit)
}

function ofLearner(learner: string): SQL | undefined {
  return and(eq(attempts.quiz, quizzes.id), isNotNull(attempts.learnerId), eq(attempts.learnerId, learner))
}

function ofLast(column: 'seq' | 'size'): SQL<number> {
  return sql<number>`coalesce((SELECT ${sql.raw(column)} FROM ${attemptEvents} WHERE attempt = ${attempts.id} ORDER BY seq DESC LIMIT 1), 0)`
}

/** Several attempts, in any order: no more than a statement has parameters. */
export function selectAttemptsById(db: Database, ids: readonly string[]) {
  return db
    .select()
    .from(attempts)
    .where(inArray(attempts.id, [...ids]))
}

/** The logs of several attempts, each in any order. */
export function selectLogs(db: Database, ids: readonly string[]) {
  return db
    .select()
    .from(attemptEvents)
    .where(inArray(attemptEvents.attempt, [...ids]))
}

/** A request that is noted of a learner's rules, if there is one. */
export function selectNoteOf(db: Database, subject: string) {
  return db
    .select({ key: requestKeys.key })
    .from(requestKeys)
    .where(noted([subject]))
    .limit(1)
}

/**
 * Everything that hangs on some attempts, and at last they themselves: while an attempt's row is there its log may grow,
 * so both go in one batch.
 */
export function eraseAttempts(db: Database, ids: readonly string[]) {
  const some = [...ids]
  const { job, attempt } = regradeChanges
  const jobsOn = sql`(SELECT ${jobs.id}, ${attempts.id} FROM ${attempts} JOIN ${jobs} ON ${jobs.quiz} = ${attempts.quiz} WHERE ${inArray(attempts.id, some)})`
  return [
    db.delete(attemptEvents).where(inArray(attemptEvents.attempt, some)),
    db.delete(regradeChanges).where(sql`(${job}, ${attempt}) IN ${jobsOn}`),
    db.delete(requestKeys).where(noted(some)),
    db.delete(attempts).where(inArray(attempts.id, some)),
  ] as const
}

/** What is noted of requests about these subjects. */
export function eraseNotes(db: Database, subjects: readonly string[]) {
  return db.delete(requestKeys).where(noted(subjects))
}

function noted(subjects: readonly string[]): SQL | undefined {
  return and(isNotNull(requestKeys.digest), inArray(requestKeys.subject, [...subjects]))
}

/** The subject of a noted erasure: it must not name whom it erased. */
const ERASURE = 'erasure'
/** Its digest once nothing is left to do; before, the moment up to which it erases. */
export const ERASED = 'done'

/**
 * Notes that a learner is being erased, with the moment up to which: now, or later where clocks differ. Notes nothing of a
 * learner of whom nothing is known.
 */
export function noteErasure(
  db: Database,
  key: string,
  { learner, note, now }: { learner: string; note: string; now: number },
) {
  const known = sql`
    SELECT ${attempts.startedAt} AS at FROM ${quizzes} CROSS JOIN ${attempts} WHERE ${ofLearner(learner)}
    UNION ALL SELECT ${accommodations.setAt} FROM ${accommodations} WHERE ${accommodations.learner} = ${learner}
    UNION ALL SELECT 0 FROM ${requestKeys} WHERE ${noted([note])}`
  return db
    .insert(requestKeys)
    .select(
      sql`SELECT ${key}, ${ERASURE}, max(${now}, latest) FROM (SELECT max(at) AS latest FROM (${known})) WHERE latest IS NOT NULL`,
    )
    .onConflictDoNothing()
}

/** Notes that nothing is left to do of an erasure. */
export function settleErasure(db: Database, key: string) {
  return db.update(requestKeys).set({ digest: ERASED }).where(eq(requestKeys.key, key))
}
