import { createLocalJWKSet, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { generateKeys, retireKey } from '../../src/tokens/generate-keys.ts'
import { importKeySet } from '../../src/tokens/key-set.ts'
import { signReceipt } from '../../src/tokens/receipt.ts'

const NOW = Date.UTC(2026, 0, 5, 9) + 999
const jwks = await generateKeys()
const keys = await importKeySet(jwks)
const receipt = {
  attempt: 'att_1',
  learner: { id: 'ada', name: 'Ada' },
  quiz: 'quiz',
  revision: 'rev_1',
  score: 1.5,
  maxScore: 3,
  passed: null,
  startedAt: '2026-01-05T08:00:00.000Z',
  finishedAt: '2026-01-05T09:00:00.000Z',
  seq: 4,
  final: false,
}

describe('a receipt', () => {
  it('says what came of an attempt, whose it is and who says it, in whole seconds, and does not expire', async () => {
    const signed = await signReceipt(receipt, { keys, publicUrl: 'https://quiz.example', now: NOW })
    const { payload, protectedHeader } = await jwtVerify(signed, createLocalJWKSet({ keys: [...keys.jwks.keys] }))
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'receipt+jwt', kid: jwks.keys[0]!.kid })
    expect(payload).toEqual({
      ...receipt,
      iss: 'https://quiz.example',
      aud: 'https://quiz.example',
      sub: 'att_1',
      iat: 1_767_603_600,
    })
  })

  it('is verified by anyone through the JWKS after its key was retired', async () => {
    const signed = await signReceipt(receipt, { keys, publicUrl: 'https://quiz.example', now: NOW })
    const retired = await importKeySet(retireKey(await generateKeys(jwks), jwks.keys[0]!.kid))
    const { payload } = await jwtVerify(signed, createLocalJWKSet({ keys: [...retired.jwks.keys] }))
    expect(payload).toMatchObject({ attempt: 'att_1', score: 1.5 })
  })
})
