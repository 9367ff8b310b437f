import { AsyncLocalStorage } from 'node:async_hooks'
import type { Isolate } from './isolates.ts'

/** One run of the app's code: a request with what goes on behind its answer, a run of the timer, a wake-up. */
export interface Context {
  readonly name: string
  readonly isolate: Isolate
  /** What its isolate's clock said as it began. */
  readonly beganAt: number
  /** What runs now is behind the answer. */
  answered: boolean
  /** How many faults of the database it has met before its answer. */
  faults: number
  /** Rejects when the isolate is forgotten. */
  readonly gone: PromiseWithResolvers<never>
}

/** Whose code is running. */
export const running = new AsyncLocalStorage<Context>()
