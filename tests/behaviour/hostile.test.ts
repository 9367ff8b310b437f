import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import type { CallOptions } from '../support/client.ts'
import { describedOperations } from '../support/description.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import {
  BOUNDLESS_NUMBERS,
  bytes,
  deep,
  ENCODINGS,
  MARK,
  NO_OBJECTS,
  NO_REQUEST_KEYS,
  NO_TEXTS,
  NOT_JSON,
  OTHER_MEDIA_TYPES,
  UNKNOWN_NAMES,
  utf8,
  withMember,
} from '../support/hostile-bodies.ts'
import { problemOf } from '../support/problem-of.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { countRows } from '../support/tables.ts'
import { onlyWebhook, ping, RECEIVER } from '../support/webhooks.ts'

let host: TestHost
let quiz: string
let run: Run
let before: Record<string, number>
let webhook: string
let delivery: string

beforeAll(async () => {
  host = await createHost()
  quiz = await publish(host)
  run = await start(host, quiz)
  webhook = (await onlyWebhook(host)).id
  delivery = await ping(host, webhook)
  before = await countRows(host.deps.db)
})

/** Every call with a body: a body that it takes, and whether it can do without. Sent bodies must all be refused. */
interface Target {
  readonly method: 'POST' | 'PUT' | 'PATCH'
  readonly path: () => string
  readonly token: () => string | null
  readonly valid: Record<string, unknown>
  readonly optional: boolean
  readonly maxBytes: number
}

const answers = [{ question: 'single', response: { choice: 'a' } }]
const call = (method: Target['method'], path: () => string, token: () => string | null) => ({ method, path, token })
const publishing = call(
  'PUT',
  () => '/v1/quizzes/hostile',
  () => ROOT_KEY,
)
const starting = call(
  'POST',
  () => `/v1/quizzes/${quiz}/attempts`,
  () => ROOT_KEY,
)
const submitting = call(
  'POST',
  () => `/v1/quizzes/${quiz}/submissions`,
  () => null,
)
const responding = call(
  'POST',
  () => `/v1/attempts/${run.id}/responses`,
  () => run.token,
)
const finishing = call(
  'POST',
  () => `/v1/attempts/${run.id}/finish`,
  () => run.token,
)
const keyMaking = call(
  'POST',
  () => '/v1/keys',
  () => ROOT_KEY,
)
const accommodating = call(
  'PUT',
  () => '/v1/learners/ada/accommodations',
  () => ROOT_KEY,
)
const staffCall = (path: () => string) => call('POST', path, () => ROOT_KEY)
const extending = staffCall(() => `/v1/attempts/${run.id}/extensions`)
const extendingAll = staffCall(() => `/v1/quizzes/${quiz}/extensions`)
const grading = staffCall(() => `/v1/attempts/${run.id}/grades`)
const overriding = staffCall(() => `/v1/attempts/${run.id}/overrides`)
const regrading = staffCall(() => `/v1/quizzes/${quiz}/regrades`)
const hooking = staffCall(() => '/v1/webhooks')
const rehooking = call(
  'PATCH',
  () => `/v1/webhooks/${webhook}`,
  () => ROOT_KEY,
)
const rotating = staffCall(() => `/v1/webhooks/${webhook}/rotations`)
const pinging = staffCall(() => `/v1/webhooks/${webhook}/test`)
const redelivering = staffCall(() => `/v1/webhooks/${webhook}/deliveries/${delivery}/redeliver`)
const replaying = staffCall(() => `/v1/webhooks/${webhook}/replay`)
const hook = { url: RECEIVER, events: ['ping'], headers: { 'X-Tenant': 'one' } }
const longer = { extraSeconds: 60, reason: 'A power cut.' }
const given = { question: 'single', score: 1, comment: 'Good.' }
const overridden = { question: 'single', score: 1, reason: 'The question was unclear.' }
const regrade = { revision: 'rev_none', rule: 'new-key', map: {}, dryRun: true, reason: 'The key was wrong.' }
const rules = [{ quiz: null, factor: 1.5, reason: 'Agreed.' }]
const started = { learner: { id: 'ada' }, metadata: {} }

const targets: Record<string, Target> = {
  publishQuiz: { ...publishing, valid: quizDocument(), optional: false, maxBytes: 1_000_000 },
  startAttempt: { ...starting, valid: started, optional: true, maxBytes: 64_000 },
  submitQuiz: { ...submitting, valid: { responses: answers }, optional: false, maxBytes: 64_000 },
  submitResponses: { ...responding, valid: { responses: answers }, optional: false, maxBytes: 64_000 },
  createKey: { ...keyMaking, valid: { name: 'A key', scopes: ['keys:write'] }, optional: false, maxBytes: 64_000 },
  setAccommodations: { ...accommodating, valid: { rules }, optional: false, maxBytes: 1_000_000 },
  extendAttempt: { ...extending, valid: longer, optional: false, maxBytes: 64_000 },
  extendAttempts: { ...extendingAll, valid: longer, optional: false, maxBytes: 64_000 },
  gradeResponse: { ...grading, valid: given, optional: false, maxBytes: 64_000 },
  overrideScore: { ...overriding, valid: overridden, optional: false, maxBytes: 64_000 },
  regradeQuiz: { ...regrading, valid: regrade, optional: false, maxBytes: 256_000 },
  createWebhook: { ...hooking, valid: hook, optional: false, maxBytes: 64_000 },
  updateWebhook: { ...rehooking, valid: hook, optional: false, maxBytes: 64_000 },
  rotateWebhookSecret: { ...rotating, valid: {}, optional: true, maxBytes: 64_000 },
  testWebhook: { ...pinging, valid: {}, optional: true, maxBytes: 64_000 },
  redeliver: { ...redelivering, valid: {}, optional: true, maxBytes: 64_000 },
  replayDeliveries: { ...replaying, valid: { since: '2026-01-05T09:00:00Z' }, optional: false, maxBytes: 64_000 },
  finishAttempt: { ...finishing, valid: {}, optional: true, maxBytes: 64_000 },
}

const JSON_TYPE = { 'Content-Type': 'application/json' }

async function refused(target: Target, options: CallOptions, where = ''): Promise<(number | string)[]> {
  const answer = await host.client.call(target.method, target.path(), { token: target.token(), ...options })
  expect(answer.status, where).toBeGreaterThanOrEqual(400)
  expect(answer.status, where).toBeLessThan(500)
  expect(answer.text + JSON.stringify(host.log), where).not.toContain(MARK)
  expect(await countRows(host.deps.db), where).toEqual(before)
  return problemOf(answer)
}

const raw = (rawBody: string | Uint8Array<ArrayBuffer> | ReadableStream): CallOptions => ({
  rawBody,
  headers: JSON_TYPE,
})
const inside = (target: Target, member: string) => withMember(target.valid, member)

it('every call with a body is in the table', () => {
  const withBody = describedOperations.filter(({ operation }) => 'requestBody' in operation)
  expect(Object.keys(targets).toSorted()).toEqual(withBody.map(({ operation }) => operation.operationId).toSorted())
})

describe.each(Object.entries(targets))('%s refuses', (_id, target) => {
  it('what is not JSON in UTF-8', async () => {
    for (const [name, body] of NOT_JSON) {
      expect(await refused(target, raw(body), name), name).toEqual([400, 'invalid-json', ' invalid-json'])
    }
  })

  it('what breaks off before its end', async () => {
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(utf8('{"a":'))
        controller.error(new Error(MARK))
      },
    })
    expect(await refused(target, raw(broken))).toEqual([400, 'invalid-json', ' invalid-json'])
  })

  it('other values than an object', async () => {
    for (const body of NO_OBJECTS) {
      expect(await refused(target, raw(body), body), body).toEqual([422, 'invalid-input', ' invalid-shape'])
    }
  })

  it('an unknown field, whatever it is called', async () => {
    for (const name of UNKNOWN_NAMES) {
      const body = inside(target, `${JSON.stringify(name)}:{"x":"${MARK}"}`)
      expect(await refused(target, raw(body), name), name).toEqual([422, 'invalid-input', `/${name} unknown-field`])
    }
  })

  it('a member that is named twice', async () => {
    const body = inside(target, `"x":"${MARK}","\\u0078":1`)
    expect(await refused(target, raw(body))).toEqual([422, 'invalid-input', '/x duplicate'])
  })

  it('text that is none', async () => {
    for (const text of NO_TEXTS) {
      const value = inside(target, `"x":["ok","${text}"]`)
      expect(await refused(target, raw(value), text), text).toEqual([422, 'invalid-input', '/x/1 invalid-text'])
      expect(await refused(target, raw(inside(target, `"${text}":1`)), text)).toEqual([
        422,
        'invalid-input',
        '/ invalid-text',
      ])
    }
  })

  it('numbers without bounds', async () => {
    for (const number of BOUNDLESS_NUMBERS) {
      expect(await refused(target, raw(inside(target, `"x":${number}`)))).toEqual([
        422,
        'invalid-input',
        '/x invalid-shape',
      ])
    }
  })

  it('nesting without end', async () => {
    for (const depth of [32, 1000, 30_000]) {
      const body = inside(target, `"x":${deep(depth)}`)
      const [status, code, at] = await refused(target, raw(body))
      expect([status, code], String(depth)).toEqual([422, 'invalid-input'])
      expect(at).toBe(`/x${'/0'.repeat(31)} too-deep`)
    }
    const tooMuch = await refused(target, raw(deep(1e5)))
    expect(tooMuch[0]).toBe(target.maxBytes < 2e5 ? 413 : 422)
  })

  it('bodies beyond the limit, whatever length they claim', async () => {
    const long = `{"x":"${'x'.repeat(target.maxBytes)}"}`
    for (const length of [undefined, '2', '0', '-1', 'nonsense', '999999999999']) {
      const headers = { ...JSON_TYPE, ...(length && { 'Content-Length': length }) }
      expect(await refused(target, { rawBody: long, headers }), length).toEqual([413, 'body-too-large'])
    }
  })

  it('a stream that never ends, without waiting for its end', async () => {
    let pulled = 0
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(10_000).fill(0x20))
      },
    })
    expect(await refused(target, raw(endless))).toEqual([413, 'body-too-large'])
    expect(pulled).toBeLessThan(target.maxBytes / 10_000 + 10)
  })

  it('text of a body’s whole length, in whatever way it is escaped', async () => {
    const room = target.maxBytes - 5000
    for (const unit of ['x', '\\n', '\\u0041', '\\"', 'ü']) {
      const text = unit.repeat(Math.floor((room - JSON.stringify(target.valid).length) / utf8(unit).length))
      expect(await refused(target, raw(inside(target, `"x":"${text}"`)), unit)).toEqual([
        422,
        'invalid-input',
        '/x unknown-field',
      ])
    }
  })

  it('other media types than JSON, and encodings', async () => {
    const rawBody = utf8(JSON.stringify(target.valid).padEnd(3))
    for (const type of [...OTHER_MEDIA_TYPES, null]) {
      const headers: Record<string, string> = type === null ? {} : { 'Content-Type': type }
      expect(await refused(target, { rawBody, headers }, String(type)), String(type)).toEqual([
        415,
        'unsupported-media-type',
      ])
    }
    for (const encoding of ENCODINGS) {
      const headers = { ...JSON_TYPE, 'Content-Encoding': encoding }
      expect(await refused(target, { rawBody, headers }, encoding), encoding).toEqual([415, 'unsupported-media-type'])
    }
  })

  it('an empty body where one is required', async () => {
    if (target.optional) return
    for (const headers of [{}, JSON_TYPE]) {
      expect(await refused(target, { headers })).toEqual([415, 'unsupported-media-type'])
      expect(await refused(target, { headers, rawBody: bytes() })).toEqual([415, 'unsupported-media-type'])
    }
  })

  it('a key for retries that is none', async () => {
    for (const key of NO_REQUEST_KEYS) {
      const headers = { ...JSON_TYPE, 'Idempotency-Key': key }
      const answer = await refused(target, { body: target.valid, headers }, key)
      expect(answer, key).toEqual([422, 'invalid-input', ' idempotency-key'])
    }
  })
})

describe('a call without a body', () => {
  it('is not disturbed by one', async () => {
    const answer = await host.client.call('DELETE', '/v1/quizzes/never-published', { token: ROOT_KEY, rawBody: MARK })
    expect(problemOf(answer)).toEqual([404, 'not-found'])
  })

  it('that reads looks at no key for retries', async () => {
    const headers = { 'Idempotency-Key': 'x y' }
    expect((await host.client.call('GET', `/v1/quizzes/${quiz}`, { headers })).status).toBe(200)
  })
})

describe('a JSON body', () => {
  it('may begin with a byte order mark, and name its character set', async () => {
    const rawBody = bytes(0xef, 0xbb, 0xbf, ...utf8(JSON.stringify(quizDocument())))
    for (const type of ['application/json', 'APPLICATION/JSON; charset=UTF-8', 'application/json ;x']) {
      const options = { token: ROOT_KEY, rawBody, headers: { 'Content-Type': type } }
      expect((await host.client.call('PUT', `/v1/quizzes/${quiz}`, options)).status, type).toBe(200)
    }
  })
})
