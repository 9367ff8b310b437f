import type { Database } from './database.ts'
import { apiKeys } from './schema.ts'
import { and, asc, eq, getTableColumns, gt, isNotNull, isNull, sql } from 'drizzle-orm'

/** The hash of a secret is compared and never read: so no query can hand it on. */
const { hash: _, ...visible } = getTableColumns(apiKeys)

export type ApiKeyRow = Omit<typeof apiKeys.$inferSelect, 'hash'>

/** The key whose secret has this hash, revoked or not. */
export function selectApiKeyByHash(db: Database, hash: string) {
  return db.select(visible).from(apiKeys).where(eq(apiKeys.hash, hash))
}

export function selectApiKey(db: Database, id: string) {
  return db.select(visible).from(apiKeys).where(eq(apiKeys.id, id))
}

export function selectApiKeyByRequestKey(db: Database, requestKey: string) {
  return db
    .select(visible)
    .from(apiKeys)
    .where(and(isNotNull(apiKeys.requestKey), eq(apiKeys.requestKey, requestKey)))
}

/** Keys after the given id, in the order of their ids, which is that of their creation. */
export function selectApiKeys(db: Database, { after, limit }: { after: string; limit: number }) {
  return db.select(visible).from(apiKeys).where(gt(apiKeys.id, after)).orderBy(asc(apiKeys.id)).limit(limit)
}

/**
 * Inserts a key if its request key is new, and whoever makes it has not been revoked by now: who revokes a key and then
 * reads the list has every key in it that the revoked one has made.
 */
export function insertApiKey(db: Database, key: Omit<typeof apiKeys.$inferSelect, 'revokedAt'>) {
  const values = [key.id, key.hash, key.name, JSON.stringify(key.scopes), key.createdAt, key.createdBy, null]
  return db
    .insert(apiKeys)
    .select(
      sql`SELECT ${sql.join(
        [...values, key.requestKey].map((value) => sql`${value}`),
        sql`, `,
      )} WHERE NOT EXISTS (SELECT 1 FROM ${apiKeys} WHERE id = ${key.createdBy} AND revoked_at IS NOT NULL)`,
    )
    .onConflictDoNothing()
}

/** Revokes a key; one that is revoked already keeps its time. */
export function revokeApiKey(db: Database, id: string, at: number) {
  return db
    .update(apiKeys)
    .set({ revokedAt: at })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
}
