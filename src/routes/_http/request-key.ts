import type { Actor } from '../../deps.ts'
import { AnswerkeyError } from '../../errors.ts'
import type { RequestKey } from '../../services/_ids.ts'

/** From someone without an API key the header is a secret: who guesses it would get another's attempt. */
const MIN_LEARNER_KEY = 20

/** The Idempotency-Key of a request, scoped to who calls and where. */
export function readRequestKey(header: string | null, actor: Actor, route: string): RequestKey | null {
  if (header === null) return null
  const shortest = actor.kind === 'staff' ? 1 : MIN_LEARNER_KEY
  if (!/^[\x21-\x7e]+$/.test(header) || header.length < shortest || header.length > 255) {
    throw new AnswerkeyError('invalid-input', 'The Idempotency-Key header is not valid.', {
      errors: [
        { pointer: '', code: 'idempotency-key', detail: `Expected ${shortest} to 255 visible ASCII characters.` },
      ],
    })
  }
  return { caller: callerOf(actor), route, key: header }
}

function callerOf(actor: Actor): string {
  if (actor.kind === 'staff') return `key:${actor.keyId}`
  return actor.kind === 'learner' ? `attempt:${actor.attempt}` : 'anonymous'
}
