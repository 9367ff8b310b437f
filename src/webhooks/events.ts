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

/** The body of a webhook (Standard Webhooks 1.0): thin, and the same bytes over every try. */
export function writeBody(type: EventType, timestamp: string, data: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ type, timestamp, data })
}
