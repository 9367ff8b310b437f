import { beforeEach, describe, expect, it } from 'vitest'
import type { LimitName, RateLimits } from '../../src/deps.ts'
import { createMemoryLimits } from '../../src/hosts/memory-limits.ts'
import { publish, start, startFor } from '../support/actions.ts'
import { issueKey, revokeKey } from '../support/api-keys.ts'
import type { Answer, CallOptions } from '../support/client.ts'
import { createHost, ROOT_KEY, START, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'

const NONE: RateLimits = { attempt: null, learner: null, address: null, start: null, key: null, credential: null }
const LIMITED = [429, 'rate-limited']

const fails = () => Promise.reject(new Error('203.0.113.9'))

const clock = { now: START }
const connection: { address: string | null } = { address: null }

function limitedHost(rates: Partial<RateLimits>): Promise<TestHost> {
  return createHost({ clock, connection, limits: createMemoryLimits({ ...NONE, ...rates }, () => clock.now) })
}

/** Where nothing else comes from. */
let places = 0
function elsewhere(): void {
  places += 1
  connection.address = `203.0.113.${places}`
}

beforeEach(elsewhere)

const get = (host: TestHost, path: string, options?: CallOptions) => host.client.call('GET', path, options)
const limitsOf = ({ headers }: Answer) => [headers.get('RateLimit-Policy'), headers.get('RateLimit')]

/** Sends a request as often as it is let in, and one more; gives how often that was, and the refusal. */
async function useUp(send: () => Promise<Answer>): Promise<{ admitted: number; refused: Answer }> {
  for (let admitted = 0; admitted < 50; admitted++) {
    const answer = await send()
    if (answer.status === 429) return { admitted, refused: answer }
  }
  throw new Error('There is no limit.')
}

describe('requests for an attempt', () => {
  it('are let in up to the limit, and again when its window is over', async () => {
    const host = await limitedHost({ attempt: 3 })
    const quiz = await publish(host)
    const run = await start(host, quiz)
    const other = await start(host, quiz)

    const first = await run.resume()
    expect(limitsOf(first)).toEqual(['"attempt";q=3;w=60', '"attempt";r=2;t=60'])
    clock.now += 10_500
    expect(limitsOf(await run.resume())[1]).toBe('"attempt";r=1;t=50')
    expect((await run.respond('single', { choice: 'b' }, { releases: ['single'] })).status).toBe(200)

    const refused = await run.resume()
    expect(problemOf(refused)).toEqual(LIMITED)
    expect(limitsOf(refused)).toEqual(['"attempt";q=3;w=60', '"attempt";r=0;t=50'])
    expect(refused.headers.get('Retry-After')).toBe('50')
    expect((await other.resume()).status).toBe(200)

    clock.now += 49_499
    expect((await run.resume()).headers.get('Retry-After')).toBe('1')
    clock.now += 1
    expect((await run.resume({ releases: ['single'] })).status).toBe(200)
  })

  it('are refused before their body is read, and before the database is asked', async () => {
    const host = await limitedHost({ attempt: 1 })
    const run = await start(host, await publish(host))
    await run.resume()
    const { trips } = host.meter
    let pulls = 0
    const body = new ReadableStream(
      { pull: (controller) => (pulls++, controller.error(new Error('read'))) },
      { highWaterMark: 0 },
    )
    const refused = await host.client.call('POST', `/v1/attempts/${run.id}/responses`, {
      token: run.token,
      rawBody: body,
      headers: { 'Content-Type': 'application/json' },
    })
    expect(problemOf(refused)).toEqual(LIMITED)
    expect([pulls, host.meter.trips - trips]).toEqual([0, 0])
  })

  it('are counted by the attempt, whichever of its tokens they bring', async () => {
    const host = await limitedHost({ attempt: 2 })
    const run = await start(host, await publish(host))
    const { token } = (await run.resume()).body
    await run.resume({ token })
    expect(problemOf(await run.resume({ token }))).toEqual(LIMITED)
    expect(problemOf(await run.resume())).toEqual(LIMITED)
  })
})

describe('starts in the name of a learner', () => {
  it('are let in up to the limit, whichever quiz it is and whoever asks', async () => {
    const host = await limitedHost({ learner: 2 })
    const [quiz, another] = [await publish(host), await publish(host)]
    const { secret } = await issueKey(host, 'attempts:write')
    await startFor(host, quiz, 'ada')
    await startFor(host, another, 'ada', { token: secret })
    const { trips } = host.meter
    for (const path of ['attempts', 'submissions']) {
      const body = { learner: { id: 'ada' }, ...(path === 'submissions' && { responses: [] }) }
      const refused = await host.client.call('POST', `/v1/quizzes/${quiz}/${path}`, { token: ROOT_KEY, body })
      expect(problemOf(refused), path).toEqual(LIMITED)
    }
    expect(host.meter.trips - trips).toBe(0)
    expect((await startFor(host, quiz, 'bea')).id).toMatch(/^att_/)
  })
})

describe('requests without credentials', () => {
  it('are let in up to the limit of their address, whatever they read', async () => {
    const host = await limitedHost({ address: 4 })
    const quiz = await publish(host)
    for (const path of ['/v1/quizzes', `/v1/quizzes/${quiz}`, `/v1/quizzes/${quiz}/questions`, '/openapi.json']) {
      expect((await get(host, path)).status, path).toBe(200)
    }
    const { trips } = host.meter
    for (const path of ['/', '/v1/quizzes', '/v1/quizzes/x/questions', '/docs', '/v1/keys']) {
      expect(problemOf(await get(host, path)), path).toEqual(LIMITED)
    }
    expect(host.meter.trips - trips).toBe(0)
    elsewhere()
    expect((await get(host, '/v1/quizzes')).status).toBe(200)
  })

  it('are told so on a page where a person came for one', async () => {
    const host = await limitedHost({ address: 1 })
    const { refused } = await useUp(() => get(host, '/', { headers: { Accept: 'text/html' } }))
    expect(refused.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(refused.headers.get('Retry-After')).toBe('60')
    expect(refused.text).toContain('Too many requests')
  })

  it('start within a limit of their own, and both are told', async () => {
    const host = await limitedHost({ address: 9, start: 2 })
    const quiz = await publish(host)
    const begin = () => host.client.call('POST', `/v1/quizzes/${quiz}/attempts`)
    expect(limitsOf(await begin())).toEqual([
      '"address";q=9;w=60, "start";q=2;w=60',
      '"address";r=8;t=60, "start";r=1;t=60',
    ])
    const { admitted, refused } = await useUp(begin)
    expect(admitted).toBe(1)
    expect(limitsOf(refused)[1]).toBe('"address";r=6;t=60, "start";r=0;t=60')
    const submission = { body: { responses: [] } }
    expect(problemOf(await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, submission))).toEqual(LIMITED)
    expect((await get(host, `/v1/quizzes/${quiz}`)).status).toBe(200)
  })

  it('are one caller within a /64 of IPv6, and not beyond it', async () => {
    const host = await limitedHost({ address: 1 })
    const from = async (address: string) => {
      connection.address = address
      return (await get(host, '/v1/quizzes')).status
    }
    expect(await from('2001:db8:0:1::1')).toBe(200)
    expect(await from('2001:db8:0:1:ffff:ffff:ffff:ffff')).toBe(429)
    expect(await from('2001:db8:0:2::1')).toBe(200)
    expect(await from('198.51.100.7')).toBe(200)
    expect(await from('::ffff:198.51.100.7')).toBe(429)
  })

  it('are not counted where the host does not know where they come from', async () => {
    const host = await limitedHost({ address: 1 })
    connection.address = null
    for (let times = 0; times < 3; times++) expect((await get(host, '/v1/quizzes')).status).toBe(200)
  })

  it('are let in without end where monitors ask, and whoever verifies, and before a call from a page', async () => {
    const host = await limitedHost({ address: 1, credential: 1 })
    await useUp(() => get(host, '/v1/quizzes'))
    for (const path of ['/healthz', '/readyz', '/version', '/.well-known/jwks.json']) {
      for (const token of [null, 'nonsense']) {
        const answer = await get(host, path, { token })
        expect(answer.status, path).not.toBe(429)
        expect(limitsOf(answer), path).toEqual([null, null])
      }
    }
    const preflight = await host.client.call('OPTIONS', '/v1/quizzes', {
      headers: { Origin: 'https://app.example', 'Access-Control-Request-Method': 'GET' },
    })
    expect(preflight.status).toBe(204)
  })
})

describe('requests with an API key', () => {
  it('are let in up to the limit of the key, wherever they come from, and refused before it is looked up', async () => {
    const host = await limitedHost({ key: 20 })
    const { secret } = await issueKey(host, 'quizzes:read')
    const { admitted, refused } = await useUp(() => get(host, '/v1/quizzes', { token: secret }))
    expect(admitted).toBe(20)
    expect(limitsOf(refused)).toEqual(['"key";q=20;w=60', '"key";r=0;t=60'])
    elsewhere()
    const { trips } = host.meter
    expect(problemOf(await get(host, '/v1/quizzes', { token: secret }))).toEqual(LIMITED)
    expect(host.meter.trips - trips).toBe(0)
    expect((await get(host, '/v1/quizzes', { token: ROOT_KEY, releases: 'everything' })).status).toBe(200)
  })

  it('are counted with the root key, too', async () => {
    const host = await limitedHost({ key: 2 })
    expect((await useUp(() => get(host, '/v1/keys', { token: ROOT_KEY }))).admitted).toBe(2)
  })
})

describe('wrong credentials', () => {
  const wrong = [
    { token: 'nonsense' },
    { token: `ak_${'A'.repeat(43)}` },
    { headers: { Authorization: 'Basic cm9vdDpyb290' } },
  ]

  it('are let in up to the limit of their address, and then right keys are refused with them, unlooked at', async () => {
    const host = await limitedHost({ credential: 3 })
    const { secret } = await issueKey(host, 'quizzes:read')
    for (const options of wrong) expect((await get(host, '/v1/quizzes', options)).status).toBe(401)
    const { trips } = host.meter
    for (const options of [...wrong, { token: secret }, { token: ROOT_KEY }]) {
      const refused = await get(host, '/v1/quizzes', options)
      expect(problemOf(refused)).toEqual(LIMITED)
      expect(refused.headers.get('Retry-After')).toBe('60')
    }
    expect(host.meter.trips - trips).toBe(0)
    clock.now += 60_000
    expect((await get(host, '/v1/quizzes', { token: secret, releases: 'everything' })).status).toBe(200)
  })

  it('of one do not keep others at the same address from going on with their attempts, nor anyone elsewhere', async () => {
    const host = await limitedHost({ credential: 1 })
    const run = await start(host, await publish(host))
    await useUp(() => get(host, '/v1/quizzes', { token: 'nonsense' }))
    expect((await run.resume()).status).toBe(200)
    expect(problemOf(await get(host, '/v1/keys', { token: run.token }))).toEqual(LIMITED)
    elsewhere()
    expect((await get(host, '/v1/keys', { token: ROOT_KEY })).status).toBe(200)
  })

  it('are what a key is not called that was not looked at, also where counting would let it in again', async () => {
    const standing = { name: 'credential', quota: 1, windowSeconds: 60, remaining: null, resetSeconds: 9 } as const
    const host = await createHost({
      connection,
      limits: {
        count: async (name) => (name === 'credential' ? { ...standing, isWithin: true } : null),
        refusal: async () => ({ ...standing, isWithin: false }),
      },
    })
    const refused = await get(host, '/v1/keys', { token: ROOT_KEY })
    expect([...problemOf(refused), refused.headers.get('Retry-After')]).toEqual([...LIMITED, '9'])
  })

  it('are those that were right once, too', async () => {
    const host = await limitedHost({ credential: 2 })
    const { id, secret } = await issueKey(host, 'quizzes:read')
    await revokeKey(host, id)
    const run = await start(host, await publish(host))
    clock.now += 31 * 24 * 60 * 60 * 1000
    expect((await run.resume()).body.code).toBe('token-expired')
    expect((await get(host, '/v1/quizzes', { token: secret })).status).toBe(401)
    expect(problemOf(await get(host, '/v1/quizzes', { token: secret }))).toEqual(LIMITED)
  })
})

describe('whoever counts', () => {
  it('is told no address, attempt, learner or secret', async () => {
    const told: [LimitName, string][] = []
    const note = async (name: LimitName, key: string) => {
      told.push([name, key])
      return null
    }
    const host = await createHost({ clock, connection, limits: { count: note, refusal: note } })
    const quiz = await publish(host)
    const { secret } = await issueKey(host, 'attempts:write')
    await startFor(host, quiz, 'ada', { token: secret })
    await (await start(host, quiz)).resume()
    await get(host, '/v1/keys', { token: 'nonsense' })
    const names: LimitName[] = ['address', 'attempt', 'credential', 'key', 'learner', 'start']
    expect([...new Set(told.map(([name]) => name))].toSorted()).toEqual(names)
    for (const [name, key] of told) expect(key, name).toMatch(/^[\w-]{43}$/)
    expect(new Set(told.map(([, key]) => key)).size).toBeGreaterThanOrEqual(names.length - 1)
  })

  it('may fail: then requests are let in, and the log says so once', async () => {
    const host = await createHost({ clock, connection, limits: { count: fails, refusal: fails } })
    const run = await start(host, await publish(host))
    expect((await run.resume()).status).toBe(200)
    expect((await get(host, '/v1/keys', { token: ROOT_KEY })).status).toBe(200)
    expect((await get(host, '/v1/keys', { token: 'nonsense' })).status).toBe(401)
    const lines = host.log.filter(({ event }) => event !== 'request')
    expect(lines).toEqual([{ level: 'error', event: 'limits-failed' }])
  })
})
