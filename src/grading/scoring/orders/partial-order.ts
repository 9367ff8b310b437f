import { Fraction, ZERO } from '../../fraction.ts'

/**
 * max(0, (L − d) / L), L the number of items and d the least number of deletions and insertions that makes the response a
 * valid order. PrairieLearn's order blocks.
 *
 * Two items conflict where the later one must come first. The most items that can stay as they are is a largest set without
 * a conflict; each of the others is deleted and inserted again. Conflicts are transitive (a dependency and a place in the
 * response both are), so such a set is an antichain, and its size is that of the items less a greatest matching
 * (Dilworth's theorem): no search over orders is needed.
 *
 * `conflicts(earlier, later)` speaks of places in the response.
 */
export function partialOrder(size: number, conflicts: (earlier: number, later: number) => boolean): Fraction {
  const moved = greatestMatching(size, conflicts)
  const left = size - 2 * moved
  return left > 0 ? new Fraction(left, size) : ZERO
}

/** The size of a greatest matching between places and later ones they conflict with, by augmenting paths. */
function greatestMatching(size: number, conflicts: (earlier: number, later: number) => boolean): number {
  const matched = new Map<number, number>()
  const augment = (earlier: number, seen: Set<number>): boolean => {
    for (let later = earlier + 1; later < size; later++) {
      if (seen.has(later) || !conflicts(earlier, later)) continue
      seen.add(later)
      const other = matched.get(later)
      if (other === undefined || augment(other, seen)) {
        matched.set(later, earlier)
        return true
      }
    }
    return false
  }
  let count = 0
  for (let earlier = 0; earlier < size; earlier++) if (augment(earlier, new Set())) count++
  return count
}
