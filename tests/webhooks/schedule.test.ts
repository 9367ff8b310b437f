import { describe, expect, it } from 'vitest'
import { DISABLE_AFTER, nextTry, parseRetryAfter } from '../../src/webhooks/schedule.ts'

const HOUR = 3_600_000
const NOW = Date.UTC(2026, 0, 5, 9)
const WAITS = [5_000, 300_000, 1_800_000, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
const wait = (tries: number, chance: number, retryAfter: number | null = null) =>
  nextTry(tries, { now: NOW, chance, retryAfter })! - NOW

describe('a try that failed', () => {
  it('is tried again nine times, after waits that differ by a fifth either way', () => {
    for (const [index, whole] of WAITS.entries()) {
      expect([0, 0.25, 0.5, 1].map((chance) => wait(index + 1, chance))).toEqual([
        whole * 0.8,
        whole * 0.9,
        whole,
        whole * 1.2,
      ])
    }
    expect(nextTry(10, { now: NOW, chance: 0.5, retryAfter: null })).toBeNull()
    expect(nextTry(10, { now: NOW, chance: 0.5, retryAfter: HOUR })).toBeNull()
  })

  it('has its last try later than 60 hours after the first, however the chances fall', () => {
    const shortest = WAITS.reduce((sum, _, index) => sum + wait(index + 1, 0), 0)
    expect(shortest).toBeGreaterThan(60 * HOUR)
  })

  it('waits as long as the receiver asks, up to a day, and never shorter than it would', () => {
    expect(wait(1, 0.5, 90_000)).toBe(90_000)
    expect(wait(1, 0.5, 4_999)).toBe(5_000)
    expect(wait(4, 0.5, 1_000)).toBe(2 * HOUR)
    expect(wait(1, 0.5, 24 * HOUR)).toBe(24 * HOUR)
    expect(wait(1, 0.5, 24 * HOUR + 1)).toBe(24 * HOUR)
    expect(wait(1, 0.5, 999_999_999_000)).toBe(24 * HOUR)
    expect(wait(1, 0.5, parseRetryAfter('9'.repeat(400), NOW))).toBe(24 * HOUR)
    expect(wait(9, 1, 999_999_999_000)).toBe(24 * HOUR * 1.2)
  })
})

describe('Retry-After', () => {
  it('is seconds, or a date in any of the three forms', () => {
    expect(parseRetryAfter('120', NOW)).toBe(120_000)
    expect(parseRetryAfter(' 0 ', NOW)).toBe(0)
    expect(parseRetryAfter('Mon, 05 Jan 2026 09:02:00 GMT', NOW)).toBe(120_000)
    expect(parseRetryAfter('Monday, 05-Jan-26 09:02:00 GMT', NOW)).toBe(120_000)
    expect(parseRetryAfter('Mon Jan  5 09:02:00 2026', NOW)).toBe(120_000)
    expect(parseRetryAfter('Mon, 05 Jan 2026 08:00:00 GMT', NOW)).toBe(0)
  })

  it('is nothing where it is neither', () => {
    for (const header of [
      null,
      '',
      'soon',
      '1e3',
      '0x10',
      '12,5',
      'NaN',
      'Infinity',
      '\u0660',
      '-5',
      '2 hours',
      '1.5',
      '5 5',
      '2026-01-05T09:02:00Z',
      'Monday',
    ]) {
      expect([header, parseRetryAfter(header, NOW)]).toEqual([header, null])
    }
  })
})

it('five days of failure are too many', () => {
  expect(DISABLE_AFTER).toBe(5 * 24 * HOUR)
})
