import type * as schema from './schema.ts'
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch'
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'

/**
 * The database as everything but the drivers sees it. D1 and libSQL both assign to it without a cast, and `transaction`,
 * which D1 refuses, does not compile. Every query goes through `batch`: a batch is atomic, and one round trip.
 */
export type Database = Omit<BaseSQLiteDatabase<'async', unknown, typeof schema>, 'transaction'> & {
  batch<Item extends BatchItem<'sqlite'>, Items extends Readonly<[Item, ...Item[]]>>(
    items: Items,
  ): Promise<BatchResponse<Items>>
}
