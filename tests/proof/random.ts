import { seededBytes } from '../support/seeded-bytes.ts'

/** Choices that are the same in every run with one seed. */
export interface Random {
  /** A whole number from 0 to less than `limit`, which is at most 65,536. */
  below(limit: number): number
  chance(share: number): boolean
  pick<T>(list: ArrayLike<T>): T
}

export function seededRandom(seed: number): Random {
  const bytes = seededBytes(seed)
  const below = (limit: number) => {
    const [high, low] = bytes(2)
    return Math.floor(((high! * 256 + low!) / 65_536) * limit)
  }
  return {
    below,
    chance: (share) => below(10_000) < share * 10_000,
    pick: (list) => list[below(list.length)]!,
  }
}
