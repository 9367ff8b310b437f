import { rmSync } from 'node:fs'
import { setTimeout as passed } from 'node:timers/promises'
import { type NodeHost, startNodeHost } from '../support/node-host.ts'
import { takeAttempts } from './crowd.ts'
import type { TakenAttempt } from './learners.ts'
import { createPersistentClient, type Seen } from './persistent-client.ts'
import { PROOF_QUIZZES } from './quizzes.ts'
import { seededRandom } from './random.ts'
import { readStored } from './stored.ts'
import { endOf, judgeHistory, judgeStored, newVerdict, type Verdict } from './verdict.ts'

export interface KillsOptions {
  readonly kills: number
  readonly clients: number
  readonly seed: number
}

export interface KillsReport {
  /** Requests that were on their way at each kill. */
  readonly inFlight: readonly number[]
  readonly seen: Seen
  readonly verdict: Verdict
}

const CALLS = 8
/** How long a host lives once it has answered, at most. */
const MOST_LIFE_MS = 1500

/** Kills a Node host again and again under clients that do not give up, and judges what they saw and what the file holds. */
export async function proveKills({ kills, clients, seed }: KillsOptions): Promise<KillsReport> {
  let host = await startNodeHost()
  let [killing, failed] = [Promise.resolve(), false]
  try {
    await publishQuizzes(host)
    const client = createPersistentClient(() => host.origin)
    const { seen } = client
    const random = seededRandom(seed)
    const taken: TakenAttempt[] = []
    const inFlight: number[] = []
    const isOver = () => failed || inFlight.length === kills
    const crowd = takeAttempts({ client, clients, seed, calls: CALLS, isOver, taken: (attempt) => taken.push(attempt) })
    killing = (async () => {
      while (!isOver()) {
        const answered = seen.answered
        while (seen.answered === answered && !isOver()) await passed(5)
        await passed(random.below(MOST_LIFE_MS))
        while (seen.inFlight === 0 && !isOver()) await passed(1)
        const atOnce = seen.inFlight
        await host.server.kill()
        host = await startNodeHost(host.env)
        inFlight.push(atOnce)
      }
    })()
    await Promise.all([crowd, killing])
    await host.server.kill()
    const verdict = await judge(taken, host)
    if (seen.errors.length + verdict.violations.length === 0) rmSync(host.env['DATA_DIR']!, { recursive: true })
    return { inFlight, seen, verdict }
  } finally {
    // Whoever kills starts another one: it has to come to its end first.
    failed = true
    await killing.catch(() => undefined)
    await host.server.kill()
  }
}

export async function publishQuizzes(host: NodeHost): Promise<void> {
  for (const { id, document } of PROOF_QUIZZES) {
    const published = await host.call('PUT', `/quizzes/${id}`, document)
    if (!published.ok) throw new Error(`Publishing failed: ${await published.text()}`)
  }
}

async function judge(taken: readonly TakenAttempt[], host: NodeHost): Promise<Verdict> {
  const verdict = newVerdict()
  const stored = await readStored(host.env['DATA_DIR']!)
  for (const attempt of taken) {
    judgeHistory(verdict, attempt)
    judgeStored(verdict, endOf(attempt), stored.get(attempt.id))
  }
  if (stored.size !== taken.length) verdict.violations.push(`${taken.length} starts have made ${stored.size} attempts.`)
  return verdict
}
