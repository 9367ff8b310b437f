/**
 * Whether one text becomes another by at most `limit` edits: a character put in, taken out, replaced, or swapped with its
 * neighbour, no place edited twice (optimal string alignment). Characters are code points.
 *
 * What lies farther than `limit` from the diagonal is out of reach, so a row holds 2 · limit + 1 cells, and the time grows
 * with the length times the limit. A row that has no cell within the limit ends it.
 */
export function isWithinEdits(a: string, b: string, limit: number): boolean {
  if (a === b) return true
  // A code point has one unit or two.
  if (limit === 0 || Math.abs(a.length - b.length) > 2 * limit) return false
  const [from, to] = [Array.from(a), Array.from(b)]
  if (Math.abs(from.length - to.length) > limit) return false
  const tooMany = limit + 1
  /** Least edits from the first `row` characters to the first `column`, which is `row - limit + index`. */
  let beforeLast = Array.from({ length: 2 * limit + 1 }, () => tooMany)
  let last = beforeLast.map((_, index) => (index < limit ? tooMany : index - limit))
  for (let row = 1; row <= from.length; row++) {
    const current: number[] = []
    for (let index = 0; index <= 2 * limit; index++) {
      const column = row - limit + index
      const diagonal = last[index]! + (from[row - 1] === to[column - 1] ? 0 : 1)
      const takenOut = (last[index + 1] ?? tooMany) + 1
      const putIn = (current[index - 1] ?? tooMany) + 1
      const swapped =
        column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
          ? beforeLast[index]! + 1
          : tooMany
      const isCell = column > 0 && column <= to.length
      current.push(isCell ? Math.min(diagonal, takenOut, putIn, swapped) : column === 0 ? row : tooMany)
    }
    if (Math.min(...current) > limit) return false
    ;[beforeLast, last] = [last, current]
  }
  return last[to.length - from.length + limit]! <= limit
}
