import { describe, expect, it } from 'vitest'
import { generateKeys, retireKey } from '../../src/tokens/generate-keys.ts'
import { importKeySet } from '../../src/tokens/key-set.ts'
import { PROGRESS_TOKEN_SECONDS, signProgressToken, verifyProgressToken } from '../../src/tokens/progress-token.ts'
import { signReceipt } from '../../src/tokens/receipt.ts'
import { bitsOf, decodeJwt, forgeFrom, turnBit } from '../support/jwt.ts'

const START = Date.UTC(2026, 0, 5, 9)
const jwks = await generateKeys()
const keys = await importKeySet(jwks)
const at = (now: number) => ({ keys, publicUrl: 'https://quiz.example', now })
const progress = {
  attempt: 'att_1',
  quiz: 'quiz',
  revision: 'rev_1',
  progress: { answered: 1, total: 3, score: 0.333 },
}

describe('a progress token', () => {
  it('is verified as what was signed', async () => {
    const token = await signProgressToken(progress, 'tok_1', at(START))
    expect(await verifyProgressToken(token, at(START))).toEqual({ attempt: 'att_1', revision: 'rev_1' })
    expect(decodeJwt(token).header).toEqual({ alg: 'ES256', typ: 'progress+jwt', kid: jwks.keys[0]!.kid })
    expect(decodeJwt(token).payload).toEqual({
      iss: 'https://quiz.example',
      aud: 'https://quiz.example',
      sub: 'att_1',
      quiz: 'quiz',
      rev: 'rev_1',
      progress: { answered: 1, total: 3, score: 0.333 },
      iat: 1_767_603_600,
      exp: 1_770_195_600,
      jti: 'tok_1',
    })
  })

  it('is good until the last millisecond of its thirty days', async () => {
    expect(PROGRESS_TOKEN_SECONDS).toBe(2_592_000)
    const token = await signProgressToken(progress, 'tok_1', at(START))
    const end = START + 2_592_000_000
    await expect(verifyProgressToken(token, at(end - 1))).resolves.toBeTruthy()
    await expect(verifyProgressToken(token, at(end))).rejects.toMatchObject({ code: 'token-expired' })
  })

  it.each([
    { name: 'header', part: 0 },
    { name: 'payload', part: 1 },
    { name: 'signature', part: 2 },
  ] as const)('with any one bit of its $name turned is refused', async ({ part }) => {
    const token = await signProgressToken(progress, 'tok_1', at(START))
    const bits = Array.from({ length: bitsOf(token, part) }, (_, bit) => bit)
    const outcomes = await Promise.allSettled(
      bits.map((bit) => verifyProgressToken(turnBit(token, part, bit), at(START))),
    )
    expect(bits.length).toBeGreaterThan(400)
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'unauthorized' } })
    }
  })

  it('is not a receipt, which says the same of who signed it', async () => {
    const receipt = await signReceipt(
      {
        attempt: 'att_1',
        learner: null,
        quiz: 'quiz',
        revision: 'rev_1',
        score: 1,
        maxScore: 3,
        passed: false,
        startedAt: '2026-01-05T09:00:00.000Z',
        finishedAt: '2026-01-05T09:00:00.000Z',
        seq: 1,
        final: true,
      },
      at(START),
    )
    await expect(verifyProgressToken(receipt, at(START))).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('is good for as long as its key is a signing one, and not when that is retired, or gone', async () => {
    const before = await generateKeys()
    const token = await signProgressToken(progress, 'tok_1', { ...at(START), keys: await importKeySet(before) })
    const after = await generateKeys(before)
    const verifiedBy = async (set: typeof before) =>
      verifyProgressToken(token, { ...at(START), keys: await importKeySet(set) })
    await expect(verifiedBy(after)).resolves.toMatchObject({ attempt: 'att_1' })
    await expect(verifiedBy(retireKey(after, before.keys[0]!.kid))).rejects.toMatchObject({ code: 'unauthorized' })
    await expect(verifiedBy(await generateKeys())).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('says all that it has to say, or is refused, though it is signed with the right key', async () => {
    const token = await signProgressToken(progress, 'tok_1', at(START))
    const verified = async (change: object, header: object = {}) =>
      verifyProgressToken(await forgeFrom(token, jwks, { ...change }, { ...header }), at(START))
    const refused = { code: 'unauthorized' }
    await expect(verified({})).resolves.toEqual({ attempt: 'att_1', revision: 'rev_1' })
    for (const claim of ['sub', 'quiz', 'rev', 'jti', 'iat', 'exp', 'iss', 'aud']) {
      await expect(verified({ [claim]: undefined }), claim).rejects.toMatchObject(refused)
    }
    for (const claim of ['sub', 'quiz', 'rev', 'jti']) {
      await expect(verified({ [claim]: 7 }), claim).rejects.toMatchObject(refused)
    }
    for (const claim of ['iss', 'aud']) {
      await expect(verified({ [claim]: 'https://other.example' }), claim).rejects.toMatchObject(refused)
    }
    for (const header of [{ kid: undefined }, { kid: 'another' }, { typ: undefined }, { typ: 'receipt+jwt' }]) {
      await expect(verified({}, header), JSON.stringify(header)).rejects.toMatchObject(refused)
    }
  })

  it('is refused without a word of why, and with nothing of it in the error', async () => {
    const token = await signProgressToken(progress, 'tok_1', at(START))
    const refusals = [turnBit(token, 0, 20), turnBit(token, 1, 20), turnBit(token, 2, 20), 'x', `${token}.${token}`]
    for (const refused of refusals) {
      const error: unknown = await verifyProgressToken(refused, at(START)).catch((reason: unknown) => reason)
      expect(error).toMatchObject({ message: 'The token or key is not valid here.', errors: [], extension: {} })
      expect((error as Error).cause).toBeUndefined()
    }
  })
})
