import { rmSync } from 'node:fs'
import { setTimeout as passed } from 'node:timers/promises'
import { takeAttempts } from './crowd.ts'
import type { FaultsState } from './failing-database.ts'
import { startFailingHost } from './failing-host.ts'
import { publishQuizzes } from './kills.ts'
import { type Memory, type MemoryReport, reportMemory } from './memory.ts'
import { createPersistentClient, type Seen } from './persistent-client.ts'
import { readStored } from './stored.ts'
import { type Ended, endOf, judgeHistory, judgeStored, newVerdict, type Verdict } from './verdict.ts'
import { receiveWebhooks, toBeTold, type WebhookReceiver } from './webhook-receiver.ts'

export interface SoakOptions {
  readonly seconds: number
  readonly clients: number
  readonly seed: number
  /** The share of batches that fail. */
  readonly share: number
}

export interface SoakReport {
  readonly seconds: number
  readonly seen: Seen
  readonly verdict: Verdict
  readonly faults: FaultsState
  readonly memory: MemoryReport
  readonly webhooks: WebhooksReport
}

export interface WebhooksReport {
  readonly expected: number
  readonly tries: number
  /** When the faults stopped, and how many seconds these took to arrive. */
  readonly waiting: number
  readonly seconds: number
}

const CALLS = 8
const MOST_THOUGHT_MS = 40
/** By which factor clients shorten a Retry-After. */
const PATIENCE = 20
const SAMPLES = 60
/** What was taken for delivery and not recorded is left alone for a minute: so long is jumped over at the end. */
const LEASE_MS = 61_000
const QUIET_MS = 60_000
/** What a delivery may take besides: faults keep an endpoint's places until leases run out, so that many wait in the end. */
const PER_DELIVERY_MS = 50

/** Lets clients take attempts for a while on a host whose database fails now and then, and judges what came of it. */
export async function proveSoak({ seconds, clients, seed, share }: SoakOptions): Promise<SoakReport> {
  const { host, faults } = await startFailingHost(seed)
  let receiver: WebhookReceiver | undefined
  try {
    await publishQuizzes(host)
    receiver = await receiveWebhooks(host)
    await faults({ share })
    const client = createPersistentClient(() => host.origin, { patience: PATIENCE })
    const [verdict, ended, samples] = [newVerdict(), [] as Ended[], [] as Memory[]]
    const end = Date.now() + seconds * 1000
    const isOver = () => Date.now() > end
    await Promise.all([
      takeAttempts({
        client,
        clients,
        seed,
        calls: CALLS,
        isOver,
        think: (random) => passed(random.below(MOST_THOUGHT_MS)),
        taken(attempt) {
          judgeHistory(verdict, attempt)
          ended.push(endOf(attempt))
        },
      }),
      (async () => {
        for (; !isOver(); await passed((seconds * 1000) / SAMPLES)) samples.push(await faults())
      })(),
    ])
    const state = await faults({ share: 0, laterMs: LEASE_MS })
    const expected = new Set(ended.flatMap(({ id, last }) => toBeTold(id, last!)))
    const arrived = await untilTold(receiver, expected, verdict)
    await host.server.kill()
    const folder = host.env['DATA_DIR']!
    await judgeFile(verdict, ended, folder)
    if (client.seen.errors.length + verdict.violations.length === 0) rmSync(folder, { recursive: true })
    const webhooks = { expected: expected.size, tries: receiver.tries(), ...arrived }
    return { seconds, seen: client.seen, verdict, faults: state, memory: reportMemory(samples), webhooks }
  } finally {
    receiver?.close()
    await host.server.kill()
  }
}

/** Waits for what is still to be told now that nothing fails any more; returns how much that was at first, and how long it took. */
async function untilTold(
  receiver: WebhookReceiver,
  expected: Set<string>,
  { violations }: Verdict,
): Promise<{ waiting: number; seconds: number }> {
  const untold = () => expected.difference(receiver.told()).size
  const [began, waiting] = [Date.now(), untold()]
  const giveUp = began + QUIET_MS + waiting * PER_DELIVERY_MS
  while (untold() > 0 && Date.now() < giveUp) await passed(250)
  const told = receiver.told()
  for (const name of expected.difference(told)) violations.push(`${name} was not told.`)
  for (const name of told.difference(expected)) violations.push(`${name} was told, and is not so.`)
  for (const id of receiver.changed()) violations.push(`${id} came with different bodies.`)
  return { waiting, seconds: (Date.now() - began) / 1000 }
}

async function judgeFile(verdict: Verdict, ended: readonly Ended[], folder: string): Promise<void> {
  const stored = await readStored(folder)
  for (const attempt of ended) judgeStored(verdict, attempt, stored.get(attempt.id))
  if (stored.size !== ended.length) verdict.violations.push(`${ended.length} starts have made ${stored.size} attempts.`)
}
