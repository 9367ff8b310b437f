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
        v.regex(/^[A-Za-z0-9_-]{1,200}$/, 'Expected a nextCursor.'),
        v.description('The nextCursor of the page before.'),
      ),
    ),
  })
}

export const PageQuery = pageQuery(DEFAULT_LIMIT)

/** A page's end, which is ASCII, as an opaque text. */
export function toCursor(value: string | number): string {
  return btoa(String(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The text that a cursor stands for. */
export function fromCursor(cursor: string): string {
  try {
    return atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    throw notOurs()
  }
}

/** The number that a cursor stands for. */
export function fromNumberCursor(cursor: string): number {
  const text = fromCursor(cursor)
  if (!/^\d{1,15}$/.test(text)) throw notOurs()
  return Number(text)
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
