import type { KeySet } from './key-set.ts'
import { SignJWT } from 'jose'

/** The outcome of a finished attempt. Scores are in points, times RFC 3339. */
export interface Receipt {
  readonly attempt: string
  readonly learner: { readonly id: string; readonly name?: string | undefined } | null
  readonly quiz: string
  readonly revision: string
  readonly score: number
  readonly maxScore: number
  /** Null while something is pending. */
  readonly passed: boolean | null
  readonly startedAt: string
  readonly finishedAt: string
  /** Of several receipts for one attempt the highest counts. */
  readonly seq: number
  readonly final: boolean
}

/** Signs a receipt: anyone can verify it through the JWKS, for as long as its key is served there. It does not expire. */
export function signReceipt(
  receipt: Receipt,
  { keys, publicUrl, now }: { readonly keys: KeySet; readonly publicUrl: string; readonly now: number },
): Promise<string> {
  return new SignJWT({ ...receipt })
    .setProtectedHeader({ alg: 'ES256', typ: 'receipt+jwt', kid: keys.signing.kid })
    .setSubject(receipt.attempt)
    .setIssuer(publicUrl)
    .setAudience(publicUrl)
    .setIssuedAt(Math.floor(now / 1000))
    .sign(keys.signing.key)
}
