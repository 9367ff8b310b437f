const WARN_AT_MS = [300_000, 60_000, 30_000]

/** The time of which a learner is to be told when so much was left before, and so much is now. Null for none. */
export function warningBetween(before: number, left: number): number | null {
  return WARN_AT_MS.findLast((at) => before > at && left <= at && left > 0) ?? null
}
