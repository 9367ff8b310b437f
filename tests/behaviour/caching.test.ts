import { beforeAll, describe, expect, it } from 'vitest'
import { publish, start } from '../support/actions.ts'
import type { Answer } from '../support/client.ts'
import { describedOperations } from '../support/description.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { quizDocument } from '../support/quiz-document.ts'

const NEVER = 'private, no-store'

/** What may be cached: everything else is the default. Quiz reads only where nobody says who they are. */
const CACHED: Record<string, string> = {
  'GET /v1/quizzes': 'public, no-cache',
  'GET /v1/quizzes/{quiz}': 'public, no-cache',
  'GET /v1/quizzes/{quiz}/questions': 'public, no-cache',
  'GET /.well-known/jwks.json': 'public, max-age=300',
  'GET /openapi.json': 'public, max-age=300',
  'GET /docs': 'public, max-age=300',
}
const QUIZ_READS = Object.keys(CACHED).filter((call) => call.includes('/v1/'))

let host: TestHost
/** For calls that change nothing. */
let standing: Standing

beforeAll(async () => {
  host = await createHost()
  standing = await mint()
})

const calls = describedOperations.map(({ method, path }) => ({ method, path, call: `${method} ${path}` }))

const controlOf = ({ headers }: Answer) => headers.get('Cache-Control')

interface Standing {
  readonly token: string
  readonly ids: Readonly<Record<string, string>>
}

async function mint(): Promise<Standing> {
  const quiz = await publish(host)
  const { id: attempt, token, started } = await start(host, quiz)
  return { token, ids: { quiz, attempt, revision: started.body.attempt.revision, code: 'not-found' } }
}

/** The path with ids of things that are there. */
function at(path: string, { ids }: Standing): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? 'none')
}

describe('every call says who may keep its answer', () => {
  it.each(calls)('$call, without Authorization', async ({ method, path, call }) => {
    const answer = await host.client.call(method, at(path, standing))
    expect(controlOf(answer)).toBe(CACHED[call] ?? NEVER)
    expect(answer.status === 200 || !(call in CACHED)).toBe(true)
  })

  it.each(calls)('$call, with an API key, an attempt’s token or a wrong one', async ({ method, path, call }) => {
    const there = await mint()
    const expected = QUIZ_READS.includes(call) ? NEVER : (CACHED[call] ?? NEVER)
    for (const token of [there.token, 'wrong', ROOT_KEY]) {
      const answer = await host.client.call(method, at(path, there), { token, releases: 'everything' })
      expect(controlOf(answer), token).toBe(expected)
    }
  })

  it.each(calls)('$call, asked for by HEAD or OPTIONS', async ({ method, path }) => {
    const preflight = { Origin: 'https://page.example', 'Access-Control-Request-Method': method }
    expect(controlOf(await host.client.call('OPTIONS', at(path, standing), { headers: preflight }))).toBe(NEVER)
    const head = await host.client.call('HEAD', at(path, standing))
    expect(controlOf(head)).toBe(CACHED[`GET ${path}`] ?? NEVER)
  })
})

describe('a quiz read', () => {
  it.each(QUIZ_READS)('that has not changed says the same, and what it depends on: %s', async (call) => {
    const path = at(call.replace('GET ', ''), standing)
    const read = await host.client.call('GET', path)
    const etag = read.headers.get('ETag')!
    const headers = { 'If-None-Match': etag }
    const anonymous = await host.client.call('GET', path, { headers })
    const staff = await host.client.call('GET', path, { headers, token: ROOT_KEY })
    expect([anonymous.status, controlOf(anonymous)]).toEqual([304, 'public, no-cache'])
    expect(controlOf(staff)).toBe(NEVER)
    for (const { headers: received } of [read, anonymous, staff]) {
      expect(received.get('Vary')).toBe('Authorization, Origin')
      expect(received.get('ETag')).toMatch(/^"[\w-]+"$/)
    }
    expect(anonymous.headers.get('ETag')).toBe(etag)
  })

  it('that fails is kept by nobody, and has no entity tag', async () => {
    const timed = await publish(host, quizDocument({ policy: { timeLimitSeconds: 60 } }))
    const failing = [
      await host.client.call('GET', '/v1/quizzes/none'),
      await host.client.call('GET', '/v1/quizzes?limit=0'),
      await host.client.call('GET', '/v1/quizzes', { headers: { Authorization: 'Basic x' } }),
      await host.client.call('GET', `/v1/quizzes/${timed}/questions`),
      await host.client.call('GET', `/v1/quizzes/${timed}/questions`, { headers: { 'If-None-Match': '*' } }),
    ]
    host.faults.before(1)
    failing.push(await host.client.call('GET', '/v1/quizzes'))
    expect(failing.map(({ status }) => status)).toEqual([404, 422, 401, 403, 403, 503])
    for (const answer of failing) {
      expect(controlOf(answer)).toBe(NEVER)
      expect(answer.headers.get('ETag')).toBeNull()
    }
  })
})

describe('what belongs to one attempt', () => {
  it('is never kept, whatever is done with it', async () => {
    const run = await start(host, await publish(host))
    const releases = ['single']
    const answers = [
      run.started,
      await run.resume(),
      await run.resume({ headers: { 'If-None-Match': '*', 'If-Modified-Since': 'Mon, 05 Jan 2026 10:00:00 GMT' } }),
      await run.respond('single', { choice: 'b' }, { releases }),
      await run.respond('single', { choice: 'c' }, { releases }),
      await run.respond('single', { choice: 'z' }),
      await run.finish({ releases }),
      await run.finish({ releases }),
      await run.respond('truth', { choice: 'true' }),
      await run.resume({ releases }),
      await run.resume({ token: 'wrong' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 409, 422, 200, 200, 409, 200, 401])
    for (const answer of answers) {
      expect(controlOf(answer)).toBe(NEVER)
      expect(answer.headers.get('ETag')).toBeNull()
    }
  })

  it('is never kept where browsers ask from a page', async () => {
    const run = await start(host, await publish(host), { headers: { Origin: 'https://page.example' } })
    const resumed = await run.resume({ headers: { Origin: 'https://page.example' } })
    for (const answer of [run.started, resumed]) {
      expect(controlOf(answer)).toBe(NEVER)
      expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*')
      expect(answer.headers.get('Access-Control-Allow-Credentials')).toBeNull()
    }
  })
})
