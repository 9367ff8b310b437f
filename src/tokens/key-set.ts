import { importJWK, type CryptoKey, type JWK } from 'jose'
import * as v from 'valibot'

/** The signing keys: the first one signs, all verify, and one without its private part is retired. */
export interface KeySet {
  readonly signing: { readonly kid: string; readonly key: CryptoKey }
  /** Public keys by their id. A retired one verifies receipts of old, never a progress token. */
  readonly verifying: ReadonlyMap<string, { readonly key: CryptoKey; readonly retired: boolean }>
  /** What `/.well-known/jwks.json` serves: no private part is in it. */
  readonly jwks: { readonly keys: readonly PublicJwk[] }
}

const Coordinate = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))

const SigningJwk = v.object({
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  x: Coordinate,
  y: Coordinate,
  d: v.optional(Coordinate),
  kid: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
})

export const SigningJwks = v.object({ keys: v.pipe(v.array(SigningJwk), v.minLength(1)) })
export type SigningJwks = v.InferOutput<typeof SigningJwks>

/** A public key as it is served (RFC 7517). */
export interface PublicJwk {
  readonly kty: string
  readonly crv: string
  readonly x: string
  readonly y: string
  readonly kid: string
  readonly use: 'sig'
  readonly alg: 'ES256'
}

/** Imports a private JWKS. Throws where it has no first private key, names a key twice, or holds no valid P-256 point. */
export async function importKeySet(jwks: SigningJwks): Promise<KeySet> {
  const [first] = jwks.keys
  if (first?.d === undefined) throw new Error('SIGNING_KEYS: the first key signs, and needs its private part "d".')
  const publicKeys = jwks.keys.map(({ kty, crv, x, y, kid }): PublicJwk => ({
    kty,
    crv,
    x,
    y,
    kid,
    use: 'sig',
    alg: 'ES256',
  }))
  const verifying = new Map<string, { key: CryptoKey; retired: boolean }>()
  for (const [index, jwk] of publicKeys.entries()) {
    if (verifying.has(jwk.kid)) throw new Error('SIGNING_KEYS: two keys have the same "kid".')
    verifying.set(jwk.kid, { key: await importEs256({ ...jwk }), retired: jwks.keys[index]!.d === undefined })
  }
  return { signing: { kid: first.kid, key: await importEs256(first) }, verifying, jwks: { keys: publicKeys } }
}

/** What the runtime says of a key that it refuses is left out: it differs, and would not name the variable. */
async function importEs256(jwk: JWK): Promise<CryptoKey> {
  try {
    return (await importJWK(jwk, 'ES256')) as CryptoKey
  } catch {
    throw new Error('SIGNING_KEYS: a key is not a valid P-256 key.')
  }
}
