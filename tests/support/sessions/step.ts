import { expect } from 'vitest'
import type * as fc from 'fast-check'
import type { CallOptions } from '../client.ts'
import { logOf } from '../rows.ts'
import type { Attempt } from './attempt.ts'
import { carryOn, FIRST_RUN } from './jobs.ts'
import { type Fault, type Real, send } from './real.ts'
import { type Expected, standing, type World } from './world.ts'

/** One kind of call: how it is made of random picks, what the model makes of it, and how it is sent. */
export interface Action<Request> {
  readonly name: string
  /** Null where the session has nothing to make such a request of. */
  make(world: World, picks: Picks): Request | null
  /** What the model says of it; and does, as it is the one that happens. */
  expect(world: World, request: Request): Expected
  call(world: World, request: Request): readonly [method: string, path: string, options: CallOptions]
}

/** Numbers to choose by; what they choose from depends on the session so far. */
export interface Picks {
  readonly numbers: readonly number[]
  /** Which isolate. */
  readonly host: number
  readonly withKey: boolean
  readonly fault: Fault | null
  /** Whether a job that the request begins is cut off, and waits for whoever carries jobs on. */
  readonly holdJobs: boolean
}

/** Takes picks one after another. */
export function chooser({ numbers }: Pick<Picks, 'numbers'>) {
  let next = 0
  const number = (below: number): number => numbers[next++ % numbers.length]! % below
  return {
    number,
    /** True once in so many times. */
    oneIn: (times: number): boolean => number(times) === 0,
    of: <T>(list: readonly T[]): T => list[number(list.length)]!,
    some: <T>(list: readonly T[]): T[] => list.filter(() => number(2) === 0),
  }
}
export type Chooser = ReturnType<typeof chooser>

export interface Session extends Real {
  /** What was sent, to be sent again. */
  readonly sent: Chosen[]
}

/** Sends a request, and holds the answer to what the model says. */
export async function perform(
  world: World,
  session: Session,
  action: Action<any>,
  request: any,
  { host, fault, holdJobs }: Pick<Picks, 'host' | 'fault' | 'holdJobs'>,
): Promise<void> {
  const call = action.call(world, request)
  const expected = action.expect(world, request)
  const held = holdJobs || fault !== null
  const answer = await send(session, host, call, { fault, holdJobs: held })
  if (fault) for (const attempt of standing(world)) await admitRepeats(session, attempt)
  expect(
    { status: answer.status, code: answer.body?.code },
    `${call[0]} ${call[1]} ${answer.text.slice(0, 400)}`,
  ).toEqual({
    status: expected.status,
    code: expected.code,
  })
  expected.check?.(answer)
  if (answer.status === 202 && !held) carryOn(world, FIRST_RUN)
  session.sent.push({ action, request })
}

/** A request that was sent again because of a fault may stand in the log twice, the second time for nothing. */
async function admitRepeats({ hosts }: Session, attempt: Attempt): Promise<void> {
  if (attempt.id === '') return
  const rows = await logOf(hosts[0]!.deps.db, attempt.id)
  for (const [index, row] of rows.entries()) {
    if (attempt.log.length >= rows.length) return
    const earlier = rows.findIndex(({ id }) => id === row.id)
    if (earlier === index || attempt.log[index]?.counted === false) continue
    const { type, key } = attempt.log[earlier]!
    const { after } = attempt.log[index - 1]!
    attempt.log.splice(index, 0, { type, key, counted: false, replies: [], told: [], after })
  }
}

/** What is to be sent. */
export interface Chosen {
  readonly action: Action<any>
  readonly request: any
}

/** A step of a session: a request, of which is decided when its turn comes. Time passes between any two of them. */
export class Step implements fc.AsyncCommand<World, Session> {
  readonly #name: string
  readonly #picks: Picks
  readonly #choose: (world: World, session: Session, picks: Picks) => Chosen | null
  #chosen: Chosen | null = null

  constructor(name: string, picks: Picks, choose: (world: World, session: Session, picks: Picks) => Chosen | null) {
    this.#name = name
    this.#picks = picks
    this.#choose = choose
  }

  check(): boolean {
    return true
  }

  async run(world: World, session: Session): Promise<void> {
    passTime(world, session, 1)
    this.#chosen = this.#choose(world, session, this.#picks)
    if (this.#chosen === null) return
    const { action, request } = this.#chosen
    // What has no key may have a second effect when it is sent again.
    const fault = request.key === null ? null : this.#picks.fault
    await perform(world, session, action, request, { ...this.#picks, fault })
  }

  toString(): string {
    const { host, fault, holdJobs } = this.#picks
    const { action, request } = this.#chosen ?? {}
    return `${this.#name} ${action?.name} ${JSON.stringify(request)} ${JSON.stringify({ host, fault, holdJobs })}`
  }
}

export function passTime(world: World, { hosts }: Session, milliseconds: number): void {
  world.now += milliseconds
  hosts[0]!.clock.now = world.now
}
