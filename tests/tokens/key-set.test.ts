import { describe, expect, it } from 'vitest'
import { parseConfig, parseSigningKeys } from '../../src/config.ts'
import { generateKeys, retireKey } from '../../src/tokens/generate-keys.ts'
import { importKeySet, type SigningJwks } from '../../src/tokens/key-set.ts'

const keys = await generateKeys()
const key = keys.keys[0]!
const other = (await generateKeys()).keys[0]!

/** What a promise fails with, as a text. */
async function failureOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'It does not fail.',
    (error: unknown) => String(error),
  )
}

function thrownBy(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return String(error)
  }
  return 'It does not throw.'
}

/** No run of ten characters of any of these stands in the text. */
function expectSilence(text: string, values: readonly string[]): void {
  for (const value of values) {
    for (let from = 0; from + 10 <= value.length; from++) expect(text).not.toContain(value.slice(from, from + 10))
  }
}

describe('SIGNING_KEYS', () => {
  it('holds what "keys generate" makes', () => {
    expect(parseSigningKeys(JSON.stringify(keys))).toEqual(keys)
  })

  it.each([
    { name: 'no JSON', value: `${JSON.stringify(keys)}}` },
    { name: 'a list', value: JSON.stringify(keys.keys) },
    { name: 'a key alone', value: JSON.stringify(key) },
    { name: 'no keys', value: '{"keys":[]}' },
    { name: 'a key without a name', value: JSON.stringify({ keys: [{ ...key, kid: undefined }] }) },
    { name: 'a key with an empty name', value: JSON.stringify({ keys: [{ ...key, kid: '' }] }) },
    { name: 'another curve', value: JSON.stringify({ keys: [{ ...key, crv: 'P-384' }] }) },
    { name: 'another kind of key', value: JSON.stringify({ keys: [{ ...key, kty: 'RSA' }] }) },
    { name: 'a private part that is too short', value: JSON.stringify({ keys: [{ ...key, d: key.d!.slice(1) }] }) },
    { name: 'a private part with more before it', value: JSON.stringify({ keys: [{ ...key, d: `A${key.d!}` }] }) },
    { name: 'a private part with more behind it', value: JSON.stringify({ keys: [{ ...key, d: `${key.d!}A` }] }) },
    {
      name: 'a private part in ordinary base64',
      value: JSON.stringify({ keys: [{ ...key, d: `${'A'.repeat(42)}=` }] }),
    },
  ])('with $name is refused by its name alone', ({ value }) => {
    const message = thrownBy(() => parseSigningKeys(value))
    expect(message).toMatch(/^Error: SIGNING_KEYS is not a private JWKS/)
    expectSilence(message, [key.x, key.y, key.d!, key.kid])
  })
})

describe('a key set', () => {
  it('signs with the first key, verifies with all, and serves the public part alone', async () => {
    const both = await generateKeys(keys)
    const set = await importKeySet(both)
    expect(set.signing.kid).toBe(both.keys[0]!.kid)
    expect([...set.verifying.keys()]).toEqual(both.keys.map(({ kid }) => kid))
    expect([...set.verifying.values()].map(({ key: { type }, retired }) => [type, retired])).toEqual([
      ['public', false],
      ['public', false],
    ])
    expect(set.jwks.keys).toEqual(
      both.keys.map(({ kty, crv, x, y, kid }) => ({ kty, crv, x, y, kid, use: 'sig', alg: 'ES256' })),
    )
  })

  it('keeps its private key where no code can read it', async () => {
    const set = await importKeySet(keys)
    expect(set.signing.key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('jwk', set.signing.key)).rejects.toBeInstanceOf(Error)
  })

  it('knows a key without its private part as retired', async () => {
    const both = await generateKeys(keys)
    const set = await importKeySet(retireKey(both, key.kid))
    expect(set.verifying.get(key.kid)?.retired).toBe(true)
    expect(set.verifying.get(both.keys[0]!.kid)?.retired).toBe(false)
  })

  it.each([
    { name: 'whose first key is retired', set: retireKey(keys, key.kid), says: 'private part' },
    { name: 'that names a key twice', set: { keys: [key, { ...other, kid: key.kid }] }, says: 'same "kid"' },
    { name: 'with a point off the curve', set: { keys: [{ ...key, y: other.y }] }, says: 'P-256' },
    {
      name: 'with a retired point off the curve',
      set: { keys: [key, { ...other, y: key.y, d: undefined }] },
      says: 'P-256',
    },
    { name: 'whose private part is that of another key', set: { keys: [{ ...key, d: other.d }] }, says: 'P-256' },
    { name: 'without any key', set: { keys: [] }, says: 'private part' },
  ])('$name is refused, and nothing of it is repeated', async ({ set, says }) => {
    const message = await failureOf(importKeySet(set))
    expect(message).toMatch(/^Error: SIGNING_KEYS: /)
    expect(message).toContain(says)
    expectSilence(
      message,
      [key, other].flatMap(({ x, y, d, kid }) => [x, y, d!, kid]),
    )
  })
})

describe('making keys', () => {
  it('puts a new one in front, and leaves the others as they are', async () => {
    const more = await generateKeys(keys)
    expect(more.keys).toHaveLength(2)
    expect(more.keys[1]).toEqual(key)
    expect(more.keys[0]!.kid).not.toBe(key.kid)
    expect(more.keys[0]!.d).not.toBe(key.d)
  })

  it('retires the one that is named, and no other', async () => {
    const more = await generateKeys(keys)
    const written = JSON.parse(JSON.stringify(retireKey(more, key.kid))) as SigningJwks
    const { kty, crv, x, y, kid } = key
    expect(written.keys).toEqual([more.keys[0], { kty, crv, x, y, kid }])
  })
})

describe('a configuration that does not hold', () => {
  const good = {
    PUBLIC_URL: 'https://a-good.site',
    ADMIN_KEY: 'an-admin-key-that-is-long-enough',
    SIGNING_KEYS: JSON.stringify(keys),
  }

  it('is one of a variable at a time: the good one holds', () => {
    expect(parseConfig(good)).toMatchObject({ publicUrl: 'https://a-good.site', corsOrigins: null, gitSha: 'unknown' })
  })

  it.each([
    { variable: 'PUBLIC_URL', value: 'not-an-origin-at-all' },
    { variable: 'PUBLIC_URL', value: 'https://marked.site/with-a-path' },
    { variable: 'PUBLIC_URL', value: 'ftp://marked.site' },
    { variable: 'PUBLIC_URL', value: undefined },
    { variable: 'ADMIN_KEY', value: 'qwertyuiop-19-chars' },
    { variable: 'ADMIN_KEY', value: '' },
    { variable: 'SIGNING_KEYS', value: '{"keys":"not-a-list-of-keys"}' },
    { variable: 'SIGNING_KEYS', value: undefined },
    { variable: 'CORS_ORIGINS', value: 'https://good.example, not-an-origin' },
    { variable: 'WEBHOOKS_ALLOW_LOOPBACK', value: 'yes-please' },
    { variable: 'WEBHOOKS_ALLOW_LOOPBACK', value: 'True' },
  ])('names $variable, and repeats nothing of $value', ({ variable, value }) => {
    const message = thrownBy(() => parseConfig({ ...good, [variable]: value }))
    expect(message).toContain(variable)
    expectSilence(message, [...Object.values(good), value ?? ''])
  })
})
