import type { Deps } from '../../src/deps.ts'

/** Randomness that is none: the first call gets 1, the second 2, and so on. Two hosts of their own get the same. */
export function countedBytes(): Deps['randomBytes'] {
  let calls = 0
  return (length) => {
    calls += 1
    const bytes = new Uint8Array(length)
    new DataView(bytes.buffer).setUint32(length - 4, calls)
    return bytes
  }
}
