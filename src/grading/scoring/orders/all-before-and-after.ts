import { Fraction } from '../../fraction.ts'
import type { OrderMethod } from '../method.ts'

/**
 * For each item, the right ones before it and the right ones after it, over n(n − 1): each pair in the right order counts
 * for both of its items. Moodle's "relative to all the previous and next items".
 */
export const allBeforeAndAfter: OrderMethod = {
  method: 'all-before-and-after',
  parameters: {},
  score(ranks) {
    const n = ranks.length
    const pairs = ranks.reduce(
      (sum, rank, place) => sum + ranks.slice(place + 1).filter((later) => later > rank).length,
      0,
    )
    return new Fraction(2 * pairs, n * (n - 1))
  },
}
