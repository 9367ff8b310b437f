import { ONE, ZERO } from '../../fraction.ts'
import type { OrderMethod } from '../method.ts'

/** Everything or nothing. Moodle's "all or nothing". */
export const exactOrder: OrderMethod = {
  method: 'exact',
  parameters: {},
  score: (ranks) => (ranks.every((rank, place) => rank === place) ? ONE : ZERO),
}
