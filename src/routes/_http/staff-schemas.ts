import { hasDecimals, MAX_DECIMALS } from '../../grading/fraction.ts'
import { maxCharacters } from '../../grading/max-characters.ts'
import { strictObject } from '../../grading/strict-object.ts'
import { NfcString } from '../../grading/text/nfc.ts'
import * as v from 'valibot'

/** Bytes of a body of staff, beside quiz documents. */
export const STAFF_BODY = 64_000

/** Why staff did something: it stays in the log. */
export const Reason = v.pipe(NfcString, v.minLength(1), maxCharacters(1000))

/** Points that a person gives, as they are written: at most three decimals. */
export const GivenPoints = v.pipe(
  v.number(),
  v.minValue(0),
  v.maxValue(100_000_000),
  v.check((points) => hasDecimals(points, 3), 'Expected at most three decimals.'),
)

const extensionEntries = {
  extraSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(366 * 24 * 60 * 60))),
  factor: v.optional(
    v.pipe(
      v.number(),
      v.minValue(1),
      v.maxValue(100),
      v.check((factor) => hasDecimals(factor, MAX_DECIMALS), 'Expected at most six decimals.'),
      v.description('So many times what the attempt has in all, from its start.'),
    ),
  ),
  unlimited: v.optional(v.literal(true)),
}

/** Exactly one kind of more time, and why. */
export const ExtensionInput = v.pipe(
  strictObject({ ...extensionEntries, reason: Reason }),
  v.check(
    ({ extraSeconds, factor, unlimited }) =>
      [extraSeconds, factor, unlimited].filter((kind) => kind !== undefined).length === 1,
    'Expected one of extraSeconds, factor and unlimited.',
  ),
  v.metadata({ ref: 'ExtensionInput' }),
)
