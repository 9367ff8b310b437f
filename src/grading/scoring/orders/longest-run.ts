import { Fraction, ZERO } from '../../fraction.ts'
import type { OrderMethod } from '../method.ts'

/**
 * The longest run of items that follow one another in the right order and come in that order in the response, where
 * others may stand between, over n; one alone is no run. Moodle's "longest contiguous subset".
 */
export const longestRun: OrderMethod = {
  method: 'longest-run',
  parameters: {},
  score(ranks) {
    const places = ranks.map((_rank, item) => ranks.indexOf(item))
    let [length, longest] = [1, 1]
    for (let item = 1; item < places.length; item++) {
      length = places[item]! > places[item - 1]! ? length + 1 : 1
      longest = Math.max(longest, length)
    }
    return longest > 1 ? new Fraction(longest, ranks.length) : ZERO
  },
}
