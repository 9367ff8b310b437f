import type { Allowance, LimitName, Limits, RateLimits } from '../deps.ts'
import { WINDOW_SECONDS } from './limits.ts'
import { LRUCache } from 'lru-cache'

/** How many callers are kept in mind for each limit: some megabytes at most. Of more, those are forgotten that came longest ago. */
const MAX_CALLERS = 20_000

/** A window of one caller, which begins with the first request in it. */
interface Window {
  used: number
  readonly endsAt: number
}

/** Counts in this process alone: of several each lets in as much. `elapsed` is in milliseconds, of a clock that is never set. */
export function createMemoryLimits(rates: RateLimits, elapsed: () => number, max: number = MAX_CALLERS): Limits {
  const windows = new Map<LimitName, LRUCache<string, Window>>()

  function callersOf(name: LimitName): LRUCache<string, Window> {
    const callers = windows.get(name) ?? new LRUCache({ max })
    windows.set(name, callers)
    return callers
  }

  function current(name: LimitName, key: string): Window | null {
    const window = callersOf(name).get(key)
    return window && window.endsAt > elapsed() ? window : null
  }

  function standing(name: LimitName, quota: number, { used, endsAt }: Window): Allowance {
    return {
      name,
      quota,
      isWithin: used <= quota,
      windowSeconds: WINDOW_SECONDS,
      remaining: Math.max(0, quota - used),
      resetSeconds: Math.ceil((endsAt - elapsed()) / 1000),
    }
  }

  return {
    async count(name, key) {
      const quota = rates[name]
      if (quota === null) return null
      const window = current(name, key) ?? { used: 0, endsAt: elapsed() + WINDOW_SECONDS * 1000 }
      window.used += 1
      callersOf(name).set(key, window)
      return standing(name, quota, window)
    },
    async refusal(name, key) {
      const quota = rates[name]
      const window = current(name, key)
      return quota === null || !window || window.used < quota ? null : standing(name, quota, window)
    },
  }
}
