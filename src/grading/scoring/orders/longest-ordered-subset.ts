import { Fraction, ZERO } from '../../fraction.ts'
import type { OrderMethod } from '../method.ts'

/** The most items that come in the right order, with others between or not, over n; one alone is no order. Moodle's "longest ordered subset". */
export const longestOrderedSubset: OrderMethod = {
  method: 'longest-ordered-subset',
  parameters: {},
  score(ranks) {
    const length = longestIncreasing(ranks)
    return length > 1 ? new Fraction(length, ranks.length) : ZERO
  },
}

function longestIncreasing(ranks: readonly number[]): number {
  /** The longest that ends at each place. */
  const lengths: number[] = []
  for (const [place, rank] of ranks.entries()) {
    lengths.push(1 + Math.max(0, ...lengths.filter((_length, earlier) => earlier < place && ranks[earlier]! < rank)))
  }
  return Math.max(...lengths)
}
