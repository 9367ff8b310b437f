import type { Database } from './database.ts'
import { quizzes, revisions } from './schema.ts'
import { and, desc, eq, isNotNull, lt, sql } from 'drizzle-orm'

export type RevisionRow = typeof revisions.$inferSelect
/** A line of a quiz's history. */
export type RevisionHeader = Pick<RevisionRow, 'id' | 'quiz' | 'number' | 'publishedAt' | 'publishedBy'>

export function selectRevision(db: Database, id: string) {
  return db.select().from(revisions).where(eq(revisions.id, id))
}

export function selectRevisionByRequestKey(db: Database, requestKey: string) {
  return db
    .select()
    .from(revisions)
    .where(and(isNotNull(revisions.requestKey), eq(revisions.requestKey, requestKey)))
}

/** A quiz's revisions below the given number, the newest first. */
export function selectHistory(db: Database, { quiz, below, limit }: { quiz: string; below: number; limit: number }) {
  const { id, number, publishedAt, publishedBy } = revisions
  return db
    .select({ id, quiz: revisions.quiz, number, publishedAt, publishedBy })
    .from(revisions)
    .where(and(eq(revisions.quiz, quiz), lt(number, below)))
    .orderBy(desc(number))
    .limit(limit)
}

/** Inserts a revision as the quiz's next, if the quiz still points to the one that it was decided against; returns it, or nothing. */
export function insertRevision(db: Database, revision: Omit<RevisionRow, 'number'>, decidedAgainst: string | null) {
  const values = [
    sql`${revision.id}`,
    sql`${revision.quiz}`,
    sql`coalesce((SELECT max(number) FROM ${revisions} WHERE quiz = ${revision.quiz}), 0) + 1`,
    sql`${revision.gradingVersion}`,
    sql`${JSON.stringify(revision.document)}`,
    sql`${JSON.stringify(revision.summary)}`,
    sql`${revision.publishedAt}`,
    sql`${revision.publishedBy}`,
    sql`${revision.requestKey}`,
  ]
  return db
    .insert(revisions)
    .select(
      sql`SELECT ${sql.join(values, sql`, `)} WHERE (SELECT revision FROM ${quizzes} WHERE ${quizzes.id} = ${revision.quiz}) IS ${decidedAgainst}`,
    )
    .onConflictDoNothing()
    .returning({ number: revisions.number })
}
