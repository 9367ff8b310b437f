import { eq } from 'drizzle-orm'
import type { Database } from '../../src/db/database.ts'
import * as schema from '../../src/db/schema.ts'

/** Forgets everything that the tests of a file have written so far. */
export async function emptyDatabase(db: Database): Promise<void> {
  await db.batch([
    db.delete(schema.attemptEvents),
    db.delete(schema.attempts),
    db.delete(schema.answerKeys),
    db.delete(schema.revisions),
    db.delete(schema.quizzes),
    db.delete(schema.requestKeys),
    db.delete(schema.accommodations),
    db.delete(schema.apiKeys),
    db.delete(schema.jobs),
    db.delete(schema.regradeChanges),
    db.delete(schema.webhookEndpoints),
    db.delete(schema.webhookDeliveries),
  ])
}

/** An attempt is gone, as after an erasure: its token is all that is left. */
export async function removeAttempt(db: Database, id: string): Promise<void> {
  await db.batch([
    db.delete(schema.attemptEvents).where(eq(schema.attemptEvents.attempt, id)),
    db.delete(schema.attempts).where(eq(schema.attempts.id, id)),
  ])
}
