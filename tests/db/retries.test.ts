import type { D1Database } from '@cloudflare/workers-types'
import { DrizzleQueryError, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { openD1 } from '../../src/db/d1.ts'
import { repeatable } from '../../src/db/retries.ts'
import { quizzes } from '../../src/db/schema.ts'

/** D1's list of errors, by what it recommends. */
const RETRY_THE_OPERATION = [
  'D1 DB reset because its code was updated.',
  'Internal error while starting up D1 DB storage caused object to be reset.',
  'Network connection lost.',
  'Internal error in D1 DB storage caused object to be reset.',
  'Cannot resolve D1 DB due to transient issue on remote node.',
  "Can't read from request stream because client disconnected.",
]
const SEND_LESS = [
  'D1 DB storage operation exceeded timeout which caused object to be reset.',
  'D1 DB is overloaded. Requests queued for too long.',
  'D1 DB is overloaded. Too many requests queued.',
  "D1 DB's isolate exceeded its memory limit and was reset.",
  'D1 DB exceeded its CPU time limit and was reset.',
]

/** As D1 throws it, and as it comes from a library that wraps it with the query and its parameters. */
const FORMS: Readonly<Record<string, (message: string) => Error>> = {
  bare: (message) => new Error(`D1_ERROR: ${message}`),
  'with a cause': (message) => new Error(`D1_ERROR: ${message}`, { cause: new Error(message) }),
  wrapped: (message) => new DrizzleQueryError('select ?', ['a'], new Error(`D1_ERROR: ${message}`)),
  'wrapped twice': (message) =>
    new DrizzleQueryError('select ?', ['a'], new Error('D1_ERROR', { cause: new Error(message) })),
}

/** A D1 whose batches fail so many times, and that does nothing. */
function failing(times: number, error: Error, random = () => 0.5) {
  const seen = { batches: 0, waits: [] as number[] }
  const statement = { bind: () => statement }
  const binding = {
    prepare: () => statement,
    batch: async (statements: unknown[]) => {
      seen.batches += 1
      if (seen.batches <= times) throw error
      return statements.map(() => ({ results: [], success: true, meta: {} }))
    },
  } as unknown as D1Database
  const wait = async (milliseconds: number) => void seen.waits.push(milliseconds)
  return { db: openD1(binding, { wait, random }), seen }
}

type Db = ReturnType<typeof failing>['db']
const read = (db: Db) => db.select().from(quizzes)
const write = (db: Db) => db.delete(quizzes).where(sql`false`)
const BATCHES: Readonly<Record<string, (db: Db) => Promise<unknown>>> = {
  'only reads': (db) => db.batch([read(db), read(db)]),
  'is repeatable': (db) => db.batch(repeatable([write(db), read(db)])),
}
const lost = FORMS['bare']!('Network connection lost.')

describe('what D1 says of something that passes', () => {
  for (const message of RETRY_THE_OPERATION) {
    for (const [form, errorOf] of Object.entries(FORMS)) {
      it(`is tried again, ${form}: ${message}`, async () => {
        const { db, seen } = failing(2, errorOf(message))
        await BATCHES['is repeatable']!(db)
        expect(seen.batches).toBe(3)
      })
    }
  }

  it.each(Object.entries(BATCHES))('is tried again three times, and then told, of a batch that %s', async (_, send) => {
    const three = failing(3, lost)
    await send(three.db)
    const four = failing(4, lost)
    await expect(send(four.db)).rejects.toBe(lost)
    expect([three.seen.batches, four.seen.batches]).toEqual([4, 4])
  })

  it('is told at once of a batch that writes and is not repeatable', async () => {
    const { db, seen } = failing(1, lost)
    await expect(db.batch([read(db), write(db)])).rejects.toBe(lost)
    expect(seen.batches).toBe(1)
  })

  it('is waited for, from nothing up to twice as long each time', async () => {
    const shortest = failing(3, lost, () => 0)
    await BATCHES['only reads']!(shortest.db)
    expect(shortest.seen.waits).toEqual([0, 0, 0])
    const longest = failing(3, lost, () => 1)
    await BATCHES['only reads']!(longest.db)
    expect(longest.seen.waits).toEqual([100, 200, 400])
  })
})

describe('what D1 says of too much', () => {
  for (const message of SEND_LESS) {
    for (const [form, errorOf] of Object.entries(FORMS)) {
      it.each(Object.entries(BATCHES))(`is told at once, ${form}, of a batch that %s: ${message}`, async (_, send) => {
        const error = errorOf(message)
        const { db, seen } = failing(1, error)
        await expect(send(db)).rejects.toBe(error)
        expect(seen).toEqual({ batches: 1, waits: [] })
      })
    }
  }
})

it('Words of a learner among the parameters of a query are not the word of D1', async () => {
  const error = new DrizzleQueryError('select ?', ['Network connection lost.'], new Error('D1_ERROR: no such table'))
  const { db, seen } = failing(1, error)
  await expect(BATCHES['only reads']!(db)).rejects.toBe(error)
  expect(seen.batches).toBe(1)
})
