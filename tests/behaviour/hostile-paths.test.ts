import { beforeAll, describe, expect, it } from 'vitest'
import { publish } from '../support/actions.ts'
import type { Answer } from '../support/client.ts'
import { createHost, PUBLIC_URL, ROOT_KEY, type TestHost } from '../support/host.ts'
import { HOSTILE_IDS } from '../support/hostile-ids.ts'
import { problemOf } from '../support/problem-of.ts'
import { countRows } from '../support/tables.ts'

let host: TestHost
let quiz: string
let before: Record<string, number>

beforeAll(async () => {
  host = await createHost()
  quiz = await publish(host)
  before = await countRows(host.deps.db)
})

const fetch = async (path: string, init: RequestInit = {}): Promise<Answer> => {
  const { status, headers, body } = await host.app.fetch(new Request(`${PUBLIC_URL}${path}`, init))
  const text = body === null ? '' : await new Response(body).text()
  return { status, headers, text, body: JSON.parse(text) as unknown }
}

describe('a path or a header that nobody would write', () => {
  it.each(HOSTILE_IDS)('as an id is absent: %s', async (id) => {
    for (const path of [`/v1/quizzes/${id}`, `/v1/quizzes/${id}/questions`, `/v1/attempts/${id}`, `/problems/${id}`]) {
      const answer = await fetch(
        path,
        path.startsWith('/v1') ? { headers: { Authorization: `Bearer ${ROOT_KEY}` } } : {},
      )
      expect(problemOf(answer), path.slice(0, 80)).toEqual([404, 'not-found'])
      expect(answer.text.length).toBeLessThan(1000)
    }
    const publishing = {
      method: 'PUT',
      body: '{}',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${ROOT_KEY}` },
    }
    expect((await fetch(`/v1/quizzes/${id}`, publishing)).status).toBeOneOf([404, 405, 422])
    expect(await countRows(host.deps.db)).toEqual(before)
  })

  it('with dots leads out of nothing', async () => {
    const paths = [
      '/v1/quizzes/%2e%2e',
      '/v1/quizzes/../quizzes/.',
      '/v1/quizzes/x/%2E%2e/%2e%2E/answer-keys',
      '/assets/..%2f',
    ]
    for (const path of paths) expect(problemOf(await fetch(path)), path).toEqual([404, 'not-found'])
  })

  it('as a header is refused or overlooked', async () => {
    const long = 'x'.repeat(100_000)
    const cases: [headers: Record<string, string>, status: number][] = [
      [{ Authorization: `Bearer ${long}` }, 401],
      [{ Authorization: 'Bearer \u00fc' }, 401],
      [{ Authorization: 'Bearer a.b.c' }, 401],
      [{ Authorization: `Bearer ${'.'.repeat(8192)}` }, 401],
      [{ Authorization: `Bearer ${ROOT_KEY}, Bearer ${ROOT_KEY}` }, 401],
      [{ 'X-Forwarded-Host': 'evil.example', Host: 'evil.example', Forwarded: 'host=evil.example' }, 200],
      [{ 'X-HTTP-Method-Override': 'DELETE', 'X-Method-Override': 'DELETE' }, 200],
      [{ Cookie: `a=${long}`, 'X-Anything': long }, 200],
      [{ Accept: long, 'If-None-Match': long }, 200],
      [{ 'If-None-Match': '"'.repeat(50_000) }, 200],
    ]
    for (const [headers, status] of cases) {
      const answer = await fetch(`/v1/quizzes/${quiz}`, { headers })
      expect(answer.status, JSON.stringify(headers).slice(0, 80)).toBe(status)
      expect(answer.text).not.toContain('evil.example')
    }
  })
})
