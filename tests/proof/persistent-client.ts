import { setTimeout as passed } from 'node:timers/promises'
import type { AttemptBody } from './history.ts'

/** What clients saw. */
export interface Seen {
  /** Requests that were sent, and what they came to: an answer, 503 or 429, nobody there, or nothing that says what happened. */
  sent: number
  answered: number
  unavailable: number
  unreachable: number
  unknown: number
  /** Intentions that were sent more than once. */
  retried: number
  /** Requests on their way now. */
  inFlight: number
  /** What no client should ever see. */
  readonly errors: string[]
}

export interface Answer {
  readonly status: number
  readonly body: AttemptBody
  readonly invoked: number
  readonly lastSent: number
  readonly answered: number
  readonly unknown: number
}

export interface PersistentClient {
  readonly seen: Seen
  /** Sends a request, with one Idempotency-Key, until an answer comes that is not "try again". */
  send(method: 'GET' | 'POST', path: string, options: SendOptions): Promise<Answer>
}

export interface SendOptions {
  readonly token?: string
  readonly key?: string
  readonly body?: object
}

/** A connection that nothing comes from. */
const SILENCE_MS = 15_000
/** After this an intention is taken for one that never converges. */
const PATIENCE_MS = 120_000
const AFTER_A_BREAK_MS = 50

/** A clock that never says the same twice: what was before is less. */
let moment = 0
const now = () => (moment += 1)

/** `patience` says by which factor a Retry-After is shortened. */
export function createPersistentClient(origin: () => string, { patience = 1 } = {}): PersistentClient {
  const seen: Seen = {
    sent: 0,
    answered: 0,
    unavailable: 0,
    unreachable: 0,
    unknown: 0,
    retried: 0,
    inFlight: 0,
    errors: [],
  }

  /** The answer, or after how many milliseconds to try again. */
  async function trySending(method: string, path: string, { token, key, body }: SendOptions) {
    const headers = {
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(key !== undefined && { 'Idempotency-Key': key }),
      ...(body && { 'Content-Type': 'application/json' }),
    }
    const init = {
      method,
      headers,
      signal: AbortSignal.timeout(SILENCE_MS),
      ...(body && { body: JSON.stringify(body) }),
    }
    seen.sent += 1
    seen.inFlight += 1
    try {
      const response = await fetch(`${origin()}/v1${path}`, init)
      const { status } = response
      const text = await response.text()
      const retryAfter = response.headers.get('Retry-After')
      // A log that is full is a 429 as well, and for good.
      if (status !== 503 && (status !== 429 || retryAfter === null)) {
        seen.answered += 1
        return { status, body: JSON.parse(text) as AttemptBody }
      }
      seen.unavailable += 1
      if (!/^\d+$/.test(retryAfter ?? '')) seen.errors.push(`${status} without a Retry-After.`)
      return { again: (Number(retryAfter) * 1000) / patience }
    } catch (error) {
      if (isUnreachable(error)) seen.unreachable += 1
      else seen.unknown += 1
      return { again: AFTER_A_BREAK_MS }
    } finally {
      seen.inFlight -= 1
    }
  }

  return {
    seen,
    async send(method, path, options) {
      const [invoked, giveUp] = [now(), Date.now() + PATIENCE_MS]
      for (let sendings = 1; ; sendings++) {
        const lastSent = sendings === 1 ? invoked : now()
        if (sendings === 2) seen.retried += 1
        const tried = await trySending(method, path, options)
        if (!('again' in tried)) return { ...tried, invoked, lastSent, answered: now(), unknown: sendings - 1 }
        if (Date.now() > giveUp) throw new Error(`${method} ${path} was not answered in ${PATIENCE_MS} ms.`)
        await passed(tried.again)
      }
    },
  }
}

/** Nobody has taken the connection, so that nothing was sent. */
function isUnreachable(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED'
}
