import { RE2JS } from 're2js'

/**
 * An author's regular expression in RE2's syntax: whoever writes it, it takes time that is linear in the text. Never
 * `new RegExp`, which takes exponential time for some.
 */
export type Pattern = RE2JS

/** Null where the text is no such pattern. */
export function readPattern(written: string, caseSensitive: boolean): Pattern | null {
  const name = `${caseSensitive ? '=' : '~'}${written}`
  const known = compiled.get(name)
  if (known !== undefined) return known
  const pattern = compile(written, caseSensitive)
  const [oldest] = compiled.keys()
  if (compiled.size >= MAX_COMPILED && oldest !== undefined) compiled.delete(oldest)
  compiled.set(name, pattern)
  return pattern
}

/**
 * Compiling takes longer than matching, and every request replays its attempt's whole log. What is remembered is a function
 * of the text alone.
 */
const compiled = new Map<string, Pattern | null>()
const MAX_COMPILED = 100

function compile(written: string, caseSensitive: boolean): Pattern | null {
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
 * How many steps it takes at most to compile a pattern and to match it with that many characters, for the first time. A
 * step is about 50 nanoseconds. The figures were measured; they hold for the worst patterns, and most take far less.
 */
export function stepsOfPattern(written: string, pattern: Pattern, caseSensitive: boolean, characters: number): number {
  const size = pattern.programSize()
  // Repetitions with a count are written out. Where that makes much of little, many ways lead on from every character.
  const density = size > 250 && size > 2 * written.length ? 4 : 1
  return stepsToCompile(written, size, caseSensitive) + (density * size + 8) * characters
}

/**
 * A class of Unicode is a long table, and every copy of a class is built anew. To ignore case in a range, each of its
 * characters is looked up.
 */
function stepsToCompile(written: string, size: number, caseSensitive: boolean): number {
  const classes = written.match(/\[|\\[dDsSwW]/g)?.length ?? 0
  const tables = written.match(/\\[pP]/g)?.length ?? 0
  const longestClass = Math.max(0, ...[...written.matchAll(/\[[^\]]*\]/g)].map(([text]) => text.length))
  const folded = caseSensitive && !written.includes('(?') ? 0 : charactersInRanges(written)
  return 300 + size * (10 + longestClass + (tables > 0 ? 700 : 0)) + classes * 200 + tables * 4000 + folded / 2
}

/** Of the characters that have a case. A range that holds them all is not looked up. */
function charactersInRanges(written: string): number {
  return [...written.matchAll(RANGE)].reduce((sum, [, from, to]) => {
    const [first, last] = [Math.max(codePoint(from!), FIRST_WITH_CASE), Math.min(codePoint(to!), LAST_WITH_CASE)]
    const isAll = first === FIRST_WITH_CASE && last === LAST_WITH_CASE
    return sum + (isAll ? 0 : Math.max(0, last - first))
  }, 0)
}

const FIRST_WITH_CASE = 0x41
const LAST_WITH_CASE = 0x1e943
const RANGE = /(\\x\{[0-9a-fA-F]+\}|[^])-(?=(\\x\{[0-9a-fA-F]+\}|[^]))/gu

function codePoint(written: string): number {
  return written.startsWith('\\x{') ? Number.parseInt(written.slice(3), 16) : written.codePointAt(0)!
}
