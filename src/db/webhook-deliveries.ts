import type { Database } from './database.ts'
import { isNew } from './request-keys.ts'
import { attemptEvents, attempts, revisions, webhookDeliveries, webhookEndpoints } from './schema.ts'
import { and, asc, eq, gt, gte, inArray, type SQL, sql } from 'drizzle-orm'

export type DeliveryRow = typeof webhookDeliveries.$inferSelect

/** Something to tell: serialised once, and the same for whoever hears of it. */
export interface Notice {
  /** What its deliveries are called, before the endpoint's own part: made from what it tells about. */
  readonly id: string
  readonly type: string
  /** The quiz that it is about, which endpoints can choose. */
  readonly quiz: string
  readonly body: string
}

/**
 * Puts a notice into the outbox of every endpoint that wants it, when the condition holds in this batch. Again, it changes
 * nothing.
 */
export function insertDeliveries(
  db: Database,
  { id, type, quiz, body }: Notice,
  { now, when, trace }: { now: number; when: SQL; trace: string | null },
) {
  const wanted = sql`EXISTS (SELECT 1 FROM json_each(${webhookEndpoints.events}) WHERE value = ${type})
    AND (${webhookEndpoints.quizzes} IS NULL OR EXISTS (SELECT 1 FROM json_each(${webhookEndpoints.quizzes}) WHERE value = ${quiz}))`
  return db
    .insert(webhookDeliveries)
    .select(
      sql`SELECT ${webhookEndpoints.id}, ${id} || '_' || substr(${webhookEndpoints.id}, 5), ${type}, ${body}, ${now}, 'pending', 0, ${now}, 0, NULL, NULL, NULL, ${trace}
          FROM ${webhookEndpoints} WHERE ${webhookEndpoints.disabledAt} IS NULL AND ${wanted} AND ${when}`,
    )
    .onConflictDoNothing()
    .returning({ id: webhookDeliveries.id })
}

/** The attempt has been inserted. */
export function isThere(attempt: string): SQL {
  return sql`EXISTS (SELECT 1 FROM ${attempts} WHERE ${attempts.id} = ${attempt})`
}

/** The log of a finished attempt ends at this seq, and has been told up to `announced`. */
export function isToldUpTo(attempt: string, { announced, seq }: { announced: number; seq: number }): SQL {
  const lastSeq = sql`(SELECT seq FROM ${attemptEvents} WHERE attempt = ${attempt} ORDER BY seq DESC LIMIT 1)`
  return sql`EXISTS (SELECT 1 FROM ${attempts} WHERE ${attempts.id} = ${attempt} AND ${attempts.finishedAt} IS NOT NULL
    AND ${attempts.announced} = ${announced} AND ${lastSeq} = ${seq})`
}

/** The revision has been inserted. */
export function isPublished(revision: string): SQL {
  return sql`EXISTS (SELECT 1 FROM ${revisions} WHERE ${revisions.id} = ${revision})`
}

/** Puts something into the outbox of one endpoint that is there, whatever it wants to hear. */
export function insertDelivery(
  db: Database,
  {
    endpoint,
    id,
    type,
    body,
    createdAt,
    trace,
  }: Pick<DeliveryRow, 'endpoint' | 'id' | 'type' | 'body' | 'createdAt' | 'trace'>,
) {
  return db
    .insert(webhookDeliveries)
    .select(
      sql`SELECT ${webhookEndpoints.id}, ${id}, ${type}, ${body}, ${createdAt}, 'pending', 0, ${createdAt}, 0, NULL, NULL, NULL, ${trace}
          FROM ${webhookEndpoints} WHERE ${webhookEndpoints.id} = ${endpoint}`,
    )
    .onConflictDoNothing()
}

/** How many deliveries to an endpoint may be under way at once: one while it fails, so that it costs others nothing. */
const AT_ONCE = 10

/**
 * Takes deliveries to an endpoint that are due, the longest due first, and returns them. What is taken is due again when
 * its lease has run out, so nobody else finds it before, and whoever took it may die.
 */
export function claimDeliveries(
  db: Database,
  { endpoint, now, until }: { endpoint: string; now: number; until: number },
) {
  // Leases of others may end later than this one: clocks differ.
  const horizon = until + (until - now)
  const most = sql`(SELECT CASE WHEN failing_since IS NULL THEN ${AT_ONCE} ELSE 1 END FROM ${webhookEndpoints} WHERE id = ${endpoint} AND disabled_at IS NULL)`
  const underWay = sql`(SELECT count(*) FROM ${webhookDeliveries} WHERE endpoint = ${endpoint} AND due IS NOT NULL AND due > ${now} AND due <= ${horizon} AND leased_until > ${now})`
  const due = sql`(SELECT id FROM ${webhookDeliveries}
    WHERE endpoint = ${endpoint} AND due IS NOT NULL AND due <= ${now}
    ORDER BY due LIMIT max(0, coalesce(${most}, 0) - ${underWay}))`
  return db
    .update(webhookDeliveries)
    .set({ due: until, leasedUntil: until })
    .where(and(eq(webhookDeliveries.endpoint, endpoint), sql`${webhookDeliveries.id} IN ${due}`))
    .returning()
}

/** What was taken until then. */
export function selectTaken(db: Database, { endpoint, until }: { endpoint: string; until: number }) {
  return db
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.endpoint, endpoint),
        eq(webhookDeliveries.due, until),
        eq(webhookDeliveries.leasedUntil, until),
      ),
    )
}

type Lease = Pick<DeliveryRow, 'endpoint' | 'id' | 'leasedUntil'>

/** Whoever took a delivery is still the one at it. */
export function isHeld({ endpoint, id, leasedUntil }: Lease): SQL {
  return sql`EXISTS (SELECT 1 FROM ${webhookDeliveries} WHERE endpoint = ${endpoint} AND id = ${id} AND leased_until = ${leasedUntil})`
}

/** Writes what a try came to, while its lease is still that of who tried. */
export function recordTry(
  db: Database,
  { endpoint, id, leasedUntil }: Lease,
  result: Pick<DeliveryRow, 'status' | 'tries' | 'due' | 'lastTriedAt' | 'lastStatus' | 'lastAnswer'>,
) {
  return db
    .update(webhookDeliveries)
    .set({ ...result, leasedUntil: 0 })
    .where(
      and(
        eq(webhookDeliveries.endpoint, endpoint),
        eq(webhookDeliveries.id, id),
        eq(webhookDeliveries.leasedUntil, leasedUntil),
      ),
    )
}

export interface DeliveryPage {
  readonly endpoint: string
  readonly after: string
  readonly limit: number
  readonly status?: DeliveryRow['status'] | undefined
  readonly type?: string | undefined
}

/** Deliveries to an endpoint after the given id, in the order of their ids. */
export function selectDeliveries(db: Database, { endpoint, after, limit, status, type }: DeliveryPage) {
  return db
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.endpoint, endpoint),
        gt(webhookDeliveries.id, after),
        status && eq(webhookDeliveries.status, status),
        type === undefined ? undefined : eq(webhookDeliveries.type, type),
      ),
    )
    .orderBy(asc(webhookDeliveries.id))
    .limit(limit)
}

export function selectDelivery(db: Database, endpoint: string, id: string) {
  return db
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.endpoint, endpoint), eq(webhookDeliveries.id, id)))
}

/** What a delivery is that begins anew: with the same id and bytes. */
const anew = (now: number) => ({ status: 'pending', tries: 0, due: now, leasedUntil: 0 }) as const

/** Lets a delivery begin anew, unless the request with this key has done so before. */
export function redeliver(
  db: Database,
  { endpoint, id, now }: { endpoint: string; id: string; now: number },
  requestKey: string | null = null,
) {
  return db
    .update(webhookDeliveries)
    .set(anew(now))
    .where(and(eq(webhookDeliveries.endpoint, endpoint), eq(webhookDeliveries.id, id), isNew(db, requestKey)))
}

/** Lets everything that was made since then begin anew, what has arrived too: receivers know it by its id. */
export function replayDeliveries(
  db: Database,
  { endpoint, since, now }: { endpoint: string; since: number; now: number },
  requestKey: string | null = null,
) {
  return db
    .update(webhookDeliveries)
    .set(anew(now))
    .where(
      and(eq(webhookDeliveries.endpoint, endpoint), gte(webhookDeliveries.createdAt, since), isNew(db, requestKey)),
    )
}

/** How many deliveries to an endpoint were made since then. */
export function countDeliveries(db: Database, { endpoint, since }: { endpoint: string; since: number }) {
  return db
    .select({ count: sql<number>`count(*)`.as('count') })
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.endpoint, endpoint), gte(webhookDeliveries.createdAt, since)))
}

export function deleteDeliveries(db: Database, endpoint: string) {
  return db.delete(webhookDeliveries).where(eq(webhookDeliveries.endpoint, endpoint))
}

/**
 * What was told of some attempts, or is to be: ids of deliveries begin with the attempt's, and '`' comes after '_'. Goes
 * before the attempts themselves.
 */
export function eraseDeliveries(db: Database, about: readonly string[]) {
  const first = sql`'msg_' || substr(${attempts.id}, 5)`
  const told = sql`(SELECT delivery.endpoint, delivery.id FROM ${attempts} CROSS JOIN ${webhookEndpoints}
    CROSS JOIN ${webhookDeliveries} AS delivery
    WHERE ${inArray(attempts.id, [...about])} AND delivery.endpoint = ${webhookEndpoints.id}
      AND delivery.id > ${first} || '_' AND delivery.id < ${first} || '\`')`
  return db.delete(webhookDeliveries).where(sql`(${webhookDeliveries.endpoint}, ${webhookDeliveries.id}) IN ${told}`)
}
