import type { Config } from '../config.ts'
import type { Deps, LogEntry } from '../deps.ts'
import { createCaches } from '../services/_caches.ts'
import { guardedLimits, UNLIMITED } from './limits.ts'
import { UNCOUNTED } from '../telemetry/metrics.ts'
import { observedDatabase } from '../telemetry/observed-database.ts'
import { randomHex } from '../telemetry/random-hex.ts'
import { carryOn, UNTRACED } from '../telemetry/tracing.ts'
import { importKeySet } from '../tokens/key-set.ts'

/** What hosts differ in. Without metrics nothing is counted, without tracing ids are carried on and nothing is recorded, and without limits everything is let in. */
type OwnEdges = Pick<Deps, 'db' | 'background' | 'outgoing' | 'wake'> &
  Partial<Pick<Deps, 'metrics' | 'tracing' | 'isDraining' | 'log' | 'limits'>>

/** The edges of a host: its own, and those that all share: the clock, randomness, the log, and what follows from the configuration. */
export async function createDeps(config: Config, own: OwnEdges): Promise<Deps> {
  const { metrics = UNCOUNTED, tracing = carryOn(randomHex), isDraining = () => false, log = writeLine } = own
  const rootDigest = await sha256(config.adminKey)
  const { publicUrl, corsOrigins, gitSha, webhooksAllowLoopback } = config
  return {
    ...own,
    db: observedDatabase(own.db, { metrics, elapsed, trace: UNTRACED }),
    metrics,
    tracing,
    trace: UNTRACED,
    isDraining,
    now: Date.now,
    elapsed,
    randomBytes,
    keys: await importKeySet(config.signingKeys),
    config: { publicUrl, corsOrigins, gitSha, webhooksAllowLoopback },
    caches: createCaches(),
    log,
    deadline: (milliseconds) => AbortSignal.timeout(milliseconds),
    isRootKey: async (candidate) => equal(await sha256(candidate), rootDigest),
    limits: own.limits ? guardedLimits(own.limits, log) : UNLIMITED,
  }
}

export const elapsed = () => performance.now()

function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length))
}

/** One JSON line. */
export function toLine(entry: LogEntry): string {
  return `{"time":"${new Date().toISOString()}",${JSON.stringify(entry).slice(1)}`
}

export function writeLine(entry: LogEntry): void {
  console.log(toLine(entry))
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

/** Compares digests without telling by the time taken where they differ. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0)
  return difference === 0
}
