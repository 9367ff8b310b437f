import type { Completeness } from './control.ts'
import type { Strings } from '../strings/en.ts'

/** What the server takes as a text, by rules that are public. Length is in code points, an emoji being one. */
export const MAX_SHORT_TEXT = 1000
export const MAX_ESSAY = 10_000

export function lengthOf(text: string): number {
  return Array.from(text.normalize('NFC')).length
}

/** What is wrong with something typed, in the words of a language. */
export type Complaint = (strings: Strings['controls']) => string

/** Null where nothing is wrong. A text that says nothing is not wrong. */
export function complaintAbout(text: string, maxLength: number): Complaint | null {
  if (!isReadable(text)) return ({ unreadable }) => unreadable
  const length = lengthOf(text)
  return length > maxLength ? ({ tooLong }) => tooLong(length, maxLength) : null
}

export function completenessOfText(text: string, maxLength: number): Completeness {
  if (complaintAbout(text, maxLength) !== null) return 'malformed'
  return text.trim() === '' ? 'blank' : 'complete'
}

/** Halves of surrogate pairs are no characters, and no writing puts more than 30 marks on a letter. */
function isReadable(text: string): boolean {
  return text.isWellFormed() && !/\p{M}{31}/u.test(text)
}
