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

/**
 * Whether a whole text is what a wildcard says. The leftmost place of each piece leaves the most to those behind it.
 *
 * A text has no space at its ends, so beside an outer star that stands for nothing none is asked for: `a *` is also "a".
 * Where runs of space count as one, so do the two spaces around a star that stands for nothing: `a * b` is also "a b".
 */
export function matchesWildcard([first = '', ...rest]: Wildcard, trimmed: string, collapsed: boolean): boolean {
  const last = rest.pop()
  if (last === undefined) return trimmed === first
  const text = `${first === '' ? ' ' : ''}${trimmed}${last === '' ? ' ' : ''}`
  if (!text.startsWith(first) || !text.endsWith(last)) return false
  const end = text.length - last.length
  let from = first.length
  const shared = (piece: string) => (collapsed && piece.startsWith(' ') && text[from - 1] === ' ' ? 1 : 0)
  for (const piece of rest) {
    const at = text.indexOf(piece, from - shared(piece))
    if (at < 0) return false
    from = Math.max(from, at + piece.length)
  }
  return from - shared(last) <= end
}
