import { SignJWT, UnsecuredJWT } from 'jose'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { verifyReceipt } from '../../player/verify/verify-receipt.ts'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import { importKeySet, type KeySet } from '../../src/tokens/key-set.ts'
import { signProgressToken } from '../../src/tokens/progress-token.ts'
import { signReceipt } from '../../src/tokens/receipt.ts'

const ISSUER = 'https://quiz.example'
const server = await importKeySet(await generateKeys())
const stranger = await importKeySet(await generateKeys())

const said = {
  attempt: 'att_1',
  quiz: 'basics',
  revision: 'rev_1',
  learner: { id: 'ada', name: 'Ada' },
  score: 2.5,
  maxScore: 4,
  passed: false,
  startedAt: '2026-01-05T09:00:00.000Z',
  finishedAt: '2026-01-05T09:10:00.000Z',
  seq: 3,
  final: true,
}

const sign = (keys: KeySet = server, publicUrl = ISSUER) => signReceipt(said, { keys, publicUrl, now: 0 })
const receipt = await sign()

const publish = (...sets: KeySet[]) =>
  Promise.resolve({ keys: sets.flatMap(({ jwks }) => jwks.keys.map((key) => ({ ...key }))) })
const verify = (text: string, readKeys = () => publish(server)) => verifyReceipt(text, { issuer: ISSUER, readKeys })

/** The same three parts, with something else said in the second. */
function say(change: object): string {
  const [header, , signature] = receipt.split('.')
  const payload = Buffer.from(JSON.stringify({ ...said, iss: ISSUER, aud: ISSUER, ...change })).toString('base64url')
  return `${header}.${payload}.${signature}`
}

/** Signed by the server, with a header of its own. */
const signWith = (header: { typ?: string; kid?: string }, change: object = {}) =>
  new SignJWT({ ...said, ...change })
    .setProtectedHeader({ alg: 'ES256', typ: 'receipt+jwt', kid: server.signing.kid, ...header })
    .setIssuer(ISSUER)
    .setAudience(ISSUER)
    .sign(server.signing.key)

afterEach(() => vi.unstubAllGlobals())

describe('a receipt of this server', () => {
  it('is genuine, and says what was signed', async () => {
    expect(await verify(receipt)).toEqual({
      receipt: { ...said, sub: 'att_1', iss: ISSUER, aud: ISSUER, iat: 0 },
    })
  })

  it('is genuine as mail, terminals and JSON hand it on', async () => {
    const wrapped = receipt.replace(/.{64}/g, '$&\r\n')
    for (const text of [`  ${receipt}\n`, wrapped, `"${receipt}"`]) expect(await verify(text)).toHaveProperty('receipt')
  })

  it('is genuine by whichever of the published keys', async () => {
    expect(await verify(receipt, () => publish(stranger, server))).toHaveProperty('receipt')
  })
})

describe('what is not a receipt of this server', () => {
  it('is told as that: nothing, a part, or something else', async () => {
    for (const text of ['', ' \n']) expect(await verify(text)).toEqual({ fault: 'empty' })
    const [header, payload, signature] = receipt.split('.')
    const parts = [
      `${header}`,
      `${header}.${payload}`,
      `.${payload}.${signature}`,
      receipt.slice(1),
      receipt.slice(0, -1),
    ]
    for (const text of [...parts, `${receipt}A`, 'hello', 'a.b.c', '{"receipt":null}']) {
      expect(await verify(text), text).toEqual({ fault: 'incomplete' })
    }
  })

  it('is told as changed, whatever was changed', async () => {
    const changes = [
      { score: 4 },
      { passed: true },
      { learner: { id: 'eve' } },
      { seq: 9 },
      { iss: 'https://evil.example' },
    ]
    for (const change of changes) expect(await verify(say(change))).toEqual({ fault: 'tampered' })
  })

  it('is told as signed by somebody else, under a key of their own or in the name of ours', async () => {
    expect(await verify(await sign(stranger))).toEqual({ fault: 'unknown-key' })
    const forged = { ...stranger, signing: { ...stranger.signing, kid: server.signing.kid } }
    expect(await verify(await sign(forged))).toEqual({ fault: 'tampered' })
    expect(await verify(await signWith({ kid: 'none' }))).toEqual({ fault: 'unknown-key' })
  })

  it('is told as a progress token, also where it is one of this server', async () => {
    const progress = { attempt: 'att_1', quiz: 'basics', revision: 'rev_1', progress: { answered: 1, total: 3 } }
    const now = Date.now()
    const token = await signProgressToken(progress, 'tok_1', { keys: server, publicUrl: ISSUER, now })
    expect(await verify(token)).toEqual({ fault: 'progress-token' })
  })

  it('is told as another kind of signed text', async () => {
    expect(await verify(await signWith({ typ: 'JWT' }))).toEqual({ fault: 'other-kind' })
    const secret = new TextEncoder().encode('a'.repeat(64))
    const header = { alg: 'HS512', typ: 'receipt+jwt', kid: server.signing.kid }
    const keyed = await new SignJWT(said).setProtectedHeader(header).setIssuer(ISSUER).setAudience(ISSUER).sign(secret)
    expect(await verify(keyed)).toEqual({ fault: 'other-kind' })
    expect(await verify(new UnsecuredJWT({ ...said, iss: ISSUER, aud: ISSUER }).encode())).toHaveProperty('fault')
  })

  it('is told as made out under another address, though the key is ours', async () => {
    expect(await verify(await sign(server, 'https://old.example'))).toEqual({ fault: 'other-issuer' })
  })
})

describe('where nothing can be said', () => {
  it('because the keys cannot be read, or are none, that is what is told', async () => {
    const failing = [
      () => Promise.reject(new TypeError('Failed to fetch')),
      () => Promise.resolve({ keys: 'none' } as never),
    ]
    for (const readKeys of failing) expect(await verify(receipt, readKeys)).toEqual({ fault: 'unreachable' })
  })

  it('because the page is not secure, that is what is told', async () => {
    vi.stubGlobal('crypto', {})
    expect(await verify(receipt)).toEqual({ fault: 'insecure' })
  })
})
