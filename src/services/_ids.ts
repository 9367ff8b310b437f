import type { Deps } from '../deps.ts'
import { base64url } from '../tokens/base64url.ts'

/** Ids are random and say nothing: a hash over content that includes the key would be a way to guess it. */
export function randomId(deps: Pick<Deps, 'randomBytes'>, prefix: string): string {
  return `${prefix}_${base64url.encode(deps.randomBytes(16))}`
}

/** A prefix, ten characters that sort by the time of the making, and 128 random bits. */
export function timedId(deps: Pick<Deps, 'randomBytes' | 'now'>, prefix: string): string {
  return `${prefix}_${sortable(deps.now())}${base64url.encode(deps.randomBytes(16))}`
}

function sortable(time: number): string {
  return time.toString(32).padStart(10, '0')
}

/** Also the seed of the attempt's shuffles. */
export function attemptId(deps: Pick<Deps, 'randomBytes' | 'now'>): string {
  return timedId(deps, 'att')
}

/** Before every attempt that begins at that time or later, and after all others. */
export function earliestAttemptId(time: number): string {
  return `att_${sortable(time)}`
}

/** An Idempotency-Key, bound to who sent it and where, and not readable from what is stored. */
export interface RequestKey {
  readonly caller: string
  readonly route: string
  readonly key: string
}

export function hashRequestKey({ caller, route, key }: RequestKey): Promise<string> {
  return hashText(JSON.stringify([caller, route, key]))
}

/** SHA-256 in base64url. */
export async function hashText(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return base64url.encode(new Uint8Array(bytes))
}
