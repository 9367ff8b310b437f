import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { Client } from '@libsql/client'
import type { Database } from '../../src/db/database.ts'
import { openLibsql } from '../../src/db/libsql.ts'
import { DRIVER_MESSAGE } from '../support/faults.ts'
import { running } from './context.ts'
import type { World } from './world.ts'

const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url))

/** The one database of a process, in memory: seeds come one after the other, each into empty tables. */
export interface Store {
  readonly db: Database
  /** Reads past the code under test. */
  rows(sql: string, ...args: string[]): Row[]
  clear(): void
  /** Is told of the statements of every batch that is committed. */
  onCommit: (statements: readonly Statement[]) => void
}

export interface Statement {
  readonly sql: string
  readonly args: readonly SQLInputValue[]
}

export type Row = Record<string, any>

export async function openStore(): Promise<Store> {
  const engine = new DatabaseSync(':memory:')
  const files = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql'))
  for (const file of files.toSorted()) engine.exec(readFileSync(`${MIGRATIONS}${file}`, 'utf8'))
  const tables = engine.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  const prepare = keepPrepared(engine)
  const store: Store = {
    db: openLibsql(clientOf(engine, prepare, (statements) => store.onCommit(statements))),
    rows: (sql, ...args) => prepare(sql).all(...args),
    clear: () => engine.exec(tables.map(({ name }) => `DELETE FROM "${String(name)}";`).join('')),
    onCommit: () => {},
  }
  return store
}

type Prepare = (sql: string) => StatementSync

/** Preparing is most of the time of a small batch. */
function keepPrepared(engine: DatabaseSync): Prepare {
  const prepared = new Map<string, StatementSync>()
  return (sql) => {
    const known = prepared.get(sql) ?? engine.prepare(sql)
    prepared.set(sql, known)
    return known
  }
}

/**
 * As much of a libSQL client as the app needs, on Node's own SQLite: there is no thread in it.
 */
function clientOf(engine: DatabaseSync, prepare: Prepare, onCommit: Store['onCommit']): Client {
  // As on D1 columns of one name become one.
  const run = ({ sql, args }: Statement) => ({
    rows: prepare(sql)
      .all(...args)
      .map((row) => Object.values(row)),
  })
  const batch = async (statements: readonly Statement[]) => {
    engine.exec('BEGIN IMMEDIATE')
    let results
    try {
      results = statements.map(run)
      engine.exec('COMMIT')
    } catch (error) {
      engine.exec('ROLLBACK')
      throw error
    }
    onCommit(statements)
    return results
  }
  return { protocol: 'memory', batch } as unknown as Client
}

const OVERLOADED = 'D1 DB is overloaded. Requests queued for too long.'
const SLOWEST_MS = 90_000

/** The database as isolates have it: each batch waits for its turn, and may then fail, before or after its commit, or be slow. */
export function unreliable(world: World, db: Database): Database {
  const { scheduler, chance, clock, counts } = world
  const batch: Database['batch'] = async (items) => {
    const context = running.getStore() ?? null
    const fate = world.calm ? 'well' : chance.weighed(FATES)
    const later = () => clock.now + chance.below(SLOWEST_MS)
    await scheduler.hold('a batch', context, fate === 'slow' ? later() : 0)
    counts.add('batches')
    if (fate !== 'well') counts.add(`faults: ${fate}`)
    const fails = fate === 'before' || fate === 'after' || fate === 'overloaded'
    if (fails && context) context.faults += 1
    if (fate === 'before') throw new Error(DRIVER_MESSAGE)
    if (fate === 'overloaded') throw new Error(OVERLOADED)
    const results = await db.batch(items)
    if (fate === 'after') throw new Error(DRIVER_MESSAGE)
    if (fate === 'slow answer') await scheduler.hold('the answer to a batch', context, later())
    return results
  }
  return new Proxy(db, {
    get: (target, name) => (name === 'batch' ? batch : (Reflect.get(target, name, target) as unknown)),
  })
}

const FATES = [
  [860, 'well'],
  [22, 'before'],
  [30, 'after'],
  [8, 'overloaded'],
  [50, 'slow'],
  [30, 'slow answer'],
] as const
