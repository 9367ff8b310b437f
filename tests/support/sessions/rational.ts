/** Exact fractions of big integers: what the model of sessions counts in. */
export interface Rational {
  readonly n: bigint
  readonly d: bigint
}

export const NOTHING: Rational = { n: 0n, d: 1n }
export const ALL: Rational = { n: 1n, d: 1n }

export const ratio = (n: number | bigint, d: number | bigint = 1): Rational => ({ n: BigInt(n), d: BigInt(d) })

/** A decimal of at most six places. */
export const decimal = (value: number): Rational => ratio(Math.round(value * 1e6), 1_000_000)

export const plus = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d })
export const minus = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d })
export const times = (a: Rational, b: Rational): Rational => ({ n: a.n * b.n, d: a.d * b.d })
export const compare = (a: Rational, b: Rational): number => {
  const difference = a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
export const isAll = (a: Rational): boolean => a.n === a.d
export const notBelowZero = (a: Rational): Rational => (a.n < 0n ? NOTHING : a)
export const most = (values: readonly Rational[]): Rational =>
  values.reduce((best, each) => (compare(each, best) > 0 ? each : best), NOTHING)

/** The whole number that is nearest, halves away from zero. */
export function nearest({ n, d }: Rational): number {
  const size = n < 0n ? -n : n
  const whole = Number((2n * size + d) / (2n * d))
  return n < 0n ? 0 - whole : whole
}
