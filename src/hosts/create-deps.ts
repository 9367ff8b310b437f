import type { Config } from '../config.ts'
import type { Deps, LogEntry } from '../deps.ts'
import { createCaches } from '../services/_caches.ts'
import { importKeySet } from '../tokens/key-set.ts'

/** The edges of a host: its own, and those that all share: the clock, randomness, the log, and what follows from the configuration. */
export async function createDeps(
  config: Config,
  { db, background, outgoing, wake }: Pick<Deps, 'db' | 'background' | 'outgoing' | 'wake'>,
): Promise<Deps> {
  const rootDigest = await sha256(config.adminKey)
  const { publicUrl, corsOrigins, gitSha, webhooksAllowLoopback } = config
  return {
    db,
    background,
    outgoing,
    ...(wake && { wake }),
    now: Date.now,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    keys: await importKeySet(config.signingKeys),
    config: { publicUrl, corsOrigins, gitSha, webhooksAllowLoopback },
    caches: createCaches(),
    log: writeLine,
    deadline: (milliseconds) => AbortSignal.timeout(milliseconds),
    isRootKey: async (candidate) => equal(await sha256(candidate), rootDigest),
  }
}

/** One JSON line. */
export function writeLine(entry: LogEntry): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), ...entry }))
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

/** Compares digests without telling by the time taken where they differ. */
function equal(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0)
  return difference === 0
}
