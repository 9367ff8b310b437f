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
    db.select({ rows: count() }).from(schema.accommodations),
    db.select({ rows: count() }).from(schema.apiKeys),
    db.select({ rows: count() }).from(schema.jobs),
    db.select({ rows: count() }).from(schema.regradeChanges),
    db.select({ rows: count() }).from(schema.webhookEndpoints),
    db.select({ rows: count() }).from(schema.webhookDeliveries),
  ])
  const [quizzes, revisions, answerKeys, attempts, attemptEvents, requestKeys, ...staff] = counted.map(
    ([row]) => row!.rows,
  )
  const [accommodations, apiKeys, jobs, regradeChanges, webhookEndpoints, webhookDeliveries] = staff
  return {
    quizzes: quizzes!,
    revisions: revisions!,
    answerKeys: answerKeys!,
    attempts: attempts!,
    attemptEvents: attemptEvents!,
    requestKeys: requestKeys!,
    accommodations: accommodations!,
    apiKeys: apiKeys!,
    jobs: jobs!,
    regradeChanges: regradeChanges!,
    webhookEndpoints: webhookEndpoints!,
    webhookDeliveries: webhookDeliveries!,
  }
}
