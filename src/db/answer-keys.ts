import type { AnswerKey } from '../grading/quiz.ts'
import type { Database } from './database.ts'
import { answerKeys, revisions } from './schema.ts'
import { eq, sql } from 'drizzle-orm'

/**
 * The key's own room: nothing else reads or writes what grades. Who may come in is held by a test that reads the imports.
 */

export function selectAnswerKey(db: Database, revision: string) {
  return db.select().from(answerKeys).where(eq(answerKeys.revision, revision))
}

/** Stores the key of a revision that the same batch has inserted. */
export function insertAnswerKey(db: Database, revision: string, key: AnswerKey) {
  return db
    .insert(answerKeys)
    .select(sql`SELECT ${revisions.id}, ${JSON.stringify(key)} FROM ${revisions} WHERE ${revisions.id} = ${revision}`)
}
