/** How far counts are from being all alike: Pearson's statistic. */
export function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

/** Bounds that chance exceeds once in ten thousand times, by degrees of freedom. */
export const RARELY_EXCEEDED = { 3: 21.1, 9: 33.8, 15: 44.3, 23: 57.1 } as const
