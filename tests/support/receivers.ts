import { Webhook } from 'standardwebhooks'
import { expect, vi } from 'vitest'
import type { Deps } from '../../src/deps.ts'
import { findCanaries } from './canaries.ts'
import { createHost, type HostOptions, ROOT_KEY, START, type TestHost } from './host.ts'
import type { Json } from './quiz-document.ts'

/** Receivers of webhooks, by the names of their hosts: fakes that answer as a test wants them to. */

/** A try, as it reached its receiver. */
export interface Received {
  readonly host: string
  readonly url: string
  /** By the host's clock. */
  readonly at: number
  readonly headers: Readonly<Record<string, string>>
  readonly id: string
  readonly text: string
  /** The parsed body. */
  readonly body: { type: string; timestamp: string; data: any }
  readonly signal: AbortSignal
}

export type Receive = (received: Received) => Response | Promise<Response>

export interface Receivers {
  readonly outgoing: Deps['outgoing']
  readonly deadline: Deps['deadline']
  /** Everything that was sent, in order. */
  readonly received: Received[]
  /** Answers for a host from now on; 204 where nothing else is said. */
  answer(host: string, receive: Receive): void
  /** The try has taken as long as it may. */
  timeUp(received: Received): void
  to(host: string): Received[]
  /** What a host was told, by type and seq, in the order of its arrival. */
  toldTo(host: string): string[]
}

export const NO_CONTENT = () => new Response(null, { status: 204 })
export const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    new Response('', { status: code, headers })
/** What a receiver that never answers comes to, for whoever waits for it. */
export const never = () => new Promise<never>(() => undefined)

export function createReceivers(clock: { readonly now: number }): Receivers {
  const received: Received[] = []
  const answers = new Map<string, Receive>()
  const deadlines = new Map<AbortSignal, { readonly controller: AbortController; readonly milliseconds: number }>()
  return {
    received,
    async outgoing(url, init) {
      const text = init.body as string
      const headers = Object.fromEntries(new Headers(init.headers).entries())
      expect([init.method, init.redirect]).toEqual(['POST', 'manual'])
      expect(findCanaries(`${JSON.stringify(headers)}\n${text}`)).toEqual([])
      const one: Received = {
        host: new URL(url).hostname,
        url,
        at: clock.now,
        headers,
        id: headers['webhook-id']!,
        text,
        body: JSON.parse(text) as Received['body'],
        signal: init.signal!,
      }
      received.push(one)
      return (answers.get(one.host) ?? NO_CONTENT)(one)
    },
    deadline(milliseconds) {
      const controller = new AbortController()
      deadlines.set(controller.signal, { controller, milliseconds })
      return controller.signal
    },
    answer: (host, receive) => void answers.set(host, receive),
    timeUp({ signal }) {
      const { controller, milliseconds } = deadlines.get(signal)!
      expect(milliseconds).toBe(15_000)
      controller.abort(new DOMException('Time is up.', 'TimeoutError'))
    },
    to: (host) => received.filter((one) => one.host === host),
    toldTo: (host) => received.filter((one) => one.host === host).map(({ body }) => named(body)),
  }
}

function named({ type, data }: Received['body']): string {
  return data.seq === undefined ? type : `${type} ${data.seq}`
}

/** A host with receivers: LMSs, at `lms.school.org` unless it is said otherwise. */
export async function createTellingHost(options: HostOptions = {}): Promise<{ host: TestHost; receivers: Receivers }> {
  const clock = options.clock ?? { now: START }
  const receivers = createReceivers(clock)
  const { outgoing, deadline } = receivers
  return { host: await createHost({ ...options, clock, outgoing, deadline }), receivers }
}

export const LMS = 'lms.school.org'
export const EVERY_EVENT = [
  'attempt.started',
  'attempt.finished',
  'attempt.passed',
  'attempt.graded',
  'attempt.regraded',
  'quiz.published',
]

const staff = { token: ROOT_KEY }

/** Registers a receiver, for every event unless the test says otherwise. */
export async function tell(host: TestHost, name = LMS, choice: Json = {}): Promise<{ id: string; secret: string }> {
  const body = { url: `https://${name}/hooks`, events: EVERY_EVENT, ...choice }
  const answer = await host.client.call('POST', '/v1/webhooks', { ...staff, body })
  if (answer.status !== 201) throw new Error(`Registering failed: ${answer.text}`)
  return answer.body
}

export async function change(host: TestHost, id: string, body: Json): Promise<any> {
  const answer = await host.client.call('PATCH', `/v1/webhooks/${id}`, { ...staff, body })
  if (answer.status !== 200) throw new Error(`Changing failed: ${answer.text}`)
  return answer.body
}

export async function webhook(host: TestHost, id: string): Promise<any> {
  return (await host.client.call('GET', `/v1/webhooks/${id}`, staff)).body
}

export async function deliveriesOf(host: TestHost, id: string): Promise<any[]> {
  return (await host.client.call('GET', `/v1/webhooks/${id}/deliveries?limit=200`, staff)).body.deliveries
}

export function post(host: TestHost, id: string, verb: string, body?: Json) {
  return host.client.call('POST', `/v1/webhooks/${id}/${verb}`, { ...staff, ...(body && { body }) })
}

/** Whether the official library takes a try by a secret, at the moment of its arrival. */
export function accepts(secret: string, { text, headers, at }: Received): boolean {
  vi.useFakeTimers({ now: at, toFake: ['Date'] })
  try {
    new Webhook(secret).verify(text, { ...headers })
    return true
  } catch {
    return false
  } finally {
    vi.useRealTimers()
  }
}
