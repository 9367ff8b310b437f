import { Broken } from './broken.ts'
import { settled } from './scheduler.ts'
import type { World } from './world.ts'

/** Many times what any seed takes. */
const MOST_STEPS = 100_000

/**
 * Step by step, until everything is done that is to be done: at each something new may begin, and of what waits one thing
 * goes on.
 */
export async function goOn(
  world: World,
  first: Promise<void> | null,
  begin: (underWay: number) => Promise<void> | 'done' | null = () => 'done',
): Promise<void> {
  const { scheduler, chance, clock, history } = world
  let underWay = 0
  const follow = (operation: Promise<void>) => {
    underWay += 1
    void operation.catch((error: unknown) => void (world.broken ??= error)).finally(() => (underWay -= 1))
  }
  if (first) follow(first)
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    await settled()
    if (world.broken !== null) throw world.broken
    const begun = begin(underWay)
    if (begun === 'done' && underWay === 0) return
    if (begun !== null && begun !== 'done') follow(begun)
    clock.now += chance.below(world.calm ? 100 : 1000)
    const released = scheduler.release(chance, clock.now)
    if (released !== null) history.add(`${clock.now} ${released}`)
    else clock.now = Math.max(clock.now, scheduler.nextMoment() ?? 0)
  }
  throw new Broken('what clients ask for comes to an end', `after ${MOST_STEPS} steps`)
}
