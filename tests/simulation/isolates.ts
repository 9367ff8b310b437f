import type { Hono } from 'hono'
import { createApp } from '../../src/app.ts'
import type { Deps } from '../../src/deps.ts'
import { deliverWebhooks } from '../../src/services/deliver-webhooks.ts'
import { runJobs } from '../../src/services/run-jobs.ts'
import { settleDueAttempts } from '../../src/services/settle-due-attempts.ts'
import { createCaches } from '../../src/services/_caches.ts'
import { carryOn } from '../../src/telemetry/tracing.ts'
import { type Context, running } from './context.ts'
import { unreliable } from './database.ts'
import { withPatience, sendOut } from './network.ts'
import type { World } from './world.ts'

/** An instance of the app: it may be forgotten at any moment, with its memory and with all that it was at. */
export interface Isolate {
  readonly name: string
  readonly app: Hono
  readonly deps: Deps
  readonly contexts: Set<Context>
}

const ISOLATES = 3
/** Any two clocks differ by ten minutes at most. */
export const SKEW_MS = 300_000

export function createIsolates(world: World): Isolate[] {
  return Array.from({ length: ISOLATES }, (_, index) => createIsolate(world, `isolate ${index}`))
}

function createIsolate(world: World, name: string): Isolate {
  const { chance, clock, counts } = world
  const skew = chance.below(2 * SKEW_MS + 1) - SKEW_MS
  const now = () => clock.now + skew
  const deps: Deps = {
    ...world.base,
    db: unreliable(world, world.store.db),
    now,
    elapsed: now,
    randomBytes: chance.bytes,
    caches: createCaches(),
    tracing: carryOn((bytes) => Buffer.from(chance.bytes(bytes)).toString('hex')),
    log: (entry) => guarded(world, () => world.watch.logged(entry)),
    background: (work) => void work.catch(() => {}),
    wake: (delaySeconds) => wake(world, delaySeconds),
    outgoing: (url, init) => sendOut(world, url, init),
    deadline: withPatience,
  }
  counts.add('isolates')
  return { name: `${name} (${skew} ms)`, app: createApp(deps), deps, contexts: new Set() }
}

/** Runs the app's code in an isolate. Rejects when the isolate is forgotten meanwhile. */
export async function runIn<T>(isolate: Isolate, name: string, work: (context: Context) => Promise<T>): Promise<T> {
  const gone = Promise.withResolvers<never>()
  // Whoever is no longer waiting is not told.
  gone.promise.catch(() => {})
  const context: Context = { name, isolate, beganAt: isolate.deps.now(), answered: false, faults: 0, gone }
  isolate.contexts.add(context)
  try {
    return await Promise.race([running.run(context, () => work(context)), gone.promise])
  } finally {
    context.answered = true
    isolate.contexts.delete(context)
  }
}

/** The isolate is gone with all that it remembered and was at; another one comes in its place, with another clock. */
export function forget(world: World, index: number): void {
  const isolate = world.isolates[index]!
  const dropped = world.scheduler.drop((owner) => owner.isolate === isolate)
  for (const { gone } of isolate.contexts) gone.reject(new Error('The isolate is gone.'))
  world.counts.add('isolates forgotten')
  world.counts.add('work forgotten with its isolate', dropped)
  world.isolates[index] = createIsolate(world, `isolate ${index}`)
}

/** What goes on behind answers is cut off, as a platform does after a while. */
export function cutBackground(world: World): void {
  world.counts.add(
    'background work cut off',
    world.scheduler.drop((owner) => owner.answered),
  )
}

/** How many attempts a run of the timer deals with. */
const ATTEMPTS = 100

/** What the hosts' timer does; it is as unreliable as anything else. */
export async function tick(world: World, isolate: Isolate): Promise<void> {
  world.counts.add('runs of the timer')
  await runIn(isolate, 'the timer', async () => {
    const { deps } = isolate
    const done = await settleDueAttempts(deps, ATTEMPTS)
    await runJobs(deps, ATTEMPTS - done)
    await deliverWebhooks(deps)
  }).catch(() => {})
}

/** A message of a queue, which may be lost, come twice, and come in any order. */
function wake(world: World, delaySeconds: number): void {
  const { chance, clock, counts } = world
  counts.add('wake-ups')
  const copies = world.calm ? 1 : chance.weighed(COPIES)
  if (copies === 0) counts.add('wake-ups dropped')
  if (copies === 2) counts.add('wake-ups doubled')
  for (let copy = 0; copy < copies; copy++) {
    void beWoken(world, clock.now + delaySeconds * 1000)
  }
}

async function beWoken({ chance, scheduler, clock, isolates }: World, from: number): Promise<void> {
  await scheduler.hold('a wake-up', null, from)
  // A queue gives out what it has in batches.
  if (!chance.oneIn(4)) scheduler.merge('a wake-up', clock.now)
  const isolate = chance.of(isolates)
  await runIn(isolate, 'a wake-up', () => deliverWebhooks(isolate.deps)).catch(() => {})
}

const COPIES = [
  [14, 1],
  [4, 0],
  [2, 2],
] as const

/** What is thrown within the app is swallowed by it. */
export function guarded(world: World, check: () => void): void {
  try {
    check()
  } catch (error) {
    world.broken ??= error
  }
}
