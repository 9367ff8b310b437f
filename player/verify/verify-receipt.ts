import { createLocalJWKSet, decodeProtectedHeader, errors, type JSONWebKeySet, jwtVerify } from 'jose'

/** The outcome of an attempt, as the server signs it. */
export interface Receipt {
  readonly iss: string
  readonly attempt: string
  readonly quiz: string
  readonly revision: string
  readonly learner: { readonly id: string; readonly name?: string } | null
  readonly score: number
  readonly maxScore: number
  readonly passed: boolean | null
  readonly startedAt: string
  readonly finishedAt: string
  readonly seq: number
  readonly final: boolean
}

/** Why a text is not taken for a receipt of this server. */
export type Fault =
  | 'empty'
  | 'incomplete'
  | 'progress-token'
  | 'other-kind'
  | 'unknown-key'
  | 'tampered'
  | 'other-issuer'
  | 'unreachable'
  | 'insecure'

export type Verdict = { readonly receipt: Receipt } | { readonly fault: Fault }

/** 64 bytes, in base64url. */
const SIGNATURE = /^[\w-]{86}$/

/**
 * Verifies a receipt (a JWT, RFC 7519) against the server's public keys.
 *
 * `issuer` is who the server says it is, and `readKeys` gets its JWK Set, throwing where it cannot.
 */
export async function verifyReceipt(
  text: string,
  { issuer, readKeys }: { readonly issuer: string; readonly readKeys: () => Promise<JSONWebKeySet> },
): Promise<Verdict> {
  // Mail and terminals break lines, and JSON has quotes around it.
  const token = text.replace(/[\s"']/g, '')
  const fault = lookAt(token)
  if (fault !== null) return { fault }
  const keys = await readKeys()
    .then(createLocalJWKSet)
    .catch(() => null)
  if (keys === null) return { fault: 'unreachable' }
  try {
    const options = { issuer, audience: issuer, typ: 'receipt+jwt', algorithms: ['ES256'] }
    const { payload } = await jwtVerify<Receipt>(token, keys, options)
    return { receipt: payload }
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

/** What is wrong at first sight, before any key is asked. */
function lookAt(token: string): Fault | null {
  if (token === '') return 'empty'
  const kind = kindOf(token)
  if (kind === 'progress+jwt') return 'progress-token'
  if (kind === null || !SIGNATURE.test(token.split('.')[2] ?? '')) return 'incomplete'
  if (kind !== 'receipt+jwt') return 'other-kind'
  // Browsers keep their cryptography from pages that came over an open line.
  return globalThis.crypto?.subtle ? null : 'insecure'
}

function kindOf(token: string): string | null {
  try {
    return decodeProtectedHeader(token).typ ?? ''
  } catch {
    return null
  }
}

function faultOf(error: unknown): Fault {
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return 'unknown-key'
  }
  if (error instanceof errors.JWTClaimValidationFailed) return 'other-issuer'
  if (error instanceof errors.JOSEAlgNotAllowed) return 'other-kind'
  return 'tampered'
}
