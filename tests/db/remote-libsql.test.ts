import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient as createNodeClient } from '@libsql/client'
import { createClient as createWebClient } from '@libsql/client/web'
import { eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/libsql/web'
import { migrate } from 'drizzle-orm/libsql/migrator'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openLibsql } from '../../src/db/libsql.ts'
import { quizzes } from '../../src/db/schema.ts'
import { startHranaServer } from '../support/hrana-server.ts'

const authToken = 'the token of the tests'

/** A fresh database, and its URL. */
async function start(options: Partial<Parameters<typeof startHranaServer>[0]> = {}): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), 'answerkey-')), 'remote.db')
  const server = await startHranaServer({ path, authToken, ...options })
  onTestFinished(() => server.stop())
  return server.url
}

/** What the one row of the one column holds. */
async function value(client: Client, query: string): Promise<unknown> {
  const { rows } = await client.execute(query)
  return rows[0]?.[0]
}

/** Reads a number and then writes the next one, as one batch of ours. */
async function increment(client: Client): Promise<number | undefined> {
  const db = openLibsql(client)
  const [before] = await db.batch([
    db.select({ n: sql<number>`n` }).from(sql`t`),
    db.run(sql`UPDATE t SET n = (SELECT n FROM t) + 1`),
  ])
  return before[0]?.n
}

for (const [host, createClient] of [
  ['Node', createNodeClient],
  ['Workers', createWebClient],
] as const) {
  describe(`the client for ${host}`, () => {
    it('gets back every kind of value as it was sent', async () => {
      const client = createClient({ url: await start(), authToken, intMode: 'bigint' })
      const blob = Uint8Array.from({ length: 256 }, (_, index) => index)
      const sent = [null, 2n ** 63n - 1n, -(2n ** 63n), 0.1, 3, '', '"Ünïcode" 😀\n', blob, new Uint8Array()]
      const { rows } = await client.execute({ sql: `SELECT ${sent.map(() => '?').join()}`, args: sent })
      const got = Array.from({ length: sent.length }, (_, index) => rows[0]?.[index])
      expect(got).toEqual(sent.map((each) => (each instanceof Uint8Array ? each.buffer : each)))
    })

    it('binds names, whatever their prefix', async () => {
      const client = createClient({ url: await start(), authToken })
      const { rows } = await client.execute({
        sql: 'SELECT :a AS x, @b AS y, $c AS z',
        args: { a: 'A', '@b': 'B', c: 'C' },
      })
      expect(rows).toEqual([{ x: 'A', y: 'B', z: 'C' }])
    })

    it('gets the results of a batch in its order', async () => {
      const client = createClient({ url: await start(), authToken })
      const results = await client.batch(
        [
          'CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT)',
          { sql: 'INSERT INTO t (n) VALUES (?), (?)', args: ['one', 'two'] },
          'SELECT n FROM t ORDER BY id',
          { sql: 'UPDATE t SET n = ? RETURNING id', args: ['three'] },
          'SELECT DISTINCT n FROM t',
        ],
        'write',
      )
      expect(results.map(({ rows }) => rows)).toEqual([
        [],
        [],
        [{ n: 'one' }, { n: 'two' }],
        [{ id: 1 }, { id: 2 }],
        [{ n: 'three' }],
      ])
      expect(results.map(({ rowsAffected }) => rowsAffected)).toEqual([0, 2, 0, 2, 0])
      expect(results[1]?.lastInsertRowid).toBe(2n)
    })

    it('leaves nothing of a batch whose last statement fails', async () => {
      const client = createClient({ url: await start(), authToken })
      await client.executeMultiple(`CREATE TABLE t (id TEXT PRIMARY KEY) WITHOUT ROWID; INSERT INTO t VALUES ('kept')`)
      const batch = client.batch([`INSERT INTO t VALUES ('new')`, `INSERT INTO t VALUES ('kept')`], 'write')
      await expect(batch).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT', statementIndex: 1 })
      expect((await client.execute('SELECT id FROM t')).rows).toEqual([{ id: 'kept' }])
    })

    it('keeps a transaction over many requests from others until it commits', async () => {
      const url = await start()
      const client = createClient({ url, authToken })
      await client.executeMultiple('CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (0)')
      const transaction = await client.transaction('write')
      await transaction.execute('UPDATE t SET n = n + 1')
      const other = createClient({ url, authToken }).batch(['UPDATE t SET n = n * 10', 'SELECT n FROM t'], 'write')
      await transaction.execute('UPDATE t SET n = n + 1')
      await transaction.commit()
      expect((await other)[1]?.rows).toEqual([{ n: 20 }])
    })

    it('is refused with a wrong token', async () => {
      const client = createClient({ url: await start(), authToken: 'another token' })
      await expect(client.execute('SELECT 1')).rejects.toMatchObject({ code: 'SERVER_ERROR' })
      await expect(client.batch(['SELECT 1'], 'read')).rejects.toThrow('401')
    })

    it('migrates a database once, and stores rows in it', async () => {
      const client = createClient({ url: await start(), authToken })
      await migrate(drizzle(client), { migrationsFolder: 'migrations' })
      await migrate(drizzle(client), { migrationsFolder: 'migrations' })
      const db = openLibsql(client)
      const row = { id: 'q', revision: 'r', access: 'public', archivedAt: null } as const
      const [, found] = await db.batch([
        db.insert(quizzes).values(row),
        db.select().from(quizzes).where(eq(quizzes.id, 'q')),
      ])
      expect(found).toEqual([row])
    })
  })
}

describe('a remote database', () => {
  it('loses nothing of 100 batches of two clients that read and then write', async () => {
    const url = await start()
    const clients = [createNodeClient({ url, authToken }), createWebClient({ url, authToken })]
    await clients[0]!.executeMultiple('CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (0)')
    const seen = await Promise.all(clients.flatMap((client) => Array.from({ length: 50 }, () => increment(client))))
    expect(new Set(seen)).toEqual(new Set(Array.from({ length: 100 }, (_, index) => index)))
    expect(await value(clients[0]!, 'SELECT n FROM t')).toBe(100)
  })

  it('is free again when the client of a transaction is gone', async () => {
    const client = createNodeClient({ url: await start({ idleMs: 20 }), authToken })
    await client.execute('CREATE TABLE t (n INTEGER)')
    const abandoned = await client.transaction('write')
    await abandoned.execute('INSERT INTO t VALUES (1)')
    await client.batch(['INSERT INTO t VALUES (2)'], 'write')
    expect((await client.execute('SELECT n FROM t')).rows).toEqual([{ n: 2 }])
    await expect(abandoned.commit()).rejects.toThrow('400')
  })

  it('keeps what was committed when the answer is lost, and the client gets an error', async () => {
    let lost = false
    const beforeAnswer = () => (lost ? 'drop' : undefined)
    const client = createNodeClient({ url: await start({ beforeAnswer }), authToken })
    await client.execute('CREATE TABLE t (n INTEGER)')
    lost = true
    await expect(client.batch(['INSERT INTO t VALUES (1)'], 'write')).rejects.toThrow('fetch failed')
    lost = false
    expect(await value(client, 'SELECT count(*) FROM t')).toBe(1)
  })
})
