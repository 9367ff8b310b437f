import type { Database } from './database.ts'
import { attempts, webhookDeliveries, webhookEndpoints } from './schema.ts'
import { and, gte, isNotNull, isNull, sql } from 'drizzle-orm'

const count = sql<number>`count(*)`.as('count')

/** How many attempts whose ids come no earlier than this one are not finished. Ids begin with the time of the start. */
export function countOpenAttempts(db: Database, firstId: string) {
  return db
    .select({ count })
    .from(attempts)
    .where(and(gte(attempts.id, firstId), isNull(attempts.finishedAt)))
}

/** How many deliveries wait, and when the first of them is due: to receivers that are not disabled, for others nothing goes out. */
export function selectOutboxState(db: Database) {
  const enabled = sql`(SELECT id FROM ${webhookEndpoints} WHERE disabled_at IS NULL)`
  return db
    .select({ count, firstDue: sql<number | null>`min(${webhookDeliveries.due})`.as('first_due') })
    .from(webhookDeliveries)
    .where(and(isNotNull(webhookDeliveries.due), sql`${webhookDeliveries.endpoint} IN ${enabled}`))
}

/** How many receivers fail and since when the one that has failed longest does, and how many were given up. */
export function selectReceiverState(db: Database) {
  const { disabledAt, disabledReason, failingSince } = webhookEndpoints
  const fails = sql`${disabledAt} IS NULL AND ${failingSince} IS NOT NULL`
  return db
    .select({
      failing: sql<number>`count(*) FILTER (WHERE ${fails})`.as('failing'),
      since: sql<number | null>`min(${failingSince}) FILTER (WHERE ${fails})`.as('since'),
      givenUp: sql<number>`count(*) FILTER (WHERE ${disabledReason} IN ('gone', 'failing'))`.as('given_up'),
    })
    .from(webhookEndpoints)
}
