import { Fraction } from 'fraction.js'

export { Fraction }
export const ZERO = new Fraction(0)
export const ONE = new Fraction(1)

/**
 * The exact value of a decimal that came out of JSON, such as 0.1.
 * Takes what {@link hasDecimals} admits, so that no exponent is met.
 */
export function exact(decimal: number): Fraction {
  return new Fraction(decimal.toFixed(MAX_DECIMALS))
}

/** Weights, penalties and thresholds are written with at most this many decimals. */
export const MAX_DECIMALS = 6

export function hasDecimals(value: number, decimals: number): boolean {
  return Number(value.toFixed(decimals)) === value
}

/** Limits a fraction to 0..1. */
export function clamp(fraction: Fraction): Fraction {
  if (fraction.compare(ZERO) < 0) return ZERO
  return fraction.compare(ONE) > 0 ? ONE : fraction
}
