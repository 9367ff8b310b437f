import { readdirSync, readFileSync } from 'node:fs'
import { createClient } from '@libsql/client'
import { getTableConfig, SQLiteSyncDialect, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { is, type SQL, SQL as Sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import * as schema from '../../src/db/schema.ts'

/** The SQL of the migrations as D1 runs it: file by file, in the order of their names. */
const migrations = readdirSync('migrations')
  .filter((name) => name.endsWith('.sql'))
  .toSorted()
  .map((name) => readFileSync(`migrations/${name}`, 'utf8'))

async function migrated() {
  const client = createClient({ url: ':memory:' })
  for (const migration of migrations) {
    await client.batch(migration.split('--> statement-breakpoint'), 'write')
  }
  const read = async (query: string) => (await client.execute(query)).rows
  return { read }
}

const { read } = await migrated()
const tables: readonly SQLiteTable[] = Object.values(schema)
const configs = tables.map((table) => getTableConfig(table))

/** The tables that one row more of is one row written more: what a learner's call writes to, and those that grow with attempts. */
const WITHOUT_ROWID = new Set([
  'accommodations',
  'attempt_events',
  'attempts',
  'quizzes',
  'regrade_changes',
  'request_keys',
  'webhook_deliveries',
])

const normal = (sql: string) => sql.replaceAll(/["`]/g, '').replaceAll(/\s+/g, ' ').replaceAll(/,\s*/g, ', ').trim()
const textOf = (expression: SQL) => normal(new SQLiteSyncDialect().sqlToQuery(expression).sql)

describe('the migrations', () => {
  it('make the tables of the schema, and no others', async () => {
    const made = await read(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    expect(new Set(made.map((row) => row['name']))).toEqual(new Set(configs.map(({ name }) => name)))
  })

  it('make WITHOUT ROWID what learners’ calls write to and look at first, and nothing else', async () => {
    const made = await read(`SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    const without = made.filter((row) => /\)\s*WITHOUT ROWID$/i.test(row['sql'] as string))
    expect(new Set(without.map((row) => row['name']))).toEqual(WITHOUT_ROWID)
  })

  for (const { name, columns, primaryKeys } of configs) {
    it(`give ${name} the columns of the schema, in its order`, async () => {
      const keys = new Set(primaryKeys.flatMap((key) => key.columns.map((column) => column.name)))
      const made = await read(`SELECT name, type, "notnull", pk FROM pragma_table_info('${name}') ORDER BY cid`)
      expect(made.map((row) => ({ ...row, pk: Number(row['pk']) > 0 }))).toEqual(
        columns.map((column) => ({
          name: column.name,
          type: column.getSQLType().toUpperCase(),
          notnull: Number(column.notNull),
          pk: column.primary || keys.has(column.name),
        })),
      )
    })
  }

  it('make every index of the schema, on its columns and under its condition', async () => {
    const declared = configs.flatMap(({ name: table, indexes }) =>
      indexes.map(({ config: { name, unique, columns, where } }) => {
        const on = columns.map((column) => (is(column, Sql) ? textOf(column) : column.name)).join(', ')
        const condition = where ? ` WHERE ${textOf(where)}` : ''
        return `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${name} ON ${table} (${on})${condition}`
      }),
    )
    const made = await read(`SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL`)
    expect(made.map((row) => normal(row['sql'] as string)).toSorted()).toEqual(declared.map(normal).toSorted())
    expect(declared.length).toBeGreaterThan(4)
  })

  it('say of attempts that were there what there was to have in them, and when they last changed', async () => {
    const client = createClient({ url: ':memory:' })
    const run = (index: number) => client.batch(migrations[index]!.split('--> statement-breakpoint'), 'write')
    for (const index of [0, 1]) await run(index)
    const summary = JSON.stringify({ maxScore: 5.125 })
    await client.batch([
      { sql: `INSERT INTO revisions VALUES ('r', 'q', 1, 1, '{}', ?, 1, 'root', NULL)`, args: [summary] },
      `INSERT INTO attempts (id, quiz, revision, started_at, finished_at, settled, score, passed)
        VALUES ('a', 'q', 'r', 10, 20, 2, 4000, 1), ('b', 'q', 'r', 30, NULL, NULL, NULL, NULL)`,
    ])
    for (const index of migrations.keys()) if (index > 1) await run(index)
    const { rows } = await client.execute('SELECT id, score, max_score, updated_at FROM attempts ORDER BY id')
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { id: 'a', score: 4000, max_score: 5125, updated_at: 20 },
      { id: 'b', score: null, max_score: 5125, updated_at: 30 },
    ])
  })

  it('are all known to the migrator, each under its own name', () => {
    const journal = JSON.parse(readFileSync('migrations/meta/_journal.json', 'utf8')) as { entries: { tag: string }[] }
    const files = readdirSync('migrations').filter((name) => name.endsWith('.sql'))
    expect(journal.entries.map(({ tag }) => `${tag}.sql`)).toEqual(files.toSorted())
  })
})
