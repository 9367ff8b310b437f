import { changesOf } from '../../src/bank/changes/key-changes.ts'
import type { AuthoredQuestion } from '../../src/content/document.ts'
import { parseDocument } from '../../src/content/parse-document.ts'
import { parse } from '../../src/grading/issue.ts'
import { questionType } from '../../src/grading/types/registry.ts'

/** A quiz document of these questions alone. */
export function documentOf(...questions: readonly object[]): object {
  return { title: 'A quiz', access: 'public', sections: [{ id: 'one', title: 'One' }], questions }
}

/** A question as the server reads it. `members` is what its type adds, and whatever else it has. */
export function authored(type: string, key: unknown, members: object = {}): AuthoredQuestion {
  const common = { id: 'q', section: 'one', prompt: 'Which?', explanation: 'Because.' }
  const parsed = parseDocument(documentOf({ ...common, type, key, ...members }))
  if (!parsed.ok) throw new Error(`No question: ${JSON.stringify(parsed.issues)}`)
  return parsed.value.questions[0]!
}

/** Entries of these ids. */
export function entries(ids: string): { id: string; text: string }[] {
  return [...ids].map((id) => ({ id, text: `The text of ${id}` }))
}

type Changes = Readonly<Record<string, unknown>>

/** What an author's key becomes when it is read. */
function read(type: string, key: unknown): unknown {
  const parsed = parse(questionType(type).key, key)
  if (!parsed.ok) throw new Error(`No key: ${JSON.stringify(key)}`)
  return parsed.value
}

/** The changes of a key, by what holds in them. */
export function changes(type: string, key: unknown, members: object = {}): Changes {
  return Object.fromEntries(changesOf(authored(type, key, members)).map((change) => [change.what, change.key]))
}

/** The keys that are expected, by what holds in them, as an author would write them. */
export function keys(type: string, expected: Changes): Changes {
  return Object.fromEntries(Object.entries(expected).map(([what, key]) => [what, read(type, key)]))
}
