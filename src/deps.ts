import type { Caches } from './services/_caches.ts'
import type { Scope } from './services/_authorise.ts'
import type { Database } from './db/database.ts'
import type { Fetch } from './webhooks/send.ts'
import type { KeySet } from './tokens/key-set.ts'
import type { Metrics } from './telemetry/metrics.ts'
import type { Trace, Tracing } from './telemetry/tracing.ts'

/** Everything at the edge of the system, injected: so all of it can be simulated. Types only. */
export interface Deps {
  readonly db: Database
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Milliseconds of a clock that is never set: for how long something took. */
  readonly elapsed: () => number
  /** That many unpredictable bytes. */
  readonly randomBytes: (length: number) => Uint8Array
  readonly keys: KeySet
  readonly config: PublicConfig
  readonly caches: Caches
  /** One structured line. What goes in never holds a key, secret, token, answer or learner. */
  readonly log: (entry: LogEntry) => void
  readonly metrics: Metrics
  readonly tracing: Tracing
  /** What this work belongs to. */
  readonly trace: Trace
  /** Lets work go on after the answer. It may be cut off at any moment, so whatever must happen is found again by the timer. */
  readonly background: (work: Promise<unknown>) => void
  /** Sends a request to a receiver of webhooks, where receivers may be: it is an edge that hosts guard. */
  readonly outgoing: Fetch
  /** Asks for the sender of webhooks after so many seconds, where something can wake it. It is a hint: the timer comes anyway. */
  readonly wake?: (delaySeconds: number) => void
  /** A signal that aborts after so many milliseconds. */
  readonly deadline: (milliseconds: number) => AbortSignal
  /** Whether the host is about to stop: it answers what comes, and takes on nothing new by itself. */
  readonly isDraining: () => boolean
  /** Whether a string is the root key, compared in constant time. */
  readonly isRootKey: (candidate: string) => Promise<boolean>
  /** Counts requests, where the host limits them. */
  readonly limits: Limits
}

/**
 * What requests are counted by: the attempt of a progress token, a learner in whose name staff start, an address without
 * credentials, the same for starts alone, an API key, an address that sends wrong credentials.
 */
export type LimitName = 'attempt' | 'learner' | 'address' | 'start' | 'key' | 'credential'

/** How many requests there may be in a window, for each name; null for any number. */
export type RateLimits = Readonly<Record<LimitName, number | null>>

export interface Limits {
  /** Counts a request under a key. Null where there is no limit. */
  readonly count: (name: LimitName, key: string) => Promise<Allowance | null>
  /** What refuses the next request under a key, as far as it is known without counting. */
  readonly refusal: (name: LimitName, key: string) => Promise<Allowance | null>
}

/** How a key stands to its limit. */
export interface Allowance {
  readonly name: LimitName
  readonly isWithin: boolean
  readonly quota: number
  readonly windowSeconds: number
  /** How many requests are left; null where whoever counts does not tell. */
  readonly remaining: number | null
  /** Until all of the quota is there again, at the latest. */
  readonly resetSeconds: number
}

export interface PublicConfig {
  /** The origin in links and in the tokens' issuer; never taken from a request. No trailing slash. */
  readonly publicUrl: string
  /** Origins that may call learner routes from a browser; null for any. */
  readonly corsOrigins: readonly string[] | null
  readonly gitSha: string
  /** Whether webhooks may go to this machine, without TLS: in development. */
  readonly webhooksAllowLoopback: boolean
}

export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error'
  readonly event: string
  readonly [field: string]: string | number | boolean | null | undefined
}

/** Who calls. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'learner'; readonly attempt: string; readonly revision: string }
  | { readonly kind: 'staff'; readonly keyId: string; readonly scopes: ReadonlySet<Scope> | 'all' }
