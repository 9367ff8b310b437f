import { eq } from 'drizzle-orm'
import type { Database } from '../../src/db/database.ts'
import {
  accommodations,
  answerKeys,
  apiKeys,
  attemptEvents,
  attempts,
  jobs,
  quizzes,
  regradeChanges,
  requestKeys,
  revisions,
} from '../../src/db/schema.ts'

/** Forgets everything that the tests of a file have written so far. */
export async function emptyDatabase(db: Database): Promise<void> {
  await db.batch([
    db.delete(attemptEvents),
    db.delete(attempts),
    db.delete(answerKeys),
    db.delete(revisions),
    db.delete(quizzes),
    db.delete(requestKeys),
    db.delete(apiKeys),
    db.delete(accommodations),
    db.delete(jobs),
    db.delete(regradeChanges),
  ])
}

/** An attempt is gone, as after an erasure: its token is all that is left. */
export async function removeAttempt(db: Database, id: string): Promise<void> {
  await db.batch([
    db.delete(attemptEvents).where(eq(attemptEvents.attempt, id)),
    db.delete(attempts).where(eq(attempts.id, id)),
  ])
}
