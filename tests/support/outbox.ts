import { asc, eq, sql } from 'drizzle-orm'
import type { Database } from '../../src/db/database.ts'
import { webhookDeliveries, webhookEndpoints } from '../../src/db/schema.ts'

/** Fills an endpoint's outbox with pings that are due, faster than anyone could make them. */
export async function fillOutbox(db: Database, endpoint: string, count: number, now: number): Promise<void> {
  await db.batch([
    db.insert(webhookDeliveries).select(
      sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
          SELECT ${endpoint}, 'msg_' || ${endpoint} || '_' || printf('%05d', i), 'ping',
            '{"type":"ping","timestamp":"2026-01-05T09:00:00.000Z","data":{"webhook":"' || i || '"}}',
            ${now}, 'pending', 0, ${now}, 0, NULL, NULL, NULL, NULL FROM n`,
    ),
  ])
}

/** What stands in the outbox of an endpoint, read past the code under test. */
export async function outboxRows(db: Database, endpoint: string) {
  const [rows] = await db.batch([
    db
      .select()
      .from(webhookDeliveries)
      .where(eq(webhookDeliveries.endpoint, endpoint))
      .orderBy(asc(webhookDeliveries.id)),
  ])
  return rows
}

/** When the next delivery is due, to any endpoint; null when none is. */
export async function nextDue(db: Database): Promise<number | null> {
  const first = sql`(SELECT due FROM ${webhookDeliveries} WHERE endpoint = ${webhookEndpoints.id} AND due IS NOT NULL ORDER BY due LIMIT 1)`
  const [[row]] = await db.batch([
    db.select({ due: sql<number | null>`min(${first})`.as('due') }).from(webhookEndpoints),
  ])
  return row?.due ?? null
}
