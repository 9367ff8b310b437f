/**
 * When a delivery is tried again. Waits are those that Svix promises, with a first one of seconds: a receiver that restarts
 * is soon back, and one that is down for a weekend still gets everything. Times are milliseconds.
 */

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** What is waited after each try that failed: ten tries, over about 76 hours. */
const WAITS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const

/** Waits differ by a fifth either way, so that what failed together does not come back together. */
const JITTER = 0.2

/** The longest that a receiver may put a try off with Retry-After. */
const MAX_RETRY_AFTER = 24 * HOUR

/** How long an endpoint may fail without a break before nothing more is sent to it. */
export const DISABLE_AFTER = 120 * HOUR

/**
 * When to try again after `tries` tries that failed, or null when there are no more. `chance` is from 0 to 1; what the
 * receiver asked for in Retry-After can put a try off, and never brings it forward.
 */
export function nextTry(
  tries: number,
  { now, chance, retryAfter }: { readonly now: number; readonly chance: number; readonly retryAfter: number | null },
): number | null {
  const wait = WAITS[tries - 1]
  if (wait === undefined) return null
  const jittered = Math.round(wait * (1 - JITTER + 2 * JITTER * chance))
  return now + Math.max(jittered, Math.min(retryAfter ?? 0, MAX_RETRY_AFTER))
}

/** A date in any of the forms of RFC 9110, section 5.6.7: the one of C's asctime does not say that it is in GMT. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? [\w :-]+$/

/** Milliseconds that Retry-After asks for (RFC 9110, section 10.2.3): seconds, or a date. Null for anything else. */
export function parseRetryAfter(header: string | null, now: number): number | null {
  const text = header?.trim() ?? ''
  if (/^\d+$/.test(text)) return Number(text) * SECOND
  if (!HTTP_DATE.test(text)) return null
  const date = Date.parse(text.endsWith(' GMT') ? text : `${text} GMT`)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
