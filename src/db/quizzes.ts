import type { Database } from './database.ts'
import { quizzes, revisions } from './schema.ts'
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'

export type QuizRow = typeof quizzes.$inferSelect

export function selectQuiz(db: Database, id: string) {
  return db.select().from(quizzes).where(eq(quizzes.id, id))
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

/** Archives a quiz that is not archived, or brings back one that is. */
export function setArchived(db: Database, id: string, archivedAt: number | null) {
  return db.update(quizzes).set({ archivedAt }).where(eq(quizzes.id, id)).returning({ id: quizzes.id })
}

export function selectAnyQuiz(db: Database) {
  return db.select({ id: quizzes.id }).from(quizzes).limit(1)
}
