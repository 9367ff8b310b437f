import { Broken } from './broken.ts'
import { checkEverything } from './invariants/everything.ts'
import { cutBackground, forget, tick } from './isolates.ts'
import { actAsLearner } from './learners.ts'
import { comeToRest } from './rest.ts'
import { goOn } from './steps.ts'
import { actAsStaff, setUp } from './staff.ts'
import { createWorld, type World } from './world.ts'

/** What one seed came to. */
export interface Outcome {
  readonly seed: number
  readonly counts: Readonly<Record<string, number>>
  /** Of everything that happened. */
  readonly digest: string
  readonly broken: { readonly invariant: string; readonly detail: string } | null
  readonly lines: readonly string[]
}

/** Lives through one seed: a world at work under faults, then in calm until it rests, and then everything is looked at. */
export async function simulate(seed: number, ground: Pick<World, 'store' | 'base'>): Promise<Outcome> {
  const world = createWorld(seed, ground)
  try {
    await goOn(world, setUp(world))
    world.calm = false
    await work(world)
    world.calm = true
    await comeToRest(world)
    await checkEverything(world)
  } catch (error) {
    world.broken ??= error
  }
  const { counts, history, broken } = world
  const told = broken === null ? null : describe(broken)
  return { seed, counts: Object.fromEntries(counts.all), digest: history.digest, broken: told, lines: history.lines }
}

function describe(broken: unknown): Outcome['broken'] {
  if (broken instanceof Broken) return { invariant: broken.invariant, detail: broken.message }
  const detail = broken instanceof Error ? (broken.stack ?? broken.message) : String(broken)
  return { invariant: 'nothing is thrown', detail }
}

const FEWEST_OPERATIONS = 200
const MOST_OPERATIONS = 500
/** How much goes on at once. */
const AT_ONCE = 6

async function work(world: World): Promise<void> {
  const { chance } = world
  let left = FEWEST_OPERATIONS + chance.below(MOST_OPERATIONS - FEWEST_OPERATIONS + 1)
  await goOn(world, null, (underWay) => {
    happen(world)
    if (left === 0) return 'done'
    if (underWay >= AT_ONCE || !chance.oneIn(3)) return null
    left -= 1
    return chance.oneIn(5) ? actAsStaff(world) : actAsLearner(world)
  })
}

/** What comes over a system in work. */
function happen(world: World): void {
  const { chance, clock, isolates, history } = world
  const what = chance.below(1000)
  if (what < 12) {
    history.add(`${clock.now} the timer`)
    void tick(world, chance.of(isolates))
  } else if (what < 15) {
    history.add(`${clock.now} an isolate is forgotten`)
    forget(world, chance.below(isolates.length))
  } else if (what < 18) {
    history.add(`${clock.now} background work is cut off`)
    cutBackground(world)
  } else if (what < 22) {
    clock.now += chance.below(600_000)
    history.add(`${clock.now} time passes`)
  }
}
