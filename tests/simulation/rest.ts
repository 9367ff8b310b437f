import { Broken } from './broken.ts'
import { tick } from './isolates.ts'
import { settled } from './scheduler.ts'
import type { World } from './world.ts'

const MOST_ROUNDS = 400
const MINUTE = 60_000

/** When there is something to do: an attempt to be settled, a job, a delivery. Now, for what is late. */
const NEXT = `SELECT min(at) AS next FROM (
  SELECT coalesce(finished_at, due) AS at FROM attempts WHERE settled IS NULL AND coalesce(finished_at, due) IS NOT NULL
  UNION ALL SELECT leased_until FROM jobs WHERE finished_at IS NULL
  UNION ALL SELECT due FROM webhook_deliveries JOIN webhook_endpoints ON webhook_endpoints.id = endpoint
    WHERE due IS NOT NULL AND disabled_at IS NULL)`

/** Nothing fails any more: what waits goes on, and the timer comes every minute, until there is nothing to do. */
export async function comeToRest(world: World): Promise<void> {
  const { clock, scheduler, chance, isolates, history, store } = world
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const [row] = store.rows(NEXT)
    const next = row!['next'] as number | null
    const waiting = scheduler.nextMoment()
    if (next === null && waiting === null) return
    // Clocks differ: the slowest is to find it due.
    const from = Math.min(next === null ? Infinity : next + 5 * MINUTE, waiting ?? Infinity)
    clock.now = Math.max(clock.now + MINUTE, from)
    history.add(`${clock.now} the timer, in calm`)
    void tick(world, chance.of(isolates))
    for (;;) {
      await settled()
      if (world.broken !== null) throw world.broken
      const released = scheduler.release(chance, clock.now)
      if (released === null) break
      history.add(`${clock.now} ${released}`)
    }
  }
  throw new Broken('everything comes to rest once nothing fails', `after ${MOST_ROUNDS} runs of the timer`)
}
