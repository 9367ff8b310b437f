import { AnswerkeyError } from '../../errors.ts'
import { strictObject } from '../../grading/strict-object.ts'
import * as v from 'valibot'

const DEFAULT_LIMIT = 50

/** The query of a list: how many, and where the page before it ended. */
export function pageQuery(defaultLimit: number) {
  return strictObject({
    limit: v.optional(
      v.pipe(
        v.string(),
        v.regex(/^(?:[1-9]\d?|1\d\d|200)$/, 'Expected a whole number from 1 to 200.'),
        v.description('1 to 200.'),
      ),
      String(defaultLimit),
    ),
    cursor: v.optional(
      v.pipe(
        v.string(),
        v.regex(/^[A-Za-z0-9_-]{1,1100}$/, 'Expected a nextCursor.'),
        v.description('The nextCursor of the page before.'),
      ),
    ),
  })
}

export const PageQuery = pageQuery(DEFAULT_LIMIT)

/** A page's end as an opaque text. It may be anything that callers name: the longest is an id of 200 characters. */
export function toCursor(value: string | number): string {
  const bytes = new TextEncoder().encode(String(value))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** The text that a cursor stands for, where it has the form of what the list's own cursors hold. */
export function fromCursor(cursor: string, form: RegExp = /^/): string {
  const text = decode(cursor)
  if (text === null || !form.test(text)) throw notOurs()
  return text
}

function decode(cursor: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0))
    // A byte order mark is a character like any other here.
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** The number that a cursor stands for. */
export function fromNumberCursor(cursor: string): number {
  return Number(fromCursor(cursor, /^\d{1,15}$/))
}

/** Where the next page is: the same request with another cursor. */
export function nextPageOf(request: Request, publicUrl: string, cursor: string): string {
  const { pathname, searchParams } = new URL(request.url)
  searchParams.set('cursor', cursor)
  return `${publicUrl}${pathname}?${searchParams.toString()}`
}

/** The quiz and the attempt that a cursor stands for. */
export function fromAttemptCursor(cursor: string): { quiz: string; id: string } {
  const [, quiz, id] = /^([a-z0-9-]{1,64}) (att_[A-Za-z0-9_-]{1,60})$/.exec(fromCursor(cursor)) ?? []
  if (quiz === undefined || id === undefined) throw notOurs()
  return { quiz, id }
}

function notOurs(): AnswerkeyError {
  return new AnswerkeyError('invalid-input', 'The query is not valid.', {
    errors: [{ pointer: '', code: 'invalid-shape', detail: 'Query parameter cursor: expected a nextCursor.' }],
  })
}
