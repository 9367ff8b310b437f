import type { Database } from './database.ts'
import { is } from 'drizzle-orm'
import { SQLiteSelectBase } from 'drizzle-orm/sqlite-core'

/** How often a batch is sent again, at most. */
const RETRIES = 3

/** Before the first retry; twice as long before each that follows. */
const LONGEST_FIRST_WAIT_MS = 100

/** What D1 says when it was interrupted and may be asked again: by its list of errors, those for which it recommends to retry. */
const TRANSIENT: readonly string[] = [
  'D1 DB reset because its code was updated.',
  'Internal error while starting up D1 DB storage caused object to be reset.',
  'Network connection lost.',
  'Internal error in D1 DB storage caused object to be reset.',
  'Cannot resolve D1 DB due to transient issue on remote node.',
  "Can't read from request stream because client disconnected.",
]

/** What it says when something takes too long or is too much: to ask again would add to it. */
const TOO_MUCH: readonly string[] = [
  'D1 DB storage operation exceeded timeout which caused object to be reset.',
  'D1 DB is overloaded.',
  "D1 DB's isolate exceeded its memory limit and was reset.",
  'D1 DB exceeded its CPU time limit and was reset.',
]

export interface Pauses {
  readonly wait: (milliseconds: number) => Promise<void>
  /** From 0 up to 1. */
  readonly random: () => number
}

const REAL: Pauses = {
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
}

const REPEATABLE = new WeakSet<object>()

/**
 * Says of a batch that it comes to the same when it is carried out twice, and tells the same: for the first time may have
 * been committed, though nobody was told.
 */
export function repeatable<const Items extends readonly [unknown, ...unknown[]]>(items: Items): Items {
  REPEATABLE.add(items)
  return items
}

/**
 * Sends again what failed for a reason that passes: batches that only read, and those that are repeatable. Waits are drawn
 * from nothing up to twice the last limit ("full jitter"), so that isolates that failed together do not come back together.
 */
export function withRetries(db: Database, { wait, random }: Pauses = REAL): Database {
  const batch: Database['batch'] = async (items) => {
    const mayRepeat = REPEATABLE.has(items) || items.every((item) => is(item, SQLiteSelectBase))
    for (let retry = 0; ; retry++) {
      try {
        return await db.batch(items)
      } catch (error) {
        if (retry === RETRIES || !mayRepeat || !says(error, TRANSIENT)) throw error
      }
      await wait(random() * LONGEST_FIRST_WAIT_MS * 2 ** retry)
    }
  }
  return Object.assign(Object.create(db) as Database, { batch })
}

/** Whether a database has too much to do, so that nobody should ask it for the same again. */
export function isTooMuch(error: unknown): boolean {
  return says(error, TOO_MUCH)
}

/** What D1 said stands behind the word of a library that wraps it, which may hold parameters: and so anything at all. */
function says(error: unknown, messages: readonly string[]): boolean {
  if (!(error instanceof Error)) return false
  if (error.cause instanceof Error) return says(error.cause, messages)
  return messages.some((message) => error.message.includes(message))
}
