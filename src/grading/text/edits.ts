/**
 * Whether one text becomes another by at most `limit` edits: a character put in, taken out, replaced, or swapped with its
 * neighbour, no place edited twice (optimal string alignment). Characters are code points. Takes time that grows with the
 * length times the limit: what lies farther from the diagonal is out of reach.
 */
export function isWithinEdits(a: string, b: string, limit: number): boolean {
  if (a === b) return true
  if (limit === 0) return false
  const [from, to] = [Array.from(a), Array.from(b)]
  if (Math.abs(from.length - to.length) > limit) return false
  /** Least edits from the first `row` characters to the first `column`, for the last rows; outside the band, too many. */
  let beforeLast: number[] = []
  let last = Array.from({ length: Math.min(limit, to.length) + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const current: number[] = []
    if (row <= limit) current[0] = row
    for (let column = Math.max(1, row - limit); column <= Math.min(to.length, row + limit); column++) {
      const same = from[row - 1] === to[column - 1]
      let least = Math.min(
        (last[column - 1] ?? TOO_MANY) + (same ? 0 : 1),
        (last[column] ?? TOO_MANY) + 1,
        (current[column - 1] ?? TOO_MANY) + 1,
      )
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        least = Math.min(least, (beforeLast[column - 2] ?? TOO_MANY) + 1)
      }
      current[column] = least
    }
    ;[beforeLast, last] = [last, current]
  }
  return (last[to.length] ?? TOO_MANY) <= limit
}

const TOO_MANY = Number.POSITIVE_INFINITY
