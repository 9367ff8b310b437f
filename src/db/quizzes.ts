import type { Database } from './database.ts'
import { quizzes, requestKeys, revisions } from './schema.ts'
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'

export type QuizRow = typeof quizzes.$inferSelect

export function selectQuiz(db: Database, id: string) {
  return db.select().from(quizzes).where(eq(quizzes.id, id))
}

/** The summary of the revision that a quiz points to. */
export function selectSummary(db: Database, id: string) {
  return db
    .select({ summary: revisions.summary })
    .from(quizzes)
    .innerJoin(revisions, eq(revisions.id, quizzes.revision))
    .where(eq(quizzes.id, id))
}

/** Summaries of quizzes after the given id, in id order. Without `all`, public ones that are not archived. */
export function selectSummaries(db: Database, { after, limit, all }: { after: string; limit: number; all: boolean }) {
  return db
    .select({ summary: revisions.summary })
    .from(quizzes)
    .innerJoin(revisions, eq(revisions.id, quizzes.revision))
    .where(and(gt(quizzes.id, after), all ? undefined : and(eq(quizzes.access, 'public'), isNull(quizzes.archivedAt))))
    .orderBy(asc(quizzes.id))
    .limit(limit)
}

/** The summary of a quiz that is not archived. */
export function selectLiveSummary(db: Database, id: string) {
  return db
    .select({ summary: revisions.summary })
    .from(quizzes)
    .innerJoin(revisions, eq(revisions.id, quizzes.revision))
    .where(and(eq(quizzes.id, id), isNull(quizzes.archivedAt)))
}

/** Points a quiz at a revision that the same batch has inserted, and brings it back if it was archived. */
export function pointTo(
  db: Database,
  { quiz, revision, access }: { quiz: string; revision: string; access: QuizRow['access'] },
) {
  return db
    .insert(quizzes)
    .select(sql`SELECT ${quiz}, ${revisions.id}, ${access}, NULL FROM ${revisions} WHERE ${revisions.id} = ${revision}`)
    .onConflictDoUpdate({ target: quizzes.id, set: { revision, access, archivedAt: null } })
}

/** Archives a quiz, unless the request with this key has done so before. */
export function archive(db: Database, id: string, { at, requestKey }: { at: number; requestKey: string | null }) {
  const isNew = sql`NOT EXISTS (SELECT 1 FROM ${requestKeys} WHERE key = ${requestKey ?? ''})`
  return db
    .update(quizzes)
    .set({ archivedAt: at })
    .where(and(eq(quizzes.id, id), isNew))
}

/** Brings an archived quiz back, if it still points at the revision; returns its id, or nothing. */
export function bringBack(db: Database, { id, revision }: Pick<QuizRow, 'id' | 'revision'>) {
  return db
    .update(quizzes)
    .set({ archivedAt: null })
    .where(and(eq(quizzes.id, id), eq(quizzes.revision, revision)))
    .returning({ id: quizzes.id })
}

export function selectAnyQuiz(db: Database) {
  return db.select({ id: quizzes.id }).from(quizzes).limit(1)
}
