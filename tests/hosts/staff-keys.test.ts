import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Database } from '../../src/db/database.ts'
import { equal } from '../../src/hosts/create-deps.ts'
import { issueKey } from '../support/api-keys.ts'
import { createHost, ROOT_KEY } from '../support/host.ts'

/** How keys of staff are compared: nothing that takes time depends on how much of a guess is right. */

afterEach(() => {
  vi.restoreAllMocks()
})

const digest = (text: string) => new Uint8Array(createHash('sha256').update(text).digest())

/** The bytes of an array that are read while two are compared. */
function readsOf(a: Uint8Array, b: Uint8Array): { same: boolean; reads: string[] } {
  const reads: string[] = []
  const watched = new Proxy(b, {
    get(target, name) {
      if (/^\d+$/.test(String(name))) reads.push(String(name))
      return Reflect.get(target, name, target) as unknown
    },
  })
  return { same: equal(a, watched), reads }
}

describe('digests', () => {
  const whole = Array.from({ length: 32 }, (_, index) => String(index))

  it('are compared to the end, wherever the first difference is', () => {
    const one = digest('one')
    for (const place of whole.map(Number)) {
      const other = Uint8Array.from(one, (byte, index) => (index === place ? byte ^ 1 : byte))
      expect(readsOf(one, other)).toEqual({ same: false, reads: whole })
    }
    expect(readsOf(one, digest('one'))).toEqual({ same: true, reads: whole })
  })

  it('are never the same as a part of them', () => {
    const one = digest('one')
    expect([equal(one, one.slice(0, 31)), equal(one.slice(0, 31), one), equal(new Uint8Array(), one)]).toEqual([
      false,
      false,
      false,
    ])
  })
})

describe('the root key', () => {
  it('is compared by its digest alone, which tells nothing of a guess that is nearly right', async () => {
    const { deps } = await createHost()
    const hashed = vi.spyOn(crypto.subtle, 'digest')
    const guesses = [ROOT_KEY, ROOT_KEY.slice(0, -1), `${ROOT_KEY}x`, ROOT_KEY.toUpperCase(), '', 'x'.repeat(8192)]
    expect(await Promise.all(guesses.map((guess) => deps.isRootKey(guess)))).toEqual([true, ...Array(5).fill(false)])
    expect(hashed).toHaveBeenCalledTimes(guesses.length)
  })
})

describe('an API key', () => {
  it('is looked for by its digest alone: the database is told nothing of the secret, and the root key not at all', async () => {
    const told: unknown[] = []
    const before = (db: Database): Database =>
      Object.assign(Object.create(db) as Database, {
        batch: (items: Parameters<Database['batch']>[0]) => {
          for (const item of items) told.push(...(item as unknown as { toSQL(): { params: unknown[] } }).toSQL().params)
          return db.batch(items)
        },
      })
    const host = await createHost({ before })
    const { secret } = await issueKey(host, 'quizzes:read')
    told.length = 0
    for (const token of [secret, `${secret.slice(0, -1)}_`, ROOT_KEY]) {
      await host.client.call('GET', '/v1/quizzes', { token, releases: 'everything' })
    }
    expect(told).toContain(createHash('sha256').update(secret).digest('base64url'))
    for (const parameter of told) {
      expect(String(parameter)).not.toContain(secret.slice(0, 10))
      expect(String(parameter)).not.toContain(ROOT_KEY.slice(0, 10))
    }
  })
})
