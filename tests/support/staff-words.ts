import type { Answer, CallOptions } from './client.ts'
import { ROOT_KEY, type TestHost } from './host.ts'
import type { Json } from './quiz-document.ts'

/** What staff say about an attempt, and what they read of it. */

export const STAFF: CallOptions = { token: ROOT_KEY, releases: 'everything' }

export type Word = 'extensions' | 'grades' | 'overrides'

export function say(host: TestHost, word: Word, attempt: string, body: Json, options: CallOptions = {}) {
  return host.client.call('POST', `/v1/attempts/${attempt}/${word}`, { ...STAFF, body, ...options })
}

/** So many seconds, or what else a body says, for a reason that no test is about. */
export function extend(host: TestHost, attempt: string, more: Json | number, options: CallOptions = {}) {
  const extension = typeof more === 'number' ? { extraSeconds: more } : more
  return say(host, 'extensions', attempt, { reason: 'The power was out', ...extension }, options)
}

export function grade(host: TestHost, attempt: string, score: number, more: Json = {}, options: CallOptions = {}) {
  return say(host, 'grades', attempt, { question: 'essay', score, ...more }, options)
}

/** Of a question, or with null of the whole attempt. */
export function override(
  host: TestHost,
  attempt: string,
  [question, score]: readonly [question: string | null, score: number | null],
  options: CallOptions = {},
) {
  const body = { ...(question !== null && { question }), score, reason: 'The question was unclear' }
  return say(host, 'overrides', attempt, body, options)
}

export function viewByStaff(host: TestHost, attempt: string): Promise<Answer> {
  return host.client.call('GET', `/v1/attempts/${attempt}`, STAFF)
}

/** The whole log as the contract shows it, page after page. */
export async function readLog(host: TestHost, attempt: string, limit = 200): Promise<any[]> {
  const events: any[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const path = `/v1/attempts/${attempt}/events?limit=${limit}${cursor && `&cursor=${cursor}`}`
    const { status, body, text }: Answer = await host.client.call('GET', path, STAFF)
    if (status !== 200) throw new Error(`Reading the log failed: ${text}`)
    events.push(...body.events)
    cursor = body.nextCursor
  }
  return events
}

/** Asks for an extension for all; what it does goes on in the background. */
export function extendAll(host: TestHost, quiz: string, more: Json | number, options: CallOptions = {}) {
  const extension = typeof more === 'number' ? { extraSeconds: more } : more
  const body = { reason: 'The power was out', ...extension }
  return host.client.call('POST', `/v1/quizzes/${quiz}/extensions`, { ...STAFF, body, ...options })
}

export function readJob(host: TestHost, quiz: string, job: string): Promise<Answer> {
  return host.client.call('GET', `/v1/quizzes/${quiz}/extensions/${job}`, STAFF)
}
