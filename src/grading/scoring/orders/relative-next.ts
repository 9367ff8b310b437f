import { Fraction } from '../../fraction.ts'
import type { OrderMethod } from '../method.ts'
import { rightSuccessors } from './neighbours.ts'
import * as v from 'valibot'

/**
 * Right successor pairs over n − 1; with `includeLast` the end counts as the last item's successor, and the sum is over n.
 * Moodle's "relative to the next item", without and with the last one.
 */
export const relativeNext: OrderMethod<{ includeLast: boolean }> = {
  method: 'relative-next',
  parameters: { includeLast: v.optional(v.boolean(), false) },
  variants: [{ includeLast: false }, { includeLast: true }],
  score(ranks, { includeLast }) {
    const pairs = rightSuccessors(ranks)
    const last = ranks.length - 1
    if (!includeLast) return new Fraction(pairs, last)
    return new Fraction(pairs + (ranks[last] === last ? 1 : 0), ranks.length)
  },
}
