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

/** Instructions of the compiled pattern: matching takes at most so many steps a character. */
export function sizeOf(pattern: Pattern): number {
  return pattern.programSize()
}
