import { Decimal, toExact } from '../decimal.ts'
import { type Fraction, ONE, ZERO } from '../fraction.ts'
import type { Issue } from '../issue.ts'
import { plainOr } from '../one-of.ts'
import { own } from '../own.ts'
import { Share, toFraction } from '../share.ts'
import { strictObject } from '../strict-object.ts'
import { strictRecord } from '../strict-record.ts'
import { NfcString } from '../text/nfc.ts'
import * as v from 'valibot'

/** The units that a question lists for learners, and what each means to its key. */
const Unit = v.pipe(
  NfcString,
  v.regex(/^\S(?:.{0,38}\S)?$/u, 'Expected a unit of 1 to 40 characters, without space around it.'),
)

export const UnitNames = v.pipe(
  v.array(Unit),
  v.minLength(1),
  v.maxLength(20),
  v.check((units) => new Set(units).size === units.length, 'Expected every unit once.'),
)

const Factor = v.pipe(
  Decimal,
  v.check((factor) => toExact(factor).compare(ZERO) > 0, 'Expected a factor above 0.'),
)
const UnitKey = plainOr(Factor, strictObject({ factor: Factor, fraction: v.optional(Share, 1) }))

export const UnitKeys = strictRecord(Unit, UnitKey)
export type UnitKeys = Readonly<Record<string, v.InferOutput<typeof UnitKey>>>

/** What a number in a unit is multiplied by before it is compared, and the share that an answer in it earns. */
export function unitOf(keys: UnitKeys | undefined, unit: string | undefined): { factor: Fraction; fraction: Fraction } {
  const key = keys && unit !== undefined ? own(keys, unit.normalize('NFC')) : undefined
  if (key === undefined) return { factor: ONE, fraction: ONE }
  if (typeof key !== 'object') return { factor: toExact(key), fraction: ONE }
  return { factor: toExact(key.factor), fraction: toFraction(key.fraction) }
}

/** The key has the units that learners see, and none besides. */
export function checkUnits(units: readonly string[] = [], keys: UnitKeys = {}): Issue[] {
  const unknown = Object.keys(keys).filter((unit) => !units.includes(unit))
  if (unknown.length > 0) {
    return unknown.map((unit) => ({
      path: ['units', unit],
      code: 'unknown-id',
      detail: 'The question lists no such unit.',
    }))
  }
  const detail = checkListed(units, keys)
  return detail === null ? [] : [{ path: ['units'], code: 'inconsistent', detail }]
}

function checkListed(units: readonly string[], keys: UnitKeys): string | null {
  if (units.length === 0) return null
  if (units.some((unit) => own(keys, unit) === undefined)) return 'Expected a factor for every unit of the question.'
  return units.some((unit) => unitOf(keys, unit).fraction.equals(ONE)) ? null : 'No unit earns everything.'
}
