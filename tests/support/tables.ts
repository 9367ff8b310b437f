import type { Database } from '../../src/db/database.ts'
import * as schema from '../../src/db/schema.ts'
import { count } from 'drizzle-orm'

/** How many rows each table holds: what refused a request must have left alone. */
export async function countRows(db: Database): Promise<Record<string, number>> {
  const counted = await db.batch([
    db.select({ rows: count() }).from(schema.quizzes),
    db.select({ rows: count() }).from(schema.revisions),
    db.select({ rows: count() }).from(schema.answerKeys),
    db.select({ rows: count() }).from(schema.attempts),
    db.select({ rows: count() }).from(schema.attemptEvents),
    db.select({ rows: count() }).from(schema.requestKeys),
  ])
  const [quizzes, revisions, answerKeys, attempts, attemptEvents, requestKeys] = counted.map(([row]) => row!.rows)
  return {
    quizzes: quizzes!,
    revisions: revisions!,
    answerKeys: answerKeys!,
    attempts: attempts!,
    attemptEvents: attemptEvents!,
    requestKeys: requestKeys!,
  }
}
