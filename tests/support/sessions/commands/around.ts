import * as fc from 'fast-check'
import { touch } from '../attempt.ts'
import { carryOn } from '../jobs.ts'
import { closesAtOf } from '../policies.ts'
import { addIsolate, rotate, tickTimer, workOn, workThroughFault } from '../real.ts'
import { passTime, type Session } from '../step.ts'
import { standing, type World } from '../world.ts'

/** What happens around the calls: time passes, isolates come, keys are rotated, the timer runs, jobs are carried on. */
class Around implements fc.AsyncCommand<World, Session> {
  readonly #name: string
  readonly #happens: (world: World, session: Session) => Promise<void> | void

  constructor(name: string, happens: (world: World, session: Session) => Promise<void> | void) {
    this.#name = name
    this.#happens = happens
  }

  check(): boolean {
    return true
  }

  async run(world: World, session: Session): Promise<void> {
    passTime(world, session, 1)
    await this.#happens(world, session)
  }

  toString(): string {
    return this.#name
  }
}

const wait = fc
  .integer({ min: 1, max: 40_000 })
  .map(
    (milliseconds) => new Around(`wait ${milliseconds} ms`, (world, session) => passTime(world, session, milliseconds)),
  )

/** To the last moment of an attempt, of its grace or of the quiz, the one before or the one after. */
const waitForEnd = fc
  .record({ pick: fc.nat(20), withGrace: fc.boolean(), more: fc.constantFrom(-1, 0, 1, 1, 5000) })
  .map(
    ({ pick, withGrace, more }) =>
      new Around(`wait for end ${JSON.stringify({ pick, withGrace, more })}`, (world, session) => {
        const { rules, began, now } = world
        const ends = [closesAtOf(rules, began), ...standing(world).map(({ deadline }) => deadline)]
        const to = ends.filter((end) => end !== null)
        if (to.length === 0) return
        const until = to[pick % to.length]! + (withGrace ? rules.graceSeconds * 1000 : 0) + more
        if (until > now) passTime(world, session, until - now)
      }),
  )

const anotherIsolate = fc.constant(0).map(() => new Around('another isolate', (_world, session) => addIsolate(session)))

const rotation = fc.constant(0).map(() => new Around('rotate the keys', (_world, session) => rotate(session)))

const timer = fc.nat(5).map(
  (host) =>
    new Around(`timer at ${host}`, async (world, session) => {
      for (const attempt of standing(world)) touch(attempt, world.now)
      await tickTimer(session, host)
    }),
)

const work = fc.record({ host: fc.nat(5), attempts: fc.integer({ min: 1, max: 4 }) }).map(
  ({ host, attempts }) =>
    new Around(`work on ${attempts} at ${host}`, async (world, session) => {
      carryOn(world, attempts)
      await workOn(session, host, attempts)
    }),
)

const workWithFault = fc
  .record({ when: fc.constantFrom('before', 'after'), batch: fc.integer({ min: 1, max: 12 }), host: fc.nat(5) })
  .map(
    ({ host, ...fault }) =>
      new Around(`work at ${host} through ${JSON.stringify(fault)}`, async (world, session) => {
        carryOn(world, 1000)
        await workThroughFault(session, host, fault)
      }),
  )

export const around = { wait, waitForEnd, anotherIsolate, rotation, timer, work, workWithFault }
