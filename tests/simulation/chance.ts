import { seededBytes } from '../support/seeded-bytes.ts'

/** Everything that a seed decides. */
export interface Chance {
  readonly bytes: (length: number) => Uint8Array
  /** A whole number from 0 on, below this one. */
  readonly below: (limit: number) => number
  /** True once in so many times. */
  readonly oneIn: (times: number) => boolean
  readonly of: <T>(list: readonly T[]) => T
  /** Each with a chance of a half. */
  readonly some: <T>(list: readonly T[]) => T[]
  /** One of these, the likelier the more it weighs. */
  readonly weighed: <T>(list: readonly (readonly [weight: number, T])[]) => T
}

export function createChance(seed: number): Chance {
  const bytes = seededBytes(seed)
  const below = (limit: number): number => {
    const [a, b, c] = bytes(3) as unknown as [number, number, number]
    return ((a << 16) | (b << 8) | c) % limit
  }
  return {
    bytes,
    below,
    oneIn: (times) => below(times) === 0,
    of: (list) => list[below(list.length)]!,
    some: (list) => list.filter(() => below(2) === 0),
    weighed(list) {
      let left = below(list.reduce((sum, [weight]) => sum + weight, 0))
      return list.find(([weight]) => (left -= weight) < 0)![1]
    },
  }
}
