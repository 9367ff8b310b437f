import type { Database } from './database.ts'
import { attemptEvents, attempts, quizzes, requestKeys } from './schema.ts'
import { and, asc, eq, gt, gte, isNotNull, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'

export type AttemptRow = typeof attempts.$inferSelect
export type NewAttempt = Omit<typeof attempts.$inferInsert, 'updatedAt'> & Pick<AttemptRow, 'maxScore'>

/** What must still be true when an attempt is inserted. */
export interface StartGuard {
  /** The revision that the quiz pointed to when the start was decided. */
  readonly revision: string
  /** Of a named learner: how many attempts there may be. Null for no limit. */
  readonly attemptsPerLearner: number | null
}

export function selectAttempt(db: Database, id: string) {
  return db.select().from(attempts).where(eq(attempts.id, id))
}

export function selectAttemptByRequestKey(db: Database, requestKey: string) {
  return db
    .select()
    .from(attempts)
    .where(and(isNotNull(attempts.requestKey), eq(attempts.requestKey, requestKey)))
}

export function selectActiveAttempt(db: Database, quiz: string, learnerId: string) {
  return db
    .select()
    .from(attempts)
    .where(and(ofLearner(quiz, learnerId), isNull(attempts.finishedAt)))
    .limit(1)
}

export function countAttempts(db: Database, quiz: string, learnerId: string) {
  return db
    .select({ count: sql<number>`count(*)`.as('count') })
    .from(attempts)
    .where(ofLearner(quiz, learnerId))
}

function ofLearner(quiz: string, learnerId: string): SQL | undefined {
  return and(eq(attempts.quiz, quiz), isNotNull(attempts.learnerId), eq(attempts.learnerId, learnerId))
}

/** Inserts an attempt if the guard still holds and its request key is new; returns its id, or nothing. */
export function insertAttempt(db: Database, attempt: NewAttempt, guard: StartGuard) {
  const values = {
    id: attempt.id,
    quiz: attempt.quiz,
    revision: attempt.revision,
    learnerId: attempt.learnerId ?? null,
    learnerName: attempt.learnerName ?? null,
    metadata: attempt.metadata ? JSON.stringify(attempt.metadata) : null,
    requestKey: attempt.requestKey ?? null,
    startedAt: attempt.startedAt,
    deadline: attempt.deadline ?? null,
    finishedAt: attempt.finishedAt ?? null,
    settled: attempt.settled ?? null,
    due: attempt.due ?? null,
    score: attempt.score ?? null,
    passed: attempt.passed == null ? null : Number(attempt.passed),
    maxScore: attempt.maxScore,
    updatedAt: attempt.startedAt,
    announced: attempt.settled ?? 0,
  }
  const learnerGuard = attempt.learnerId
    ? sql`AND NOT EXISTS (SELECT 1 FROM ${attempts} WHERE quiz = ${attempt.quiz} AND learner_id = ${attempt.learnerId} AND learner_id IS NOT NULL AND finished_at IS NULL)
          AND (${guard.attemptsPerLearner} IS NULL
            OR (SELECT count(*) FROM ${attempts} WHERE quiz = ${attempt.quiz} AND learner_id = ${attempt.learnerId} AND learner_id IS NOT NULL) < ${guard.attemptsPerLearner})`
    : sql``
  const keyGuard = attempt.requestKey
    ? sql`AND NOT EXISTS (SELECT 1 FROM ${requestKeys} WHERE key = ${attempt.requestKey})`
    : sql``
  return db
    .insert(attempts)
    .select(
      sql`SELECT ${sql.join(
        Object.values(values).map((value) => sql`${value}`),
        sql`, `,
      )} FROM ${quizzes} WHERE ${quizzes.id} = ${attempt.quiz} AND ${quizzes.revision} = ${guard.revision} AND ${quizzes.archivedAt} IS NULL ${learnerGuard} ${keyGuard}`,
    )
    .onConflictDoNothing()
    .returning({ id: attempts.id })
}

/** Marks an attempt as finished at the time of its last event, which the same batch has appended. */
export function markFinished(db: Database, id: string) {
  const lastAt = sql`(SELECT at FROM ${attemptEvents} WHERE attempt = ${id} ORDER BY seq DESC LIMIT 1)`
  const lastType = sql`(SELECT type FROM ${attemptEvents} WHERE attempt = ${id} ORDER BY seq DESC LIMIT 1)`
  return db
    .update(attempts)
    .set({ finishedAt: lastAt })
    .where(and(eq(attempts.id, id), isNull(attempts.finishedAt), sql`${lastType} = 'finished'`))
}

/** Writes what the fold says, only while the log still ends at the seq that was folded to; returns the id, or nothing. */
export function settleAttempt(
  db: Database,
  settled: Pick<AttemptRow, 'id' | 'score' | 'maxScore' | 'passed' | 'updatedAt'> & { seq: number; finishedAt: number },
) {
  const { id, seq, ...said } = settled
  const lastSeq = sql`(SELECT seq FROM ${attemptEvents} WHERE attempt = ${id} ORDER BY seq DESC LIMIT 1)`
  return db
    .update(attempts)
    .set({ settled: seq, announced: seq, ...said })
    .where(and(eq(attempts.id, id), isNotNull(attempts.finishedAt), sql`${lastSeq} = ${seq}`))
    .returning({ id: attempts.id })
}

/** Lets an attempt that is finished be settled anew, after a word of staff that the same batch has appended. */
export function unsettle(db: Database, { attempt, event, at }: { attempt: string; event: string; at: number }) {
  return db
    .update(attempts)
    .set({ settled: null, updatedAt: at })
    .where(and(eq(attempts.id, attempt), isNotNull(attempts.finishedAt), endsWith(attempt, event)))
}

/** Moves the moment at which an attempt is over, with the extension that the same batch has appended. */
export function moveDue(
  db: Database,
  { attempt, event, at, due }: { attempt: string; event: string; at: number; due: number | null },
) {
  return db
    .update(attempts)
    .set({ due, updatedAt: at })
    .where(and(eq(attempts.id, attempt), isNull(attempts.finishedAt), endsWith(attempt, event)))
}

/** Whether the log of an attempt ends with this event. */
export function endsWith(attempt: string, event: string): SQL {
  return sql`(SELECT id FROM ${attemptEvents} WHERE attempt = ${attempt} ORDER BY seq DESC LIMIT 1) = ${event}`
}

/**
 * Attempts at a quiz after the given id, in the order of their ids: all, or those that ran at a moment. Whoever has
 * finished since is among the latter, so that whoever asks again is given the same.
 */
export function selectAttemptsAfter(
  db: Database,
  { quiz, after, limit, runningAt }: { quiz: string; after: string; limit: number; runningAt?: number },
) {
  const { id, revision, startedAt, finishedAt, due } = attempts
  const running =
    runningAt === undefined
      ? undefined
      : and(
          lte(startedAt, runningAt),
          or(isNull(finishedAt), gte(finishedAt, runningAt)),
          or(isNull(due), gte(due, runningAt)),
        )
  return db
    .select({ id, revision })
    .from(attempts)
    .where(and(eq(attempts.quiz, quiz), gt(id, after), running))
    .orderBy(asc(id))
    .limit(limit)
}

/** The revisions that attempts at a quiz are pinned to. Reads every attempt at it, once a regrade. */
export function selectPinnedRevisions(db: Database, quiz: string) {
  return db.selectDistinct({ id: attempts.revision }).from(attempts).where(eq(attempts.quiz, quiz))
}

/** Attempts that are finished and not settled, or past due and not finished: the oldest first. */
export function selectUnsettled(db: Database, now: number, limit: number) {
  const since = sql`coalesce(finished_at, due)`
  const isOver = or(isNotNull(attempts.finishedAt), lt(attempts.due, now))
  return db
    .select({ id: attempts.id })
    .from(attempts)
    .where(and(isNull(attempts.settled), sql`${since} IS NOT NULL`, lte(since, now), isOver))
    .orderBy(since)
    .limit(limit)
}
