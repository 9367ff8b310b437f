import * as v from 'valibot'

/**
 * Text in NFC. Normalising takes time that grows with the square of a run of combining marks, so runs are as long as
 * UAX #15 lets them be in stream-safe text: 30, where writing has three or four.
 */
export const NfcString = v.pipe(
  v.string(),
  v.check((text) => text.isWellFormed(), 'Expected text without half a surrogate pair.'),
  v.check((text) => !LONG_RUN.test(text), 'Expected at most 30 combining marks in a row.'),
  v.normalize('NFC'),
)

const LONG_RUN = /\p{M}{31}/u
