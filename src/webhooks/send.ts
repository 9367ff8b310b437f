/** One try to deliver: what is sent is the receiver's business alone, what comes back is looked at briefly. */

export interface Shipment {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** What an answer that echoes it is not kept with. */
  readonly conceal?: readonly string[]
}

/** What a try came to. `status` is a class of HTTP status, or why there was none; `answer` is what the receiver said. */
export interface Sent {
  readonly status: '2xx' | '3xx' | '4xx' | '5xx' | 'timeout' | 'unreachable'
  readonly code: number | null
  readonly answer: string | null
  /** As the receiver wrote it. */
  readonly retryAfter: string | null
}

/** What a target that is refused comes to: the same as one that is not there. */
export const UNREACHABLE: Sent = { status: 'unreachable', code: null, answer: null, retryAfter: null }

/** In all, from connecting to the last byte that is read. */
export const TIMEOUT_MS = 15_000
/** Bytes that are read of an answer, and that are kept of it. */
const MAX_READ = 64_000
const MAX_KEPT = 1000

/** Characters from which on something is looked for in an answer. */
const SHORTEST_SECRET = 4

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** Sends, and never throws: whatever goes wrong with a target is one of two things, so that nothing is told of a network. */
export async function send(
  fetch: Fetch,
  { url, headers, body, conceal = [] }: Shipment,
  signal: AbortSignal,
): Promise<Sent> {
  try {
    const request = { method: 'POST', headers: { ...headers }, body, redirect: 'manual', signal } as const
    const response = await orAborted(fetch(url, request), signal)
    const answer = withoutValues(await readSome(response, signal), conceal)
    return {
      status: classOf(response.status),
      code: response.status,
      answer,
      retryAfter: response.headers.get('Retry-After'),
    }
  } catch {
    return signal.aborted ? { ...UNREACHABLE, status: 'timeout' } : UNREACHABLE
  }
}

/** Workers give a redirect that is not followed as status 0 or as itself: neither is a success. */
function classOf(status: number): Sent['status'] {
  if (status >= 200 && status < 300) return '2xx'
  if (status >= 500) return '5xx'
  return status >= 400 ? '4xx' : '3xx'
}

/** The status has decided by now: an answer that drips, breaks off or never ends changes nothing. */
async function readSome(response: Response, signal: AbortSignal): Promise<string> {
  const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder()
  let [text, length] = ['', 0]
  try {
    while (length < MAX_READ) {
      const { done, value } = await orAborted(reader.read(), signal)
      if (done) break
      text += decoder.decode(value.subarray(0, Math.max(0, MAX_KEPT - length)), { stream: true })
      length += value.length
    }
  } catch {
    // What there is of it is kept.
  }
  // Not waited for: it is the receiver's stream that would have to end.
  void reader.cancel().catch(() => undefined)
  // A database may take NUL for the end of a text.
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}

/** Whoever echoes what was sent would tell values of headers, which are never shown again. The answer may end within one. */
function withoutValues(answer: string, values: readonly string[]): string {
  let text = answer
  for (const value of values) {
    if (value.length < SHORTEST_SECRET) continue
    text = text.replaceAll(value, '…')
    const begun = longestPrefixAtEnd(text, value)
    if (begun >= SHORTEST_SECRET) text = `${text.slice(0, -begun)}…`
  }
  return text
}

function longestPrefixAtEnd(text: string, value: string): number {
  let length = Math.min(text.length, value.length)
  while (length > 0 && !text.endsWith(value.slice(0, length))) length -= 1
  return length
}

/** Gives up when time is up, whether the work heeds the signal or not. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const giveUp = () => reject(signal.reason as Error)
  if (signal.aborted) giveUp()
  signal.addEventListener('abort', giveUp)
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}
