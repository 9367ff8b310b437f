import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { publish, start, startFor } from '../support/actions.ts'
import { createHost, PUBLIC_URL, ROOT_KEY, START, type TestHost } from '../support/host.ts'
import { decodeJwt, turnBit } from '../support/jwt.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

/** Verifies as anyone can who knows where the quiz lives, with jose and what is served there alone. */
async function verified(receipt: string) {
  const jwks = (await host.client.call('GET', '/.well-known/jwks.json')).body as JSONWebKeySet
  return jwtVerify(receipt, createLocalJWKSet(jwks), {
    algorithms: ['ES256'],
    typ: 'receipt+jwt',
    issuer: PUBLIC_URL,
    audience: PUBLIC_URL,
    requiredClaims: ['sub', 'attempt', 'quiz', 'revision', 'score', 'maxScore', 'passed', 'seq', 'final'],
  })
}

describe('a receipt', () => {
  it('states the outcome of a finished attempt, does not expire, and is verified through the JWKS', async () => {
    const clock = { now: START }
    const later = await createHost({ clock, signingKeys: host.signingKeys })
    const quiz = await publish(later)
    const run = await start(later, quiz)
    const releases = ['single', 'multiple']
    clock.now += 1500
    await run.respond('single', { choice: 'b' }, { releases })
    await run.respond('multiple', { choices: ['p'] }, { releases })
    clock.now += 58_500
    const { receipt } = (await run.finish({ releases })).body
    const { payload, protectedHeader } = await verified(receipt)
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'receipt+jwt', kid: host.signingKeys.keys[0]!.kid })
    expect(payload).toEqual({
      iss: PUBLIC_URL,
      aud: PUBLIC_URL,
      sub: run.id,
      iat: START / 1000 + 60,
      attempt: run.id,
      learner: null,
      quiz,
      revision: run.started.body.attempt.revision,
      score: 2,
      maxScore: 5,
      passed: false,
      startedAt: '2026-01-05T09:00:00.000Z',
      finishedAt: '2026-01-05T09:01:00.000Z',
      seq: 3,
      final: true,
    })
  })

  it('names the learner whom staff have named, and says nothing of the metadata', async () => {
    const quiz = await publish(host, quizDocument({ access: 'restricted', policy: { feedback: 'never' } }))
    const named = { id: 'l-1', name: 'Ada' }
    const run = await startFor(host, quiz, 'l-1', { body: { learner: named, metadata: { course: 'c-1' } } })
    const { payload } = await verified((await run.finish()).body.receipt)
    expect(payload['learner']).toEqual(named)
    expect(JSON.stringify(payload)).not.toContain('c-1')
    const { receipt } = (
      await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
        token: ROOT_KEY,
        body: { responses: [], learner: { id: 'l-2' } },
      })
    ).body
    expect((await verified(receipt)).payload['learner']).toEqual({ id: 'l-2' })
  })

  it('is the same whenever it is asked for, but for the time at which it was signed', async () => {
    const clock = { now: START }
    const later = await createHost({ clock, signingKeys: host.signingKeys })
    const run = await start(later, await publish(later))
    await run.respond('truth', { choice: 'true' }, { releases: ['truth'] })
    const receipts: string[] = []
    const releases = ['truth']
    receipts.push((await run.finish({ releases })).body.receipt)
    clock.now += 86_400_000
    receipts.push((await run.finish({ releases })).body.receipt)
    receipts.push((await run.resume({ releases })).body.receipt)
    const staff = { token: ROOT_KEY, releases: 'everything' } as const
    receipts.push((await later.client.call('GET', `/v1/attempts/${run.id}`, staff)).body.receipt)
    const [first, ...others] = receipts.map((receipt) => ({ ...decodeJwt(receipt).payload, iat: null }))
    for (const other of others) expect(other).toEqual(first)
    expect(first).toMatchObject({ score: 1, seq: 2 })
  })

  it('of a submission in one call is as that of an attempt', async () => {
    const quiz = await publish(host)
    const path = `/v1/quizzes/${quiz}/submissions`
    const responses = [
      { question: 'single', response: { choice: 'b' } },
      { question: 'multiple', response: { choices: ['p', 'q', 'r'] } },
    ]
    const releases = ['single', 'multiple']
    const submitted = await host.client.call('POST', path, { body: { responses }, releases })
    const { payload } = await verified(submitted.body.receipt)
    const { id, revision } = submitted.body.attempt
    expect(payload).toMatchObject({ sub: id, attempt: id, revision, quiz, score: 4, passed: true, seq: 2, final: true })
    expect(payload.exp).toBeUndefined()
  })

  it('of an attempt whose time ran out says when that was', async () => {
    const clock = { now: START }
    const later = await createHost({ clock, signingKeys: host.signingKeys })
    const run = await start(later, await publish(later, quizDocument({ policy: { timeLimitSeconds: 90 } })))
    clock.now += 3_600_000
    const { payload } = await verified((await run.resume()).body.receipt)
    expect(payload).toMatchObject({ finishedAt: '2026-01-05T09:01:30.000Z', iat: START / 1000 + 3600, score: 0 })
  })

  it('is not given before the end', async () => {
    const run = await start(host, await publish(host))
    expect((await run.resume()).body.receipt).toBeNull()
    expect(run.started.body).not.toHaveProperty('receipt')
    const staff = { token: ROOT_KEY, releases: 'everything' } as const
    expect((await host.client.call('GET', `/v1/attempts/${run.id}`, staff)).body.receipt).toBeNull()
  })

  it('is not given to a learner who may not see the total, and is given to staff', async () => {
    const policy: Json = { review: { during: [], finished: ['verdict'] } }
    const run = await start(host, await publish(host, quizDocument({ policy })))
    await run.respond('single', { choice: 'b' })
    expect((await run.finish()).body.receipt).toBeNull()
    expect((await run.resume()).body.receipt).toBeNull()
    const staff = { token: ROOT_KEY, releases: 'everything' } as const
    const { receipt } = (await host.client.call('GET', `/v1/attempts/${run.id}`, staff)).body
    expect((await verified(receipt)).payload).toMatchObject({ score: 1, maxScore: 5 })
  })

  it('with a bit turned, or of another issuer, is not verified', async () => {
    const run = await start(host, await publish(host))
    const { receipt } = (await run.finish()).body
    await expect(verified(receipt)).resolves.toBeTruthy()
    for (const part of [0, 1, 2] as const)
      await expect(verified(turnBit(receipt, part, 77))).rejects.toBeInstanceOf(Error)
    await expect(verified(run.token)).rejects.toThrow('typ')
    const other = await createHost({ signingKeys: host.signingKeys, publicUrl: 'https://other.example' })
    const theirs = await start(other, await publish(other))
    await expect(verified((await theirs.finish()).body.receipt)).rejects.toThrow('iss')
  })
})

describe('the JWKS', () => {
  it('serves exactly the public part of every key', async () => {
    const { body, text } = await host.client.call('GET', '/.well-known/jwks.json')
    const { x, y, d, kid } = host.signingKeys.keys[0]!
    expect(body).toEqual({ keys: [{ kty: 'EC', crv: 'P-256', x, y, kid, use: 'sig', alg: 'ES256' }] })
    expect(text).not.toContain(d)
  })
})
