import type { Database } from './database.ts'
import { type Pauses, withRetries } from './retries.ts'
import * as schema from './schema.ts'
import { drizzle } from 'drizzle-orm/d1'

/** A database on Cloudflare D1. */
export function openD1(binding: Parameters<typeof drizzle>[0], pauses?: Pauses): Database {
  return withRetries(drizzle(binding, { schema }), pauses)
}
