import { Id } from '../grading/identifiers.ts'
import { parse } from '../grading/issue.ts'

/**
 * The id of an option whose author pinned none: `o` and the first ten hex digits of SHA-256 over the question's id, NUL
 * and the text (NFC, UTF-8). It depends on nothing else, least of all on being right.
 */
export async function deriveId(question: string, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(`${question}\0${text.normalize('NFC')}`)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return `o${[...digest.subarray(0, 5)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

export function isId(candidate: string): boolean {
  return parse(Id, candidate).ok
}

export const ID_RULE = 'letters, digits, "_" and "-", at most 64, a letter or digit first'
