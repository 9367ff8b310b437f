import type { Allowance, Deps, LimitName } from '../../deps.ts'
import { AnswerkeyError } from '../../errors.ts'
import type { RequestRecord } from './observe-request.ts'

/** Counts a request by something that it names, and refuses it past the limit. What is not known is not counted. */
export type CountRequest = (name: LimitName, key: string | null | undefined) => Promise<void>

export function requestCounter({ limits }: Deps, record: RequestRecord): CountRequest {
  return async (name, key) => {
    const allowance = key ? await limits.count(name, key) : null
    if (!allowance) return
    record.allowances.push(allowance)
    if (!allowance.isWithin) throw tooMany(allowance)
  }
}

const TOO_MANY: Readonly<Record<LimitName, string>> = {
  attempt: 'Too many requests for this attempt.',
  learner: 'Too many starts in the name of this learner.',
  address: 'Too many requests from your network.',
  start: 'Too many starts from your network.',
  key: 'Too many requests with this API key.',
  credential: 'Too many wrong credentials from your network.',
}

export function tooMany({ name, resetSeconds }: Allowance): AnswerkeyError {
  const when = resetSeconds === 1 ? 'in a second' : `in ${resetSeconds} seconds`
  return new AnswerkeyError('rate-limited', `${TOO_MANY[name]} Try again ${when}.`, { retryAfter: resetSeconds })
}

/**
 * Says how a request stands to its limits, in the structured fields of draft-ietf-httpapi-ratelimit-headers-10. Where it is
 * not known how many are left, only the policy is told.
 */
export function addLimits(response: Response, allowances: readonly Allowance[]): void {
  const policies = allowances.map(({ name, quota, windowSeconds }) => `"${name}";q=${quota};w=${windowSeconds}`)
  const standings = allowances.flatMap(({ name, remaining, resetSeconds }) =>
    remaining === null ? [] : [`"${name}";r=${remaining};t=${resetSeconds}`],
  )
  if (policies.length > 0) response.headers.set('RateLimit-Policy', policies.join(', '))
  if (standings.length > 0) response.headers.set('RateLimit', standings.join(', '))
}
