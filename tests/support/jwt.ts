import { base64url, importJWK, SignJWT, type CryptoKey, type JWTPayload } from 'jose'
import type { SigningJwks } from '../../src/tokens/key-set.ts'
import type { Json } from './quiz-document.ts'

/** A signed JWT (RFC 7519) taken apart. Nothing is verified. */
export interface DecodedJwt {
  readonly header: Json
  readonly payload: Json
  readonly signature: string
}

export function decodeJwt(token: string): DecodedJwt {
  const [header, payload, signature, ...more] = token.split('.')
  if (signature === undefined || more.length > 0) throw new Error('This is not a JWT of three parts.')
  return { header: toJson(header!), payload: toJson(payload!), signature }
}

const JWT = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*/g

/** A text in which every JWT is replaced by what it says, and its signature, which is random, by its length. */
export function withJwtsDecoded(text: string): string {
  return text.replaceAll(JWT, (token) => {
    const [header, payload, signature] = token.split('.')
    return `<jwt ${toText(header!)} ${toText(payload!)} ${signature!.length}>`
  })
}

/** Signs whatever it is told to with the first of the keys, as only someone who has it could. */
export async function forge(
  { keys: [first] }: SigningJwks,
  payload: JWTPayload,
  header: { typ?: string; kid?: string } = { typ: 'progress+jwt' },
): Promise<string> {
  const key = (await importJWK({ ...first }, 'ES256')) as CryptoKey
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: first!.kid, ...header }).sign(key)
}

/** The token with its claims changed, and signed anew. A claim that is undefined is left out. */
export function forgeFrom(token: string, keys: SigningJwks, change: Json, header: Json = {}): Promise<string> {
  const { payload, header: original } = decodeJwt(token)
  return forge(keys, { ...payload, ...change }, { ...original, ...header })
}

/** The token with one bit of its header (0), payload (1) or signature (2) turned. */
export function turnBit(token: string, part: 0 | 1 | 2, bit: number): string {
  const parts = token.split('.')
  const bytes = base64url.decode(parts[part]!)
  bytes[bit >> 3]! ^= 1 << (bit & 7)
  return parts.with(part, base64url.encode(bytes)).join('.')
}

export function bitsOf(token: string, part: 0 | 1 | 2): number {
  return base64url.decode(token.split('.')[part]!).length * 8
}

function toText(part: string): string {
  return new TextDecoder().decode(base64url.decode(part))
}

function toJson(part: string): Json {
  return JSON.parse(toText(part)) as Json
}
