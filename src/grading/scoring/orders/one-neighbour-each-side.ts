import { Fraction } from '../../fraction.ts'
import type { OrderMethod } from '../method.ts'
import { rightSuccessors } from './neighbours.ts'

/**
 * (right predecessors + right successors) / 2n: nothing comes before the first item and after the last one, and both
 * count. Moodle's "relative to both the previous and next item".
 */
export const oneNeighbourEachSide: OrderMethod = {
  method: 'one-neighbour-each-side',
  parameters: {},
  score(ranks) {
    const last = ranks.length - 1
    const ends = (ranks[0] === 0 ? 1 : 0) + (ranks[last] === last ? 1 : 0)
    return new Fraction(2 * rightSuccessors(ranks) + ends, 2 * ranks.length)
  },
}
