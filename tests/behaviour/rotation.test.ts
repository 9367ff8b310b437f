import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { generateKeys, retireKey } from '../../src/tokens/generate-keys.ts'
import type { SigningJwks } from '../../src/tokens/key-set.ts'
import { publish, type Run, start } from '../support/actions.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { decodeJwt } from '../support/jwt.ts'
import { quizDocument } from '../support/quiz-document.ts'

const deferred = quizDocument({ policy: { feedback: 'deferred' } })

const kidOf = (token: string) => decodeJwt(token).header['kid']
const firstKid = ({ keys }: SigningJwks) => keys[0]!.kid

const resumeAt = (host: TestHost, run: Run, token = run.token) =>
  host.client.call('GET', `/v1/attempts/${run.id}`, { token })

async function verifiesAt(host: TestHost, token: string): Promise<boolean> {
  const jwks = (await host.client.call('GET', '/.well-known/jwks.json')).body as JSONWebKeySet
  return jwtVerify(token, createLocalJWKSet(jwks)).then(
    () => true,
    () => false,
  )
}

/** The same service before a rotation, in the middle of it, and after it. */
async function threeAges() {
  const old = await generateKeys()
  const both = await generateKeys(old)
  const retired = retireKey(both, firstKid(old))
  const [before, during, after] = [
    await createHost({ signingKeys: old }),
    await createHost({ signingKeys: both }),
    await createHost({ signingKeys: retired }),
  ]
  return { before, during, after, oldKid: firstKid(old), newKid: firstKid(both) }
}

describe('while keys are rotated', () => {
  it('running attempts go on: the old key verifies, and the new one signs', async () => {
    const { before, during, oldKid, newKid } = await threeAges()
    const run = await start(before, await publish(before, deferred))
    expect(kidOf(run.token)).toBe(oldKid)
    const resumed = await resumeAt(during, run)
    expect(resumed.status).toBe(200)
    expect(kidOf(resumed.body.token)).toBe(newKid)
    expect((await resumeAt(during, run, resumed.body.token)).status).toBe(200)
  })

  it('an isolate that does not know the new key yet refuses what it signs', async () => {
    const { before, during } = await threeAges()
    const run = await start(during, await publish(during, deferred))
    expect(await resumeAt(before, run)).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
  })
})

describe('a retired key', () => {
  it('opens no attempt any more', async () => {
    const { before, during, after } = await threeAges()
    const run = await start(before, await publish(before, deferred))
    const renewed = (await resumeAt(during, run)).body.token
    const path = `/v1/attempts/${run.id}`
    const save = { responses: [{ question: 'single', response: { choice: 'a' } }] }
    for (const answer of [
      await resumeAt(after, run),
      await after.client.call('POST', `${path}/responses`, { token: run.token, body: save }),
      await after.client.call('POST', `${path}/finish`, { token: run.token }),
    ]) {
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
      expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer')
    }
    expect((await resumeAt(after, run, renewed)).body.attempt).toMatchObject({ status: 'active', answeredCount: 0 })
  })

  it('still verifies the receipts that it signed, and no private part of it is left', async () => {
    const { before, after, oldKid, newKid } = await threeAges()
    const run = await start(before, await publish(before, deferred))
    const { receipt } = (await run.finish()).body
    expect(kidOf(receipt)).toBe(oldKid)
    expect(await verifiesAt(after, receipt)).toBe(true)
    const { keys } = (await after.client.call('GET', '/.well-known/jwks.json')).body
    expect(keys.map(({ kid }: { kid: string }) => kid)).toEqual([newKid, oldKid])
    for (const key of keys) expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  })
})

describe('a key that is taken out', () => {
  it('verifies nothing any more', async () => {
    const { before } = await threeAges()
    const fresh = await createHost({ signingKeys: await generateKeys() })
    const run = await start(before, await publish(before, deferred))
    const { receipt } = (await run.finish()).body
    expect(await verifiesAt(fresh, receipt)).toBe(false)
    expect(await verifiesAt(before, receipt)).toBe(true)
    expect((await resumeAt(fresh, run)).status).toBe(401)
  })
})

describe('a host', () => {
  it('does not start with a private part that is not that of its public one: what it signed, nobody could verify', async () => {
    const [one, other] = [await generateKeys(), await generateKeys()]
    const mixed = { keys: [{ ...one.keys[0]!, d: other.keys[0]!.d }] }
    await expect(createHost({ signingKeys: mixed })).rejects.toThrow('SIGNING_KEYS')
  })
})
