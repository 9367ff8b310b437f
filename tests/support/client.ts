import type { LogEntry } from '../../src/deps.ts'
import { findCanaries } from './canaries.ts'
import { checkAgainstDescription } from './description.ts'

export interface Answer<Body = any> {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed JSON, or null where the answer is none. */
  readonly body: Body
}

export interface CallOptions {
  readonly token?: string | null
  readonly body?: unknown
  readonly headers?: Record<string, string>
  /** The questions whose secrets this answer may hold: none, unless the test says so. Staff may see everything. */
  readonly releases?: readonly string[] | 'everything'
  /** For requests that no client library would send: not held to be JSON. */
  readonly rawBody?: string | Uint8Array<ArrayBuffer> | ReadableStream
}

export interface Client {
  call(method: string, path: string, options?: CallOptions): Promise<Answer>
}

interface Transport {
  readonly fetch: (request: Request) => Promise<Response>
  readonly publicUrl: string
  readonly log: LogEntry[]
}

/**
 * A client that is hard to please: each answer must be documented in openapi.json for its call and status, match the
 * schema given there, and, like every line of the log, hold no secret that the test has not declared as released.
 */
export function createClient({ fetch, publicUrl, log }: Transport): Client {
  let linesSeen = 0
  return {
    async call(method, path, options = {}) {
      const response = await fetch(toRequest(publicUrl, method, path, options))
      const text = await response.text()
      const isJson = /^application\/(?:problem\+)?json/.test(response.headers.get('Content-Type') ?? '')
      const body: unknown = isJson && text !== '' ? JSON.parse(text) : null
      const answer = { status: response.status, headers: response.headers, text, body }
      checkAgainstDescription(method, path, answer)
      const headers = JSON.stringify([...response.headers])
      refuseSecrets(`${method} ${path}`, `${headers}\n${text}`, options.releases ?? [])
      refuseSecrets('the log', JSON.stringify(log.slice(linesSeen)), [])
      linesSeen = log.length
      return answer
    },
  }
}

function toRequest(publicUrl: string, method: string, path: string, options: CallOptions): Request {
  const headers = new Headers(options.headers)
  if (options.token) headers.set('Authorization', `Bearer ${options.token}`)
  const hasJson = options.body !== undefined
  if (hasJson && !headers.has('Content-Type')) headers.set('Content-Type', 'application/json')
  const body = hasJson ? JSON.stringify(options.body) : options.rawBody
  const init = body === undefined ? {} : { body, duplex: 'half' as const }
  return new Request(`${publicUrl}${path}`, { method, headers, ...init })
}

function refuseSecrets(where: string, text: string, releases: CallOptions['releases']): void {
  if (releases === 'everything') return
  const leaked = findCanaries(text).filter((canary) => !releases?.includes(canary.question))
  if (leaked.length === 0) return
  const named = leaked.map(({ question, place, form }) => `${place} of ${question} (${form})`)
  throw new Error(`${where} tells a secret too early: ${named.join(', ')}\n${text.slice(0, 2000)}`)
}
