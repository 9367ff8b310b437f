import { Fraction } from '../../fraction.ts'
import type { OrderMethod } from '../method.ts'

/** The share of the items that are in their right place. Moodle's "absolute position". */
export const absolutePosition: OrderMethod = {
  method: 'absolute-position',
  parameters: {},
  score: (ranks) => new Fraction(ranks.filter((rank, place) => rank === place).length, ranks.length),
}
