import type { Database } from './database.ts'
import { attempts, quizzes, requestKeys, revisions, webhookDeliveries, webhookEndpoints } from './schema.ts'
import { eq, notExists, sql } from 'drizzle-orm'

/** A request, by its key. `digest` tells what was asked for, where its subject does not. */
export interface NotedRequest {
  readonly key: string
  readonly digest: string | null
}

export function selectNotedRequest(db: Database, key: string) {
  return db.select().from(requestKeys).where(eq(requestKeys.key, key))
}

/** As a condition: no request with this key was noted yet. Without a key it holds. */
export function isNew(db: Database, requestKey: string | null) {
  return notExists(
    db
      .select({ one: sql`1`.as('one') })
      .from(requestKeys)
      .where(eq(requestKeys.key, requestKey ?? '')),
  )
}

/** The attempt that a noted start returned. */
export function selectNotedAttempt(db: Database, key: string) {
  return db
    .select()
    .from(attempts)
    .where(eq(attempts.id, sql`(SELECT subject FROM ${requestKeys} WHERE key = ${key})`))
}

/** The revision at which a noted publication found its quiz. */
export function selectNotedRevision(db: Database, key: string) {
  return db
    .select()
    .from(revisions)
    .where(eq(revisions.id, sql`(SELECT subject FROM ${requestKeys} WHERE key = ${key})`))
}

/** Notes that a start came to the learner's attempt that still runs, unless the same request has made an attempt. */
export function noteStart(
  db: Database,
  { key, digest }: NotedRequest,
  { quiz, learnerId, now }: { quiz: string; learnerId: string; now: number },
) {
  return db
    .insert(requestKeys)
    .select(
      sql`SELECT ${key}, ${attempts.id}, ${digest} FROM ${attempts}
          WHERE quiz = ${quiz} AND learner_id = ${learnerId} AND learner_id IS NOT NULL AND finished_at IS NULL
            AND (due IS NULL OR due >= ${now})
            AND NOT EXISTS (SELECT 1 FROM ${attempts} WHERE request_key = ${key} AND request_key IS NOT NULL)
            AND EXISTS (SELECT 1 FROM ${quizzes} WHERE id = ${quiz} AND archived_at IS NULL) LIMIT 1`,
    )
    .onConflictDoNothing()
}

/** Notes that a publication found the quiz at this revision already. */
export function notePublication(db: Database, key: string, { id, revision }: { id: string; revision: string }) {
  return db
    .insert(requestKeys)
    .select(
      sql`SELECT ${key}, ${quizzes.revision}, NULL FROM ${quizzes}
          WHERE ${quizzes.id} = ${id} AND ${quizzes.revision} = ${revision}`,
    )
    .onConflictDoNothing()
}

/** Notes that a quiz was archived. */
export function noteArchiving(db: Database, key: string, quiz: string) {
  return db
    .insert(requestKeys)
    .select(sql`SELECT ${key}, ${quizzes.id}, NULL FROM ${quizzes} WHERE ${quizzes.id} = ${quiz}`)
    .onConflictDoNothing()
}

/** Notes a request about a webhook that is there: with a secret, only where that is the webhook's now. */
export function noteWebhookRequest(
  db: Database,
  { key, digest }: NotedRequest,
  { endpoint, secret }: { endpoint: string; secret?: string },
) {
  const has = secret === undefined ? sql`` : sql` AND ${webhookEndpoints.secret} = ${secret}`
  return db
    .insert(requestKeys)
    .select(
      sql`SELECT ${key}, ${webhookEndpoints.id}, ${digest} FROM ${webhookEndpoints} WHERE ${webhookEndpoints.id} = ${endpoint}${has}`,
    )
    .onConflictDoNothing()
}

/** Notes that a delivery which is there was told again. */
export function noteRedelivery(
  db: Database,
  { key, digest }: NotedRequest,
  { endpoint, id }: { endpoint: string; id: string },
) {
  return db
    .insert(requestKeys)
    .select(
      sql`SELECT ${key}, ${webhookDeliveries.endpoint}, ${digest} FROM ${webhookDeliveries}
          WHERE ${webhookDeliveries.endpoint} = ${endpoint} AND ${webhookDeliveries.id} = ${id}`,
    )
    .onConflictDoNothing()
}

/** Notes a replay to a webhook that is there; its subject is how many deliveries it was of. */
export function noteReplay(
  db: Database,
  { key, digest }: NotedRequest,
  { endpoint, since }: { endpoint: string; since: number },
) {
  const count = sql`(SELECT CAST(count(*) AS TEXT) FROM ${webhookDeliveries}
                      WHERE ${webhookDeliveries.endpoint} = ${endpoint} AND ${webhookDeliveries.createdAt} >= ${since})`
  return db
    .insert(requestKeys)
    .select(sql`SELECT ${key}, ${count}, ${digest} FROM ${webhookEndpoints} WHERE ${webhookEndpoints.id} = ${endpoint}`)
    .onConflictDoNothing()
}

/** Notes a request that is about something without a row of its own. */
export function noteRequest(db: Database, { key, digest }: NotedRequest, subject: string) {
  return db.insert(requestKeys).values({ key, subject, digest }).onConflictDoNothing()
}
