import type { Database } from './database.ts'
import { isNew } from './request-keys.ts'
import { webhookDeliveries, webhookEndpoints } from './schema.ts'
import { and, asc, eq, gt, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'

export type EndpointRow = typeof webhookEndpoints.$inferSelect
export type NewEndpoint = Pick<
  EndpointRow,
  'id' | 'url' | 'events' | 'quizzes' | 'description' | 'headers' | 'secret' | 'createdAt' | 'createdBy'
>
type EndpointChange = Partial<
  Pick<
    EndpointRow,
    | 'url'
    | 'events'
    | 'quizzes'
    | 'description'
    | 'headers'
    | 'secret'
    | 'previousSecret'
    | 'previousUntil'
    | 'failingSince'
    | 'disabledAt'
    | 'disabledReason'
  >
>

export const MAX_ENDPOINTS = 50

/** Inserts an endpoint, while there are fewer than there may be, unless the request with its key has done so before. */
export function insertEndpoint(db: Database, endpoint: NewEndpoint, requestKey: string | null) {
  const { id, url, description, secret, createdAt, createdBy } = endpoint
  const [events, headers] = [JSON.stringify(endpoint.events), JSON.stringify(endpoint.headers)]
  const quizzes = endpoint.quizzes === null ? null : JSON.stringify(endpoint.quizzes)
  return db
    .insert(webhookEndpoints)
    .select(
      sql`SELECT ${id}, ${url}, ${events}, ${quizzes}, ${description}, ${headers}, ${secret}, NULL, NULL, ${createdAt}, ${createdBy}, NULL, NULL, NULL, NULL
          WHERE (SELECT count(*) FROM ${webhookEndpoints}) < ${MAX_ENDPOINTS} AND ${isNew(db, requestKey)}`,
    )
    .onConflictDoNothing()
}

export function selectEndpoint(db: Database, id: string) {
  return db.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id))
}

/** Endpoints after the given id, in the order of their creation. */
export function selectEndpoints(db: Database, { after, limit }: { after: string; limit: number }) {
  return db
    .select()
    .from(webhookEndpoints)
    .where(gt(webhookEndpoints.id, after))
    .orderBy(asc(webhookEndpoints.id))
    .limit(limit)
}

/** Changes an endpoint, unless the request with this key has done so before. */
export function updateEndpoint(db: Database, id: string, change: EndpointChange, requestKey: string | null = null) {
  return db
    .update(webhookEndpoints)
    .set(change)
    .where(and(eq(webhookEndpoints.id, id), requestKey === null ? undefined : isNew(db, requestKey)))
}

/** Gives an endpoint a new secret, if it has this one now; returns its id, or nothing. */
export function rotateSecret(
  db: Database,
  { id, secret: current }: Pick<EndpointRow, 'id' | 'secret'>,
  { secret, previousUntil }: { secret: string; previousUntil: number },
) {
  return db
    .update(webhookEndpoints)
    .set({ secret, previousSecret: current, previousUntil })
    .where(and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.secret, current)))
    .returning({ id: webhookEndpoints.id })
}

export function deleteEndpoint(db: Database, id: string) {
  return db.delete(webhookEndpoints).where(eq(webhookEndpoints.id, id))
}

/** Endpoints that something is due for and that may be sent to: the healthy ones first. */
export function selectDueEndpoints(db: Database, now: number) {
  return db
    .select()
    .from(webhookEndpoints)
    .where(and(isNull(webhookEndpoints.disabledAt), sql`EXISTS (${anyDue(now)})`))
    .orderBy(sql`${webhookEndpoints.failingSince} IS NOT NULL`)
}

function anyDue(now: number): SQL {
  return sql`SELECT 1 FROM ${webhookDeliveries} WHERE ${webhookDeliveries.endpoint} = ${webhookEndpoints.id}
    AND ${webhookDeliveries.due} IS NOT NULL AND ${webhookDeliveries.due} <= ${now}`
}

/** Says of an endpoint, when the condition holds, that things arrive again, where they did not. */
export function markHealthy(db: Database, id: string, when: SQL) {
  return db
    .update(webhookEndpoints)
    .set({ failingSince: null })
    .where(and(eq(webhookEndpoints.id, id), isNotNull(webhookEndpoints.failingSince), when))
}

/** Between two tries of one failure there is no longer pause than this: the longest wait, its jitter and a late timer. */
const LONGEST_PAUSE = 36 * 60 * 60 * 1000

/**
 * Says of an endpoint, when the condition holds, that something did not arrive: from now on, if not from before; and
 * disables one that has failed for too long, or one that says itself that it is gone.
 */
export function markFailing(
  db: Database,
  id: string,
  { now, disableAfter, gone, when }: { now: number; disableAfter: number; gone: boolean; when: SQL },
) {
  // After a silence in which nothing was tried nobody knows how it was: what fails then is a beginning.
  const unbroken = sql`${webhookEndpoints.failingSince} IS NOT NULL AND ${now} - coalesce(${webhookEndpoints.lastFailedAt}, 0) <= ${LONGEST_PAUSE}`
  const since = sql`CASE WHEN ${unbroken} THEN ${webhookEndpoints.failingSince} ELSE ${now} END`
  const isOver = gone ? sql`true` : sql`${now} - ${since} >= ${disableAfter}`
  const disable = sql`${webhookEndpoints.disabledAt} IS NULL AND ${isOver}`
  return db
    .update(webhookEndpoints)
    .set({
      failingSince: since,
      lastFailedAt: now,
      disabledAt: sql`CASE WHEN ${disable} THEN ${now} ELSE ${webhookEndpoints.disabledAt} END`,
      disabledReason: sql`CASE WHEN ${disable} THEN ${gone ? 'gone' : 'failing'} ELSE ${webhookEndpoints.disabledReason} END`,
    })
    .where(and(eq(webhookEndpoints.id, id), when))
}
