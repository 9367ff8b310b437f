import { beforeAll, describe, expect, it } from 'vitest'
import { ERROR_CODES } from '../../src/errors.ts'
import { publish, type Run, start } from '../support/actions.ts'
import type { Answer, CallOptions } from '../support/client.ts'
import { describedOperations } from '../support/description.ts'
import { DRIVER_MESSAGE } from '../support/faults.ts'
import { createHost, PUBLIC_URL, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'

let host: TestHost
let quiz: string
let run: Run
/** What /readyz said when the database was fresh. */
let readyAtFirst: Answer

const page = { headers: { Accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' } }

beforeAll(async () => {
  host = await createHost()
  readyAtFirst = await host.client.call('GET', '/readyz')
  quiz = await publish(host)
  run = await start(host, quiz)
})

const get = (path: string, options: CallOptions = {}) => host.client.call('GET', path, options)
/** A path of the description with something in the place of its parameters. */
const filled = (path: string) =>
  path
    .replace('{quiz}', quiz)
    .replace('{attempt}', run.id)
    .replace('{revision}', run.started.body.attempt.revision)
    .replace('{learner}', 'nobody')
    .replace('{code}', 'not-found')
const paths = [...new Set(describedOperations.map(({ path }) => path))]
const methodsOf = (path: string) => {
  const methods = describedOperations.filter((operation) => operation.path === path).map(({ method }) => method)
  return [...methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS']
}
const allowOf = (answer: Answer) => answer.headers.get('Allow')?.split(', ').toSorted()

describe('a path', () => {
  it('names the methods that it takes to one that it does not', async () => {
    for (const path of paths) {
      const others = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'].filter(
        (method) => !methodsOf(path).includes(method),
      )
      for (const method of others) {
        const answer = await host.client.call(method, filled(path))
        expect([answer.status, allowOf(answer)], `${method} ${path}`).toEqual([405, methodsOf(path).toSorted()])
        expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
      }
    }
  })

  const unknown = [
    '/v1',
    '/v1/',
    '/v2/quizzes',
    '/v1/quizzes/',
    '/v1//quizzes',
    '/V1/quizzes',
    '/v1/quizzes//questions',
    '/v1/quizzes/x/y',
    '/v1/quizzes/x/questions/',
    '/v1/attempts',
    '/v1/attempts/',
    '/favicon.ico',
    '/.env',
    '/docs/',
    '/problems',
    '/problems/',
    '//',
    '/%00',
  ]
  it.each(unknown)('that is not there is a problem: %s', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const answer = await host.client.call(method, path)
      expect(problemOf(answer), `${method} ${path}`).toEqual([404, 'not-found'])
    }
  })
})

describe('every answer', () => {
  it('has an id of its own, its declared type alone, and is kept by nobody unless it says so', async () => {
    const ids = new Set<string | null>()
    let answers = 0
    for (const path of [...paths.map(filled), '/nowhere', '/v1/quizzes/never-published']) {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'PATCH']) {
        for (const token of [null, 'nonsense']) {
          const { status, headers } = await host.client.call(method, path, { token })
          const where = `${method} ${path} ${status}`
          answers += 1
          ids.add(headers.get('X-Request-Id'))
          expect(headers.get('X-Request-Id'), where).toMatch(/^req_[\w-]{22}$/)
          expect(headers.get('X-Content-Type-Options'), where).toBe('nosniff')
          expect(headers.get('Set-Cookie'), where).toBeNull()
          const kept = headers.get('Cache-Control') !== 'private, no-store'
          const mayBeKept =
            status === 200 &&
            (/^\/(openapi|docs|\.well)/.test(path) || (path.startsWith('/v1/quizzes') && token === null))
          expect(kept, where).toBe(mayBeKept)
        }
      }
    }
    expect(ids.size).toBe(answers)
  })
})

describe('the root', () => {
  it('gives programs links that lead somewhere', async () => {
    for (const Accept of ['*/*', 'application/json', '']) {
      const { body, headers } = await get('/', { headers: { Accept } })
      expect(headers.get('Vary')).toContain('Accept')
      const { name, version, ...links } = body
      expect([name, version]).toEqual(['Answerkey', 'test'])
      for (const link of Object.values(links) as string[]) {
        expect(link.startsWith(`${PUBLIC_URL}/`)).toBe(true)
        expect((await get(link.slice(PUBLIC_URL.length))).status, link).toBe(200)
      }
    }
  })

  it('gives people a page that loads nothing from elsewhere, with links that lead somewhere', async () => {
    const { text, headers } = await get('/', page)
    expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'")
    expect(headers.get('Vary')).toContain('Accept')
    const links = [...text.matchAll(/<a href="([^"]+)"/g)].map(([, link]) => link!)
    expect(links.length).toBeGreaterThan(2)
    for (const link of links) expect((await get(link)).status, link).toBe(200)
  })
})

describe('the docs', () => {
  it('run scripts of our own origin alone, none of them inline', async () => {
    const { text, headers } = await get('/docs')
    const policy = headers.get('Content-Security-Policy')!
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    const scripts = [...text.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)]
    expect(scripts.length).toBeGreaterThan(0)
    for (const [, attributes, inline] of scripts) {
      expect(attributes).toMatch(/src="\/assets\//)
      expect(inline).toBe('')
    }
    expect(text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    expect(text).not.toMatch(/\son\w+=/)
  })
})

describe('the page of a problem', () => {
  it.each(ERROR_CODES)('%s says what happened and what to do, to programs and to people', async (code) => {
    const { body } = await get(`/problems/${code}`)
    expect(body.code).toBe(code)
    for (const part of ['title', 'meaning', 'remedy']) expect(body[part].length, part).toBeGreaterThan(5)
    const { text, headers } = await get(`/problems/${code}`, page)
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'")
    expect(text).toContain(`<code>${code}</code>, status ${body.status}`)
  })
})

describe('the service', () => {
  it('publishes the public half of its keys alone, to be kept for a while', async () => {
    const { body, headers } = await get('/.well-known/jwks.json')
    expect(headers.get('Cache-Control')).toMatch(/^public, max-age=\d+$/)
    expect(body.keys).toHaveLength(host.signingKeys.keys.length)
    for (const [index, key] of body.keys.entries()) {
      const { x, y, d } = host.signingKeys.keys[index]!
      expect(key).toEqual({ kty: 'EC', crv: 'P-256', x, y, kid: expect.any(String), use: 'sig', alg: 'ES256' })
      expect(d).toEqual(expect.any(String))
    }
  })

  it('says which commit runs', async () => {
    expect((await get('/version')).body).toEqual({ version: 'test' })
  })

  it('is not ready before anything is published, and ready then', async () => {
    expect(problemOf(readyAtFirst)).toEqual([503, 'unavailable'])
    expect(readyAtFirst.headers.get('Retry-After')).toMatch(/^\d+$/)
    expect((await get('/readyz')).body).toEqual({ status: 'ok' })
  })

  it('is healthy and not ready while the database fails, and tells nothing of the failure', async () => {
    host.faults.before(1)
    const answer = await get('/readyz')
    expect(problemOf(answer)).toEqual([503, 'unavailable'])
    expect(answer.text + JSON.stringify(host.log)).not.toContain(DRIVER_MESSAGE)
    host.faults.before(1)
    expect((await get('/healthz')).body).toEqual({ status: 'ok' })
    host.faults.clear()
    expect((await get('/readyz')).status).toBe(200)
  })
})
