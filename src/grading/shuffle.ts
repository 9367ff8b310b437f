/**
 * A shuffle that is the same for the same seed on every runtime, for ever: changing it reorders running attempts.
 *
 * The generator is sfc32 (PractRand's Small Fast Counter) seeded with four rounds of the MurmurHash3 finalizer over the
 * seed's UTF-16 units. It hides nothing: whoever knows the seed can undo it, so the input must not depend on the key.
 */
export function shuffle<T>(items: readonly T[], seed: string): T[] {
  const draw = drawing(seed)
  const shuffled = [...items]
  for (let last = shuffled.length - 1; last > 0; last--) {
    const chosen = draw(last + 1)
    ;[shuffled[last], shuffled[chosen]] = [shuffled[chosen]!, shuffled[last]!]
  }
  return shuffled
}

/** Code-unit order, which no locale changes. */
export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** Draws integers from 0 to a bound, without the bound: the same ones for the same seed. */
export function drawing(seed: string): (bound: number) => number {
  const next = generator(seed)
  return (bound) => below(bound, next)
}

/** An integer in 0..bound-1 without modulo bias. */
function below(bound: number, next: () => number): number {
  const limit = 2 ** 32 - (2 ** 32 % bound)
  let value = next()
  while (value >= limit) value = next()
  return value % bound
}

function generator(seed: string): () => number {
  let hash = 1779033703 ^ seed.length
  for (let i = 0; i < seed.length; i++) {
    hash = Math.imul(hash ^ seed.charCodeAt(i), 3432918353)
    hash = (hash << 13) | (hash >>> 19)
  }
  const word = () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2246822507)
    hash = Math.imul(hash ^ (hash >>> 13), 3266489909)
    hash ^= hash >>> 16
    return hash
  }
  let [a, b, c, counter] = [word(), word(), word(), word()]
  return () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
}
