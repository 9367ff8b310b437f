import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@libsql/client'
import { sql } from 'drizzle-orm'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openLibsql } from '../../src/db/libsql.ts'

/** A file in which a number is counted up, and clients of it that do not wait for locks themselves. */
async function counter() {
  const url = `file:${join(mkdtempSync(join(tmpdir(), 'answerkey-busy-')), 'busy.db')}`
  const open = () => {
    const client = createClient({ url })
    onTestFinished(() => client.close())
    return client
  }
  const client = open()
  await client.execute('PRAGMA journal_mode = WAL')
  await client.executeMultiple('CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (0)')
  return { open, read: async () => Number((await open().execute('SELECT n FROM t')).rows[0]?.['n']) }
}

/** Reads the number and writes the next one, as one batch of ours. */
function counting(client: Client): () => Promise<unknown> {
  const db = openLibsql(client)
  return () => db.batch([db.select({ n: sql<number>`n` }).from(sql`t`), db.run(sql`UPDATE t SET n = n + 1`)])
}

describe('a batch that finds the file locked by another process', () => {
  it('waits for the lock, and so do those behind it and those that read', async () => {
    const { open, read } = await counter()
    const [holder, client] = [open(), open()]
    const [count, countElsewhere] = [counting(client), counting(holder)]
    const transaction = await holder.transaction('write')
    await transaction.execute('UPDATE t SET n = n + 1')
    const waiting = [count(), count(), count()]
    const db = openLibsql(client)
    const [rows] = await db.batch([db.select({ n: sql<number>`n` }).from(sql`t`)])
    expect(rows).toEqual([{ n: 0 }])
    await transaction.commit()
    await Promise.all(waiting)
    expect(await read()).toBe(4)
    // Nothing is left behind that would keep later batches from being written.
    for (let round = 0; round < 5; round++) await Promise.all([countElsewhere(), count()])
    expect(await read()).toBe(14)
  })

  it('fails in the end, and the next one is written once the lock is free', async () => {
    const { open, read } = await counter()
    const [holder, client] = [open(), open()]
    const [count, countElsewhere] = [counting(client), counting(holder)]
    const transaction = await holder.transaction('write')
    // Each look at the clock finds a second gone.
    let now = 0
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => (now += 1000))
    await expect(count()).rejects.toMatchObject({ cause: { code: 'SQLITE_BUSY' } })
    clock.mockRestore()
    await transaction.commit()
    await countElsewhere()
    await count()
    expect(await read()).toBe(2)
  })

  it('fails at once when the client is closed', async () => {
    const { open } = await counter()
    const client = open()
    const count = counting(client)
    client.close()
    await expect(count()).rejects.toMatchObject({ code: 'CLIENT_CLOSED' })
  })
})
