import type { Deps } from '../../src/deps.ts'
import { type Chance, createChance } from './chance.ts'
import { Counts } from './counts.ts'
import type { Store } from './database.ts'
import { History } from './history.ts'
import { createIsolates, guarded, type Isolate } from './isolates.ts'
import type { Received } from './network.ts'
import { createQuizzes, type Quiz } from './quizzes.ts'
import { Scheduler } from './scheduler.ts'
import type { Taken } from './learners.ts'
import type { Sent } from './send.ts'
import { Watch } from './watch.ts'

/** A simulated world: the app in several isolates, one database, everyone who calls, and all that is known of it. */
export interface World {
  readonly seed: number
  readonly chance: Chance
  readonly store: Store
  /** What isolates have in common. */
  readonly base: Deps
  /** The true time: isolates' clocks differ from it. */
  readonly clock: { now: number }
  readonly began: number
  readonly scheduler: Scheduler
  readonly isolates: Isolate[]
  readonly counts: Counts
  readonly history: History
  readonly watch: Watch
  /** What has reached receivers of webhooks. */
  readonly received: Received[]
  readonly quizzes: readonly Quiz[]
  /** Everything that clients have asked for. */
  readonly sent: Sent[]
  /** The API keys of the members of staff. */
  readonly staff: string[]
  /** By host: the webhook of a receiver. */
  readonly webhooks: Map<string, string>
  /** What learners have been given to go on with. */
  readonly taken: Taken[]
  /** Nothing fails any more. */
  calm: boolean
  /** The first invariant that did not hold. */
  broken: unknown
}

/** 2026-01-05T09:00:00Z */
const START = Date.UTC(2026, 0, 5, 9)

export function createWorld(seed: number, { store, base }: Pick<World, 'store' | 'base'>): World {
  store.clear()
  const chance = createChance(seed)
  const world: Omit<World, 'watch' | 'isolates'> & { watch?: Watch; isolates: Isolate[] } = {
    seed,
    chance,
    store,
    base,
    clock: { now: START },
    began: START,
    scheduler: new Scheduler(),
    isolates: [],
    counts: new Counts(),
    history: new History(),
    received: [],
    quizzes: createQuizzes(chance),
    sent: [],
    staff: [],
    webhooks: new Map(),
    taken: [],
    calm: true,
    broken: null,
  }
  const whole = Object.assign(world, { watch: new Watch(world as World) })
  // Whoever calls the app swallows what is thrown within it.
  store.onCommit = (statements) => guarded(whole, () => whole.watch.committed(statements))
  whole.isolates.push(...createIsolates(whole))
  return whole
}
