import { Fraction } from './fraction.ts'
import * as v from 'valibot'

/**
 * A decimal as people and programs write it: a string, or a JSON number. Never a float: "0.1" and 0.1 are one tenth. A
 * JSON number beyond 2^53 has lost digits before anybody could read them, so it has to be written as a string.
 */
export const MAX_DECIMAL_LENGTH = 64
const MAX_EXPONENT = 308
const WRITTEN = /^\s*([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d{1,3}))?\s*$/

const EXPECTED = 'Expected a decimal such as "268435456" or "-2.5e3".'

export const Decimal = v.union([
  v.pipe(v.string(), v.maxLength(MAX_DECIMAL_LENGTH), v.regex(WRITTEN, EXPECTED), v.check(isDecimal, EXPECTED)),
  v.pipe(
    v.number(),
    v.minValue(Number.MIN_SAFE_INTEGER),
    v.maxValue(Number.MAX_SAFE_INTEGER),
    v.check((value) => isDecimal(String(value)), EXPECTED),
  ),
])
export type Decimal = v.InferOutput<typeof Decimal>

export function isDecimal(text: string): boolean {
  return text.length <= MAX_DECIMAL_LENGTH && read(text) !== null
}

/** The exact value of a decimal that {@link isDecimal}. */
export function toExact(decimal: Decimal): Fraction {
  const value = read(String(decimal))
  if (value === null) throw new Error('A decimal that was admitted cannot be read.')
  return value
}

function read(text: string): Fraction | null {
  const [, sign, whole = '', behind = '', alone = '', exponent = '0'] = WRITTEN.exec(text) ?? []
  const decimals = behind + alone
  const digits = whole + decimals
  if (digits === '' || Math.abs(Number(exponent)) > MAX_EXPONENT) return null
  const power = Number(exponent) - decimals.length
  const coefficient = BigInt(`${sign === '-' ? '-' : ''}${digits}`)
  return power < 0 ? new Fraction(coefficient, 10n ** BigInt(-power)) : new Fraction(coefficient * 10n ** BigInt(power))
}

/** The decimal of an exact value, or null where it has no end or is too long to be one. */
export function toDecimal(value: Fraction): string | null {
  const places = decimalPlaces(value.d)
  if (places === null) return null
  const sign = value.s < 0n ? '-' : ''
  const digits = ((value.n * 10n ** BigInt(places)) / value.d).toString().padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const plain = `${sign}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''}`
  if (plain.length <= MAX_DECIMAL_LENGTH) return plain
  const [, figures = '', zeros = ''] = /^0*(\d*?)(0*)$/.exec(digits) ?? []
  const power = zeros.length - places
  const decimals = figures.length > 1 ? `.${figures.slice(1)}` : ''
  const scientific = `${figures.slice(0, 1)}${decimals}e${power + figures.length - 1}`
  return [scientific, `${figures}e${power}`].map((short) => sign + short).find(isDecimal) ?? null
}

const MAX_PLACES = MAX_EXPONENT + MAX_DECIMAL_LENGTH

/** How many decimals a fraction with this denominator has. Null where they have no end: there is a factor beside 2 and 5. */
function decimalPlaces(denominator: bigint): number | null {
  let rest = denominator
  let places = 0
  while (rest > 1n && places < MAX_PLACES) {
    const common = rest % 10n === 0n ? 10n : rest % 5n === 0n ? 5n : rest % 2n === 0n ? 2n : 0n
    if (common === 0n) return null
    rest /= common
    places++
  }
  return rest === 1n ? places : null
}
