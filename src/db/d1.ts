import type { Database } from './database.ts'
import * as schema from './schema.ts'
import { drizzle } from 'drizzle-orm/d1'

/** A database on Cloudflare D1. */
export function openD1(binding: Parameters<typeof drizzle>[0]): Database {
  return drizzle(binding, { schema })
}
