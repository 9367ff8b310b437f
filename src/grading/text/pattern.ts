import { RE2JS } from 're2js'

/**
 * An author's regular expression in RE2's syntax: whoever writes it, it takes time that is linear in the text. Never
 * `new RegExp`, which takes exponential time for some.
 */
export type Pattern = RE2JS

/** Null where the text is no such pattern. */
export function readPattern(written: string, caseSensitive: boolean): Pattern | null {
  try {
    return RE2JS.compile(written, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE)
  } catch {
    return null
  }
}

/** Whether the whole text is what the pattern says. */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  return pattern.matches(text)
}

/**
 * How many steps it takes at most to compile a pattern and to match it with that many characters. A step is about 50
 * nanoseconds. The figures were measured; they hold for the worst patterns, and most take far less.
 */
export function stepsOfPattern(written: string, pattern: Pattern, characters: number): number {
  const size = pattern.programSize()
  return stepsToCompile(written, size) + (size + 8) * characters
}

/**
 * A class of Unicode is a long table, and every copy of a class is built anew. To ignore case in a range, each of its
 * characters is looked up.
 */
function stepsToCompile(written: string, size: number): number {
  const tables = written.match(/\\[pP]/g)?.length ?? 0
  const longestClass = Math.max(0, ...[...written.matchAll(/\[[^\]]*\]/g)].map(([text]) => text.length))
  const ranges = [...written.matchAll(RANGE)].map(([, from, to]) => Math.max(0, codePoint(to!) - codePoint(from!)))
  const inRanges = ranges.reduce((sum, span) => sum + span, 0)
  return 300 + size * (10 + longestClass + (tables > 0 ? 700 : 0)) + tables * 2000 + inRanges / 2
}

const RANGE = /(\\x\{[0-9a-fA-F]+\}|[^])-(?=(\\x\{[0-9a-fA-F]+\}|[^]))/gu

function codePoint(written: string): number {
  return written.startsWith('\\x{') ? Number.parseInt(written.slice(3), 16) : written.codePointAt(0)!
}
