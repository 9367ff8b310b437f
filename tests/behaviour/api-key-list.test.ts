import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { issueKey, revokeKey } from '../support/api-keys.ts'
import type { Answer, CallOptions } from '../support/client.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const list = (query = '', options: CallOptions = {}) =>
  host.client.call('GET', `/v1/keys${query}`, { token: ROOT_KEY, ...options })
const make = async (count: number): Promise<string[]> => {
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    host.clock.now += 1000
    ids.push((await issueKey(host, 'quizzes:read')).id)
  }
  return ids
}
const pages = async (limit: number, between = async () => {}): Promise<string[][]> => {
  const found: string[][] = []
  for (let query: string | null = `?limit=${limit}`; query !== null;) {
    const { body }: Answer = await list(query)
    found.push(body.keys.map((key: { id: string }) => key.id))
    query = body.nextCursor && `?limit=${limit}&cursor=${body.nextCursor}`
    await between()
  }
  return found
}

describe('the list of keys', () => {
  beforeEach(async () => {
    await emptyDatabase(host.deps.db)
  })

  it('is empty at first', async () => {
    expect((await list()).body).toEqual({ keys: [], nextCursor: null })
  })

  it('holds all in the order of their making, revoked ones too, in pages of which the last is not empty', async () => {
    const ids = await make(6)
    await revokeKey(host, ids[1]!)
    expect(await pages(4)).toEqual([ids.slice(0, 4), ids.slice(4)])
    expect(await pages(3)).toEqual([ids.slice(0, 3), ids.slice(3)])
    expect(await pages(200)).toEqual([ids])
    const revokedAt = new Date(host.clock.now).toISOString()
    expect((await list()).body.keys.map((key: any) => key.revokedAt)).toEqual([null, revokedAt, null, null, null, null])
  })

  it('holds each once in its pages, also of keys that are made at one time', async () => {
    const at = host.clock.now
    const ids = await Promise.all(Array.from({ length: 9 }, async () => (await issueKey(host, 'keys:write')).id))
    expect(host.clock.now).toBe(at)
    expect((await pages(2)).flat().toSorted()).toEqual(ids.toSorted())
  })

  it('goes on where it was while keys are made and revoked', async () => {
    const ids = await make(4)
    let made: string[] = []
    const found = await pages(2, async () => {
      await revokeKey(host, ids[0]!)
      if (made.length === 0) made = await make(1)
    })
    expect(found).toEqual([ids.slice(0, 2), ids.slice(2), made])
  })

  it('has 50 on a page unless told otherwise', async () => {
    await make(51)
    const { body } = await list()
    expect([body.keys.length, body.nextCursor]).toEqual([50, expect.any(String)])
  })

  it('takes no query that it does not know, and goes on after whatever a made-up cursor says', async () => {
    for (const query of [
      '?limit=0',
      '?limit=201',
      '?cursor=',
      '?cursor=A',
      '?cursor=!',
      '?after=key_x',
      '?limit=1&limit=2',
    ]) {
      expect(problemOf(await list(query)).slice(0, 2), query).toEqual([422, 'invalid-input'])
    }
    for (const cursor of ['AAAA', '____', 'Jyc', 'en56eno']) {
      expect((await list(`?cursor=${cursor}`)).status, cursor).toBe(200)
    }
  })
})
