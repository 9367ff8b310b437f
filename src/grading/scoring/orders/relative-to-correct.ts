import { Fraction } from '../../fraction.ts'
import type { OrderMethod } from '../method.ts'

/** Σ max(0, n − 1 − |place − right place|) / n(n − 1): the nearer, the more. Moodle's "relative to correct". */
export const relativeToCorrect: OrderMethod = {
  method: 'relative-to-correct',
  parameters: {},
  score(ranks) {
    const n = ranks.length
    const nearness = ranks.reduce((sum, rank, place) => sum + Math.max(0, n - 1 - Math.abs(place - rank)), 0)
    return new Fraction(nearness, n * (n - 1))
  },
}
