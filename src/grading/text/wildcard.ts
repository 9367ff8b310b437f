/**
 * A text with `*` for any run of characters, also for none. `\*` is a star and `\\` a backslash; any other backslash
 * stands for itself.
 */
export type Wildcard = readonly string[]

/** The pieces between the stars. */
export function readWildcard(written: string): Wildcard {
  const pieces = ['']
  for (const [token] of written.matchAll(/\\[*\\]|\*+|[^]/gu)) {
    if (token.startsWith('*')) pieces.push('')
    else pieces[pieces.length - 1] += token.length === 2 && token.startsWith('\\') ? token.slice(1) : token
  }
  return pieces
}

/** Whether a whole text is what a wildcard says. The leftmost place of each piece leaves the most to those behind it. */
export function matchesWildcard([first = '', ...rest]: Wildcard, text: string): boolean {
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first) || !text.endsWith(last)) return false
  const end = text.length - last.length
  let from = first.length
  for (const piece of rest) {
    const at = text.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return from <= end
}
