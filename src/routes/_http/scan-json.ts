import type { ErrorDetail } from '../../errors.ts'
import { toPointer } from '../../grading/issue.ts'

/** How deep a body may nest. */
const MAX_DEPTH = 32

interface Container {
  readonly keys: Set<string> | null
  step: string | number
}

/**
 * Finds what `JSON.parse` lets pass and no schema sees: a member named twice, nesting without end, `__proto__`, numbers
 * that are no longer finite, NUL and lone surrogates. Takes text that is known to be JSON, and does not recurse.
 */
export function scanJson(text: string): ErrorDetail | null {
  const open: Container[] = []
  const here = (step?: string | number) => {
    const steps = open.slice(0, -1).map((container) => container.step)
    const last = step ?? open.at(-1)?.step
    return toPointer(last === undefined ? steps : [...steps, last])
  }
  let expectsKey = false
  for (const [token] of text.matchAll(TOKEN)) {
    const top = open.at(-1)
    if (token === '{' || token === '[') {
      if (open.length === MAX_DEPTH)
        return { pointer: here(), code: 'too-deep', detail: `Nested more than ${MAX_DEPTH} deep.` }
      open.push(token === '{' ? { keys: new Set(), step: '' } : { keys: null, step: 0 })
      expectsKey = token === '{'
    } else if (token === '}' || token === ']') {
      open.pop()
      expectsKey = false
    } else if (token === ',') {
      if (typeof top?.step === 'number') top.step += 1
      expectsKey = top?.keys !== null
    } else if (token.startsWith('"')) {
      const value = JSON.parse(token) as string
      if (value.includes('\0') || !value.isWellFormed()) {
        return {
          pointer: here(expectsKey ? '' : undefined),
          code: 'invalid-text',
          detail: 'Text with NUL or half a surrogate pair.',
        }
      }
      if (expectsKey && top?.keys) {
        if (value === '__proto__')
          return { pointer: here(value), code: 'unknown-field', detail: 'This field is not known here.' }
        if (top.keys.has(value))
          return { pointer: here(value), code: 'duplicate', detail: 'This member is named twice.' }
        top.keys.add(value)
        top.step = value
        expectsKey = false
      }
    } else if (!Number.isFinite(Number(token))) {
      return { pointer: here(), code: 'invalid-shape', detail: 'A number out of range.' }
    }
  }
  return null
}

/** Strings, numbers and structure; literals and colons say nothing here. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[{}[\],]/g
