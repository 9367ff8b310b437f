import { maxCharacters } from '../max-characters.ts'
import { NfcString } from './nfc.ts'
import * as v from 'valibot'

/** Text as a learner sends it, of at most 10,000 characters after NFC. It may be empty: that takes an answer back. */
export const MAX_TEXT = 10_000

export const Text = v.pipe(NfcString, maxCharacters(MAX_TEXT))

/** The bound that a question puts on its texts. */
export function maxLengthUpTo<const Limit extends number>(limit: Limit) {
  return v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(limit))
}

export function isLonger(text: string, characters: number): boolean {
  const normal = text.normalize('NFC')
  return normal.length > characters && Array.from(normal).length > characters
}

/** The form that texts share which only white space at the ends or the encoding of characters keeps apart. */
export function canonicalText(text: string): string {
  return text.normalize('NFC').trim()
}
