/** What texts are checked against: slow, by the definitions alone. Nothing here knows the code under test. */

/** Every word of at most `length` letters, the empty one first. */
export function words(letters: string, length: number): string[] {
  if (length === 0) return ['']
  const shorter = words(letters, length - 1)
  const longest = shorter.filter((word) => word.length === length - 1)
  return [...shorter, ...longest.flatMap((word) => [...letters].map((letter) => word + letter))]
}

/**
 * Optimal string alignment: the least number of characters put in, taken out, replaced or swapped with a neighbour, where
 * what was swapped is not edited again. By trying everything from the front.
 */
export function edits(from: string, to: string): number {
  if (from === '' || to === '') return from.length + to.length
  if (from[0] === to[0]) return edits(from.slice(1), to.slice(1))
  const ways = [edits(from.slice(1), to), edits(from, to.slice(1)), edits(from.slice(1), to.slice(1))]
  const isSwapped = from.length > 1 && to.length > 1 && from[0] === to[1] && from[1] === to[0]
  if (isSwapped) ways.push(edits(from.slice(2), to.slice(2)))
  return 1 + Math.min(...ways)
}

/** Whether a wildcard accepts a text, by trying every length for each star. */
export function fits(wildcard: string, text: string): boolean {
  if (wildcard === '') return text === ''
  if (wildcard.startsWith('*')) {
    return Array.from({ length: text.length + 1 }, (_, length) => text.slice(length)).some((rest) =>
      fits(wildcard.slice(1), rest),
    )
  }
  const escaped = wildcard.startsWith('\\*') || wildcard.startsWith('\\\\') ? 1 : 0
  return text !== '' && wildcard[escaped] === text[0] && fits(wildcard.slice(1 + escaped), text.slice(1))
}

/** A text of exactly `length` characters: as many units as fit between the head and the tail, the last one cut. */
export function fill(length: number, unit: string, head = '', tail = ''): string {
  return head + unit.repeat(length).slice(0, length - head.length - tail.length) + tail
}
