import type { Environment } from '../config.ts'
import type { Allowance, LimitName, Limits, RateLimits } from '../deps.ts'
import { WINDOW_SECONDS } from './limits.ts'
import { LRUCache } from 'lru-cache'

/** The platform's Rate Limiting binding, as far as it is used here. */
interface Limiter {
  limit(options: { readonly key: string }): Promise<{ readonly success: boolean }>
}

/** How many refusals an isolate keeps in mind. */
const MAX_REFUSALS = 10_000

/**
 * Limits by the platform, one binding each (`ATTEMPT_LIMITER` …), as far as they are bound. The platform counts at each of its
 * locations, and tells only whether a request is within the limit: how many are left is known when none is, and when there
 * will be more only to the length of a window. What its limit is, it does not tell either: `rates` repeats it.
 */
export function createWorkerLimits(environment: Environment, rates: RateLimits, elapsed: () => number): Limits {
  const refusedUntil = new LRUCache<string, number>({ max: MAX_REFUSALS })

  return {
    async count(name, key) {
      const quota = rates[name]
      const limiter = environment[`${name.toUpperCase()}_LIMITER`]
      if (quota === null || !isLimiter(limiter)) return null
      const { success } = await limiter.limit({ key })
      if (!success) refusedUntil.set(`${name} ${key}`, elapsed() + WINDOW_SECONDS * 1000)
      return { ...standing(name, quota, WINDOW_SECONDS), isWithin: success, remaining: success ? null : 0 }
    },
    async refusal(name, key) {
      const quota = rates[name]
      const left = (refusedUntil.get(`${name} ${key}`) ?? 0) - elapsed()
      return quota === null || left <= 0 ? null : standing(name, quota, Math.ceil(left / 1000))
    },
  }
}

function standing(name: LimitName, quota: number, resetSeconds: number): Allowance {
  return { name, quota, isWithin: false, windowSeconds: WINDOW_SECONDS, remaining: 0, resetSeconds }
}

function isLimiter(binding: unknown): binding is Limiter {
  return typeof binding === 'object' && binding !== null && 'limit' in binding
}
