import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { jobs } from '../../src/db/schema.ts'
import { openNodeDatabase } from '../../src/hosts/node-database.ts'

const WRITERS = 40

it('writers that wait for a lock give up together, not one after the other, and go on when it is free', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'answerkey-locked-'))
  const { db, close } = await openNodeDatabase({ DATA_DIR: folder })
  const somebody = createClient({ url: `file:${join(folder, 'answerkey.db')}` })
  const lock = await somebody.transaction('write')
  const write = () => db.batch([db.delete(jobs).where(sql`0`)])
  const began = performance.now()
  const outcomes = await Promise.allSettled(Array.from({ length: WRITERS }, write))
  const seconds = (performance.now() - began) / 1000
  expect(outcomes.map(({ status }) => status)).toEqual(Array(WRITERS).fill('rejected'))
  // Five, and what the last look of the driver takes; each by itself would have waited for half a second more.
  expect(seconds).toBeGreaterThan(4.5)
  expect(seconds).toBeLessThan(9)
  await lock.rollback()
  await expect(write()).resolves.toHaveLength(1)
  somebody.close()
  close()
})
