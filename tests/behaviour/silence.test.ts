import { beforeAll, describe, expect, it } from 'vitest'
import { settleDueAttempts } from '../../src/services/settle-due-attempts.ts'
import { publish } from '../support/actions.ts'
import type { CallOptions } from '../support/client.ts'
import { DRIVER_MESSAGE } from '../support/faults.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { decodeJwt } from '../support/jwt.ts'
import { type Json, quizDocument, singleChoice } from '../support/quiz-document.ts'

/** Everything below that is nobody else's business has this in it. */
const MARK = 'marked'

const LEARNER = { id: `${MARK}-learner@example.org`, name: `${MARK} Name` }
const ANSWER = `${MARK}-option`
const REQUEST_KEY = `${MARK}-idempotency-key-0123456789`

interface Seen {
  readonly host: TestHost
  readonly tokens: string[]
  /** Of every answer that is a problem. */
  readonly problems: Json[]
}

const options = ['right', 'wrong', 'other'].map((end) => ({ id: `${ANSWER}-${end}`, text: `Text ${end}` }))
const question = singleChoice('single', { options, key: `${ANSWER}-right` })
const save = (end: string) => ({ responses: [{ question: 'single', response: { choice: `${ANSWER}-${end}` } }] })

/** A day of a service: what goes well, what is refused, what is malformed, and what fails, all with marked values. */
async function liveThrough(): Promise<Seen> {
  const host = await createHost()
  const tokens: string[] = []
  const problems: Json[] = []
  const call = async (method: string, path: string, sent: CallOptions = {}) => {
    const answer = await host.client.call(method, path, { releases: 'everything', ...sent })
    if (answer.status >= 400 && answer.body) problems.push(answer.body)
    for (const token of [answer.body?.token, answer.body?.receipt]) if (token) tokens.push(token)
    return answer
  }
  const policy = { tries: 2, timeLimitSeconds: 600 }
  const quiz = await publish(host, quizDocument({ access: 'restricted', questions: [question], policy }))
  const open = await publish(host, quizDocument({ questions: [question] }))
  const headers = { 'Idempotency-Key': REQUEST_KEY, 'User-Agent': `${MARK}-agent`, 'X-Request-Id': `${MARK}-id` }
  const named = { token: ROOT_KEY, body: { learner: LEARNER, metadata: { course: `${MARK}-metadata` } }, headers }
  const { attempt, token } = (await call('POST', `/v1/quizzes/${quiz}/attempts`, named)).body
  const path = `/v1/attempts/${attempt.id}`

  await call('POST', `/v1/quizzes/${open}/attempts`, { body: named.body })
  await call('POST', `/v1/quizzes/${open}/attempts`, { body: { learner: LEARNER, unknown: MARK } })
  await call('POST', `/v1/quizzes/${quiz}/attempts`, {
    ...named,
    body: { learner: { ...LEARNER, name: `${MARK}-other` } },
  })
  await call('POST', `/v1/quizzes/${quiz}/attempts`, { token: ROOT_KEY, body: { learner: `${MARK}-learner` } })
  await call('POST', `/v1/quizzes/${quiz}/submissions`, {
    token: ROOT_KEY,
    body: { ...save('right'), learner: LEARNER },
  })
  await call('POST', `/v1/quizzes/${open}/submissions`, { body: save('right'), headers })
  await call('POST', `/v1/quizzes/${open}/submissions`, { body: save('wrong'), headers })
  await call('GET', path, { token: `${MARK}-token` })
  await call('GET', path, { headers: { Authorization: `Basic ${MARK}-password` } })
  await call('GET', `/v1/quizzes/${open}`, { token: `${MARK}-api-key` })
  await call('GET', `/v1/quizzes?cursor=${MARK}&limit=1`)
  await call('GET', `/v1/quizzes?cursor=${MARK}&limit=${MARK}`)
  await call('GET', `/v1/nowhere?token=${token}`)
  await call('POST', `${path}/responses`, { token, body: save('wrong'), headers })
  await call('POST', `${path}/responses`, { token, body: save('other'), headers })
  await call('POST', `${path}/responses`, { token, body: save('nowhere') })
  await call('POST', `${path}/responses`, {
    token,
    body: { responses: [{ question: 'single', response: `${MARK}-shape` }] },
  })
  await call('POST', `${path}/responses`, {
    token,
    rawBody: `{"${MARK}`,
    headers: { 'Content-Type': 'application/json' },
  })
  await call('POST', `${path}/responses`, { token, rawBody: MARK })
  await call('POST', `${path}/responses`, { token, body: save('right'), headers: { 'Idempotency-Key': MARK } })
  await call('POST', `${path}/responses`, { token: ROOT_KEY, body: save('right') })
  await call('PUT', `/v1/quizzes/${quiz}`, { token: ROOT_KEY, body: { title: `${MARK}-title` } })
  await call('PUT', `/v1/quizzes/${quiz}`, { token: `${ROOT_KEY}${MARK}`, body: {} })
  const wrongKey = quizDocument({ questions: [{ ...question, key: { choice: `${MARK}-unknown` } }] })
  await call('PUT', `/v1/quizzes/${quiz}`, { token: ROOT_KEY, body: wrongKey })
  await call('PUT', `/v1/quizzes/${quiz}`, { token: ROOT_KEY, body: {}, headers: { 'If-None-Match': `"${MARK}"` } })
  for (const fault of ['before', 'after'] as const) {
    host.faults[fault](1)
    await call('POST', `${path}/responses`, {
      token,
      body: save('right'),
      headers: { 'Idempotency-Key': `${REQUEST_KEY}-2` },
    })
    host.faults[fault](1)
    await call('POST', `/v1/quizzes/${quiz}/attempts`, named)
  }
  host.clock.now += 3_600_000
  host.faults.before(2)
  await settleDueAttempts(host.deps)
  await call('POST', `${path}/responses`, { token, body: save('other') })
  await call('POST', `${path}/finish`, { token })
  host.clock.now += 31 * 86_400_000
  await call('GET', path, { token })
  return { host, tokens, problems }
}

let seen: Seen

beforeAll(async () => {
  seen = await liveThrough()
})

/** What nobody may find: marked values, keys, and any part of a token. */
function secrets(): string[] {
  const { host, tokens } = seen
  const { x, y, d } = host.signingKeys.keys[0]!
  const parts = tokens.flatMap((token) => [
    ...token.split('.'),
    JSON.stringify(decodeJwt(token).payload['jti'] ?? token),
  ])
  return [MARK, ROOT_KEY, x, y, d!, ...parts, 'canary', ...DRIVER_MESSAGE.match(/secret[-_]\w+/g)!]
}

describe('the log', () => {
  it('has a line for every problem and failure, and none of them holds what is secret or personal', () => {
    const { host, problems } = seen
    const lines = host.log.map((entry) => JSON.stringify(entry))
    expect(host.log.filter(({ event, code }) => event === 'request' && code !== undefined)).toHaveLength(
      problems.length,
    )
    expect(host.log.some(({ event }) => event === 'settle-failed')).toBe(true)
    for (const secret of secrets())
      expect(lines.filter((line) => line.toLowerCase().includes(secret.toLowerCase()))).toEqual([])
  })

  it('names routes by their template, and has no other fields than these', () => {
    const known: Record<string, string[]> = {
      request: 'level requestId traceId method route status durationMs actor code error driverCode where'.split(' '),
      'settle-failed': ['attempt', 'level', 'traceId'],
    }
    for (const { event, ...fields } of seen.host.log) {
      expect(known[event]).toEqual(expect.arrayContaining(Object.keys(fields)))
      expect(String(fields['route'])).not.toMatch(/att_|quiz-\d|\?/)
    }
  })
})

describe('the body of an error', () => {
  it('repeats nothing that was sent, and holds no secret: `results` alone show what counted', () => {
    const { problems } = seen
    const statuses = [400, 401, 403, 404, 409, 415, 422, 503]
    expect(new Set(problems.map(({ status }) => status))).toEqual(new Set(statuses))
    for (const { results, ...problem } of problems) {
      const text = JSON.stringify(problem)
      for (const secret of secrets()) expect(text).not.toContain(secret)
      expect(results === undefined || problem['status'] === 409).toBe(true)
    }
  })
})
