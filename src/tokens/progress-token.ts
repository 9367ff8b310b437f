import { AnswerkeyError } from '../errors.ts'
import type { KeySet } from './key-set.ts'
import { errors, jwtVerify, SignJWT } from 'jose'
import * as v from 'valibot'

/** Seconds from an answer to the end of the token in it, whatever the deadline. */
export const PROGRESS_TOKEN_SECONDS = 30 * 24 * 60 * 60

const TYPE = 'progress+jwt'

/** What a progress token says. It is the right to go on with an attempt, and never its state. */
export interface Progress {
  readonly attempt: string
  readonly quiz: string
  readonly revision: string
  /** `score` is in points, and there only where the learner may see it. */
  readonly progress: { readonly answered: number; readonly total: number; readonly score?: number }
}

interface Signing {
  readonly keys: KeySet
  readonly publicUrl: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Signs a progress token (a JWT, RFC 7519, ES256). */
export function signProgressToken(progress: Progress, jti: string, { keys, publicUrl, now }: Signing): Promise<string> {
  const issuedAt = Math.floor(now / 1000)
  return new SignJWT({ quiz: progress.quiz, rev: progress.revision, progress: progress.progress })
    .setProtectedHeader({ alg: 'ES256', typ: TYPE, kid: keys.signing.kid })
    .setSubject(progress.attempt)
    .setIssuer(publicUrl)
    .setAudience(publicUrl)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + PROGRESS_TOKEN_SECONDS)
    .setJti(jti)
    .sign(keys.signing.key)
}

const Claims = v.object({ sub: v.string(), quiz: v.string(), rev: v.string(), jti: v.string() })

/** Verifies a progress token. Throws `unauthorized` or `token-expired`, without saying which check failed. */
export async function verifyProgressToken(
  token: string,
  { keys, publicUrl, now }: Signing,
): Promise<{ attempt: string; revision: string }> {
  try {
    const { payload } = await jwtVerify(token, (header) => activeKey(keys, header.kid), {
      algorithms: ['ES256'],
      typ: TYPE,
      issuer: publicUrl,
      audience: publicUrl,
      currentDate: new Date(now),
      requiredClaims: ['sub', 'quiz', 'rev', 'jti', 'iat', 'exp'],
    })
    const claims = v.parse(Claims, payload)
    return { attempt: claims.sub, revision: claims.rev }
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      throw new AnswerkeyError('token-expired', 'The progress token has expired: start a new attempt.')
    }
    throw new AnswerkeyError('unauthorized', 'The token or key is not valid here.')
  }
}

function activeKey(keys: KeySet, kid: string | undefined) {
  const found = kid === undefined ? undefined : keys.verifying.get(kid)
  if (found === undefined || found.retired) throw new errors.JWKSNoMatchingKey()
  return found.key
}
