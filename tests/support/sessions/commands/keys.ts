import type { Picks } from '../step.ts'

let keys = 0

/** A new Idempotency-Key, long enough for someone who has no API key; or none. */
export function keyFor(what: string, { withKey }: Picks): string | null {
  keys += 1
  return withKey ? `${what}-${keys}-0123456789-0123456789` : null
}

export const headersOf = (key: string | null): { headers?: Record<string, string> } =>
  key === null ? {} : { headers: { 'Idempotency-Key': key } }
