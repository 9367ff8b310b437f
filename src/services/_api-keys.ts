import type { Deps } from '../deps.ts'
import type { ApiKeyRow } from '../db/api-keys.ts'
import { base64url } from '../tokens/base64url.ts'
import { toTime } from './_attempt-view.ts'
import { type Scope, SCOPES } from './_authorise.ts'

/** An API key as it is shown: all that is kept of it but the hash of its secret. */
export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly scopes: Scope[]
  readonly createdAt: string
  readonly createdBy: string
  readonly revokedAt: string | null
}

export function viewApiKey(row: ApiKeyRow): ApiKey {
  const { id, name, createdAt, createdBy, revokedAt } = row
  return {
    id,
    name,
    scopes: scopesOf(row),
    createdAt: toTime(createdAt),
    createdBy,
    revokedAt: revokedAt === null ? null : toTime(revokedAt),
  }
}

/** In the order of {@link SCOPES}, in which they are also stored. */
export function scopesOf({ scopes }: { readonly scopes: readonly string[] }): Scope[] {
  return SCOPES.filter((scope) => scopes.includes(scope))
}

/** `ak_` and 256 random bits: nobody guesses them, so a plain hash is enough to keep. */
export function newSecret(deps: Pick<Deps, 'randomBytes'>): string {
  return `ak_${base64url.encode(deps.randomBytes(32))}`
}

/** Whether a credential has the form of a secret: what has not is nobody's, and asks the database nothing. */
export function isSecret(credential: string): boolean {
  return /^ak_[A-Za-z0-9_-]{43}$/.test(credential)
}
