import type { Database } from './database.ts'
import { isNew } from './request-keys.ts'
import { accommodations, quizzes, revisions } from './schema.ts'
import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm'

/** A rule of a learner. Its `quiz` is empty where it is for all quizzes that have no rule of their own. */
export type RuleRow = typeof accommodations.$inferSelect

/** A learner's rules, the one for all quizzes first. */
export function selectRules(db: Database, learner: string) {
  return db.select().from(accommodations).where(eq(accommodations.learner, learner)).orderBy(asc(accommodations.quiz))
}

/** The rules of a learner that may be about a quiz: its own, and the one for all. */
export function selectRulesFor(db: Database, learner: string, quiz: string) {
  return db
    .select()
    .from(accommodations)
    .where(and(eq(accommodations.learner, learner), inArray(accommodations.quiz, ['', quiz])))
}

/** Summaries of the quizzes that a learner's rules name, as far as they take attempts, in id order. */
export function selectRuledSummaries(db: Database, learner: string) {
  return db
    .select({ summary: revisions.summary })
    .from(accommodations)
    .innerJoin(quizzes, and(eq(quizzes.id, accommodations.quiz), isNull(quizzes.archivedAt)))
    .innerJoin(revisions, eq(revisions.id, quizzes.revision))
    .where(eq(accommodations.learner, learner))
    .orderBy(asc(accommodations.quiz))
}

/** Deletes a learner's rules, unless the request with this key has done so before. */
export function deleteRules(db: Database, learner: string, requestKey: string | null) {
  return db.delete(accommodations).where(and(eq(accommodations.learner, learner), isNew(db, requestKey)))
}

/** Deletes the rules of a learner that is erased: those that were set by then, or all. */
export function eraseRules(db: Database, learner: string, until: number | null) {
  return db
    .delete(accommodations)
    .where(and(eq(accommodations.learner, learner), until === null ? undefined : lte(accommodations.setAt, until)))
}

/**
 * Inserts a learner's rules, unless the request with this key has done so before. The batch has deleted those that were
 * there. They come as one parameter, for a statement has a hundred.
 */
export function insertRules(
  db: Database,
  learner: string,
  rules: readonly Omit<RuleRow, 'learner'>[],
  requestKey: string | null,
) {
  const columns = ['quiz', 'factor', 'extraSeconds', 'unlimited', 'extraAttempts', 'reason', 'setAt', 'setBy']
  const values = columns.map((column) => sql`json_extract(rule.value, ${`$.${column}`})`)
  return db
    .insert(accommodations)
    .select(
      sql`SELECT ${learner}, ${sql.join(values, sql`, `)} FROM json_each(${JSON.stringify(rules)}) AS rule WHERE ${isNew(db, requestKey)}`,
    )
}
