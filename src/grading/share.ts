import { Fraction, hasDecimals, MAX_DECIMALS } from './fraction.ts'
import * as v from 'valibot'

/**
 * A share of a question's points as authors write it: a decimal, or an exact fraction such as "1/3". A sum of thirds is
 * whole only where they are written so.
 */
const WRITTEN_SHARE = /^(?:[01]|[01]?\.\d{1,6}|\d{1,4}\/[1-9]\d{0,3})$/
const SIGNED_SHARE = new RegExp(`^-?${WRITTEN_SHARE.source.slice(1)}`)

function exactShare(least: number, pattern: RegExp, example: string) {
  const expected = `Expected a share of the points from ${least} to 1, such as ${example}.`
  return v.pipe(
    v.string(),
    v.regex(pattern, expected),
    v.check((text) => new Fraction(text).abs().compare(1) <= 0, expected),
  )
}

function anyShare(least: number, exact: ReturnType<typeof exactShare>) {
  return v.union([
    v.pipe(
      v.number(),
      v.minValue(least),
      v.maxValue(1),
      v.check((share) => hasDecimals(share, MAX_DECIMALS), 'Expected at most six decimals.'),
    ),
    exact,
  ])
}

export const ExactShare = exactShare(0, WRITTEN_SHARE, '1, 0.5 or "1/3"')

/** From 0 to 1. */
export const Share = anyShare(0, ExactShare)
export type Share = v.InferOutput<typeof Share>

/** From -1 to 1: a wrong option can cost. */
export const SignedShare = anyShare(-1, exactShare(-1, SIGNED_SHARE, '1, 0.5 or "-1/3"'))

/** The exact value of a share. */
export function toFraction(share: Share): Fraction {
  return new Fraction(typeof share === 'number' ? share.toFixed(MAX_DECIMALS) : share)
}
