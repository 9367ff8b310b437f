import * as v from 'valibot'

/** One thing that is wrong with an input: where (a path of property names and indices), a stable code, and a sentence. */
export interface Issue {
  readonly path: readonly (string | number)[]
  readonly code: 'invalid-shape' | 'unknown-field' | 'unknown-id' | 'duplicate' | 'inconsistent' | 'not-supported'
  readonly detail: string
}

export function under(path: readonly (string | number)[], issues: readonly Issue[]): Issue[] {
  return issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }))
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly Issue[] }

/** Places that are named: an input can be wrong in more of them than anyone would read. */
export const MAX_ISSUES = 50

/**
 * Validates an input against a schema. What is said of a mismatch comes from the schema alone and never repeats the
 * input. Schemas are part of the contract: one made of a key must never come here.
 */
export function parse<Schema extends v.GenericSchema>(schema: Schema, input: unknown): Parsed<v.InferOutput<Schema>> {
  // A check never sees what an earlier one has refused, and a value is complained about once.
  const result = v.safeParse(schema, input, { abortPipeEarly: true })
  if (result.success) return { ok: true, value: result.output }
  return { ok: false, issues: result.issues.slice(0, MAX_ISSUES).map(toIssue) }
}

function toIssue(issue: v.BaseIssue<unknown>): Issue {
  const path = (issue.path ?? []).map((item) => item.key as string | number)
  if (issue.expected === 'never') return { path, code: 'unknown-field', detail: 'This field is not known here.' }
  return { path, code: 'invalid-shape', detail: detailOf(issue) }
}

/** A sentence that says what is expected. valibot's own messages repeat the input, and begin with "Invalid". */
function detailOf(issue: v.BaseIssue<unknown>): string {
  if (issue.received === 'undefined') return 'A value is missing here.'
  if (!issue.message.startsWith('Invalid')) return issue.message
  const bound = BOUNDS.get(issue.type)
  if (bound) return `Expected ${bound} ${String(issue.requirement)}.`
  return `Expected ${issue.expected ?? 'something else'}.`
}

const BOUNDS = new Map([
  ['min_length', 'a length of at least'],
  ['max_length', 'a length of at most'],
  ['min_value', 'at least'],
  ['max_value', 'at most'],
])

/** Where an issue is, as a JSON pointer (RFC 6901). */
export function toPointer(path: readonly (string | number)[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
