import type { Hono } from 'hono'
import { databaseName, openTestDatabase } from '#test-database'
import { createApp } from '../../src/app.ts'
import type { Database } from '../../src/db/database.ts'
import type { Deps, LogEntry } from '../../src/deps.ts'
import { createDeps } from '../../src/hosts/create-deps.ts'
import { createCaches } from '../../src/services/_caches.ts'
import { carryOn } from '../../src/telemetry/tracing.ts'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import type { SigningJwks } from '../../src/tokens/key-set.ts'
import { type Client, createClient } from './client.ts'
import { type Faults, withFaults } from './faults.ts'
import type { TestDatabase } from './test-database.ts'
import { heldToDescription } from './told.ts'

export const ROOT_KEY = 'root-key-of-the-tests-0123456789'
export const PUBLIC_URL = 'https://quiz.example'

/** A running system whose edges are in the test's hand. */
export interface TestHost {
  readonly app: Hono
  readonly deps: Deps
  /** Sends requests, and holds every answer to the API description and to secrecy. */
  readonly client: Client
  /** Milliseconds since the epoch; moves only when a test moves it. */
  readonly clock: { now: number }
  readonly faults: Faults
  readonly log: LogEntry[]
  readonly signingKeys: SigningJwks
  /** Round trips to the database, and the rows of them where the driver tells: null on libSQL. */
  readonly meter: Meter
  /** Waits for what goes on in the background. */
  idle(): Promise<void>
  /** Another isolate on the same database: it remembers nothing, and shares the clock. */
  isolate(): Promise<TestHost>
}

export interface Meter {
  trips: number
  rowsRead: number | null
  rowsWritten: number | null
}

export interface HostOptions {
  readonly signingKeys?: SigningJwks
  readonly corsOrigins?: readonly string[]
  readonly randomBytes?: Deps['randomBytes']
  readonly clock?: { now: number }
  readonly publicUrl?: string
  /** Receivers of webhooks; none is there unless a test puts one. */
  readonly outgoing?: Deps['outgoing']
  /** What the patience with receivers is measured by: real time, unless a test has its own. */
  readonly deadline?: Deps['deadline']
  readonly metrics?: Deps['metrics']
  readonly tracing?: Deps['tracing']
  readonly isDraining?: Deps['isDraining']
  /** What stands before the database and its faults; nothing, unless a test has something. */
  readonly before?: (db: Database) => Database
  /** What counts requests: nothing, unless a test has something. */
  readonly limits?: Deps['limits']
  /** Where the client's requests come from, as far as the host knows. */
  readonly connection?: { address: string | null }
  /** One that is open already: many hosts on a file need no more. */
  readonly database?: TestDatabase
}

export const onD1 = databaseName === 'd1'

/** 2026-01-05T09:00:00Z */
export const START = Date.UTC(2026, 0, 5, 9)

export async function createHost(options: HostOptions = {}): Promise<TestHost> {
  const { db: opened, meter: rows } = options.database ?? (await openTestDatabase())
  const clock = options.clock ?? { now: START }
  const log: LogEntry[] = []
  const signingKeys = options.signingKeys ?? (await generateKeys())
  const faults = withFaults(opened)
  let trips = 0
  const works: Promise<unknown>[] = []
  const config = {
    publicUrl: options.publicUrl ?? PUBLIC_URL,
    corsOrigins: options.corsOrigins ?? null,
    gitSha: 'test',
    webhooksAllowLoopback: false,
    adminKey: ROOT_KEY,
    signingKeys,
  }
  const deps: Deps = {
    ...(await createDeps(config, {
      db: countTrips(options.before?.(faults.db) ?? faults.db, () => (trips += 1)),
      background: (work) => void works.push(work),
      outgoing: heldToDescription(options.outgoing ?? (async () => new Response(null, { status: 404 }))),
      ...(options.metrics && { metrics: options.metrics }),
      tracing: options.tracing ?? carryOn(countedIds()),
      ...(options.isDraining && { isDraining: options.isDraining }),
      ...(options.limits && { limits: options.limits }),
      log: (entry) => void log.push(entry),
    })),
    now: () => clock.now,
    elapsed: () => clock.now,
    log: (entry) => void log.push(entry),
    caches: createCaches(),
    ...(options.randomBytes && { randomBytes: options.randomBytes }),
    ...(options.deadline && { deadline: options.deadline }),
  }
  const app = createApp(deps)
  return {
    app,
    deps,
    client: createClient({
      fetch: async (request) => app.fetch(request, options.connection),
      publicUrl: config.publicUrl,
      log,
    }),
    clock,
    faults,
    log,
    signingKeys,
    get meter() {
      return { trips, rowsRead: rows?.rowsRead ?? null, rowsWritten: rows?.rowsWritten ?? null }
    },
    async idle() {
      while (works.length > 0) await Promise.all(works.splice(0))
    },
    isolate: () => createHost({ ...options, clock, signingKeys }),
  }
}

/** Ids of traces that two hosts give out alike: what is sent to both is to be the same in all else. */
function countedIds(): (bytes: number) => string {
  let count = 0
  return (bytes) => (count += 1).toString(16).padStart(2 * bytes, '0')
}

/** Every query is a batch, and every batch one round trip. */
function countTrips(db: Database, count: () => void): Database {
  return new Proxy(db, {
    get(target, name) {
      if (name !== 'batch') return Reflect.get(target, name, target) as unknown
      const batch: Database['batch'] = (items) => {
        count()
        return target.batch(items)
      }
      return batch
    },
  })
}
