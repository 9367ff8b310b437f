const WARN_AT_MS = [300_000, 60_000, 30_000]

/** The clock is looked at every second, and a little later when the browser is busy. */
const LATE_MS = 1500

/**
 * The time of which a learner is to be told when so much was left before, and so much is now: a round one, unless the page has slept
 * over it. Null for none.
 */
export function warningBetween(before: number, left: number): number | null {
  const passed = WARN_AT_MS.findLast((at) => before > at && left <= at && left > 0) ?? null
  return passed !== null && passed - left > LATE_MS ? left : passed
}
