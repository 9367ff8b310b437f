/**
 * What numeric answers are checked against: everything scaled to integers, and compared as integers. Nothing here knows the
 * code under test.
 */

export const PLACES = 40
const ONE = 10n ** BigInt(PLACES)

/** A plain decimal in units of 10^-40. */
export function scaled(decimal: string): bigint {
  const [whole = '', decimals = ''] = decimal.replace('-', '').split('.')
  const size = BigInt(whole + decimals.padEnd(PLACES, '0'))
  return decimal.startsWith('-') ? -size : size
}

/** The same, written as a decimal. */
export function written(units: bigint): string {
  const digits = String(size(units)).padStart(PLACES + 1, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`
}

const size = (units: bigint) => (units < 0n ? -units : units)

/** Half a unit of the place that stands `places` before the point, behind it where that is negative. */
const half = (places: number) => 5n * 10n ** BigInt(PLACES - 1 + places)

/** How far from a value each kind lets a number be. */
const RADIUS: Record<string, (value: string, tolerance: string) => bigint> = {
  absolute: (_value, tolerance) => scaled(tolerance),
  relative: (value, tolerance) => (scaled(tolerance) * size(scaled(value))) / ONE,
  significantFigures(value, tolerance) {
    const digits = String(size(scaled(value)))
    return half(digits.length - 1 - PLACES - (Number(tolerance) - 1))
  },
  decimalPlaces: (_value, tolerance) => half(-Number(tolerance)),
}

export function isNear(x: bigint, kind: string, value: string, tolerance: string): boolean {
  const wanted = scaled(value)
  if (kind !== 'geometric') return size(x - wanted) <= RADIUS[kind]!(value, tolerance)
  // Both are on one side of zero, and neither is more than 1 + t times as large as the other.
  if (x === 0n || wanted === 0n) return x === wanted
  const [small, large] = [size(x), size(wanted)].toSorted((a, b) => (a < b ? -1 : 1))
  return x > 0n === wanted > 0n && large! * ONE <= small! * (ONE + scaled(tolerance))
}

/** Where the answer turns: the bounds, and their neighbours at a distance of 10^-40. */
export function turningPoints(kind: string, value: string, tolerance: string): bigint[] {
  const wanted = scaled(value)
  const factor = ONE + (kind === 'geometric' ? scaled(tolerance) : 0n)
  const bounds =
    kind === 'geometric'
      ? [(wanted * factor) / ONE, (wanted * ONE) / factor]
      : [wanted - RADIUS[kind]!(value, tolerance), wanted + RADIUS[kind]!(value, tolerance)]
  return bounds.flatMap((bound) => [bound - 1n, bound, bound + 1n])
}
