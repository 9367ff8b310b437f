/** What can be told, in the order of the documentation. */
export const EVENT_TYPES = [
  'attempt.started',
  'attempt.finished',
  'attempt.passed',
  'attempt.graded',
  'attempt.regraded',
  'quiz.published',
  'ping',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** Bytes of a body, at most. */
const MAX_BODY = 20_000

/**
 * The body of a webhook (Standard Webhooks 1.0): thin, and the same bytes over every try. Only metadata of control
 * characters, which are six bytes each, can make it too large: then entries are left out, the last ones first.
 */
export function writeBody(type: EventType, timestamp: string, data: Readonly<Record<string, unknown>>): string {
  const body = JSON.stringify({ type, timestamp, data })
  const metadata = Object.entries((data['metadata'] as object | undefined) ?? {})
  if (metadata.length === 0 || new TextEncoder().encode(body).length < MAX_BODY) return body
  return writeBody(type, timestamp, { ...data, metadata: Object.fromEntries(metadata.slice(0, -1)) })
}
