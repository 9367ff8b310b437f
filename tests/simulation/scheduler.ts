import type { Chance } from './chance.ts'
import type { Context } from './context.ts'

/** Something that waits until it is its turn. */
interface Held {
  readonly what: string
  /** Whose it is; null for what comes from outside of the app. */
  readonly owner: Context | null
  /** Not before this moment of the true time. */
  readonly from: number
  readonly go: () => void
}

/**
 * Holds everything by which the app and the world around it wait for each other, and lets go of one thing at a time: which,
 * the seed decides. So the order of all that happens follows from the seed alone.
 */
export class Scheduler {
  #held: Held[] = []

  /** Waits for its turn. What is dropped waits for ever. */
  hold(what: string, owner: Context | null, from = 0): Promise<void> {
    return new Promise((go) => void this.#held.push({ what, owner, from, go }))
  }

  /** Lets go of one thing whose time has come; gives what it was, or null. */
  release(chance: Chance, now: number): string | null {
    const ready = this.#held.filter(({ from }) => from <= now)
    if (ready.length === 0) return null
    const one = chance.of(ready)
    this.#held.splice(this.#held.indexOf(one), 1)
    one.go()
    return one.owner === null ? one.what : `${one.what} of ${one.owner.name}`
  }

  /** Forgets what belongs to these; gives how much that was. */
  drop(isForgotten: (owner: Context) => boolean): number {
    const before = this.#held.length
    this.#held = this.#held.filter(({ owner }) => owner === null || !isForgotten(owner))
    return before - this.#held.length
  }

  /** Takes away all that waits for the same and could go on: one does for all. */
  merge(what: string, now: number): void {
    this.#held = this.#held.filter((held) => held.what !== what || held.from > now)
  }

  /** When the next thing may go on; null when nothing waits. */
  nextMoment(): number | null {
    return this.#held.reduce<number | null>((first, { from }) => Math.min(first ?? from, from), null)
  }
}

/** Everything that can go on without its turn has gone on: nothing in a simulation waits for a thread or a timer. */
export function settled(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve))
}
