import { rmSync } from 'node:fs'
import { startNodeHost } from '../support/node-host.ts'
import { freePort } from '../support/processes.ts'
import { createPersistentClient, type Seen } from './persistent-client.ts'
import { race } from './race-attempt.ts'
import { raceQuizzes } from './race-quizzes.ts'
import { judgeRace, newRaceVerdict, type RaceVerdict } from './race-verdict.ts'
import { seededRandom } from './random.ts'
import { readStored } from './stored.ts'

export interface RaceOptions {
  readonly responses: number
  readonly seed: number
}

export interface RaceReport {
  readonly attempts: number
  readonly seen: Seen
  readonly verdict: RaceVerdict
}

const PER_ATTEMPT = 20
/** Long enough for every attempt to have begun before the first response is due. */
const TIME_LIMIT_SECONDS = 6

/**
 * Sends responses around the deadlines of attempts, all at once and by the real clock, to two Node hosts on one file: within
 * one process an embedded database leaves next to no time between a look at an attempt and what follows from it.
 */
export async function proveDeadlines({ responses, seed }: RaceOptions): Promise<RaceReport> {
  const host = await startNodeHost()
  const hosts = [host]
  try {
    const ports = { PORT: String(await freePort()), METRICS_PORT: String(await freePort()) }
    hosts.push(await startNodeHost({ ...host.env, ...ports }))
    const quizzes = raceQuizzes(TIME_LIMIT_SECONDS)
    for (const { id, document } of quizzes) {
      const published = await host.call('PUT', `/quizzes/${id}`, document)
      if (!published.ok) throw new Error(`Publishing failed: ${await published.text()}`)
    }
    let turn = 0
    const client = createPersistentClient(() => hosts[(turn += 1) % hosts.length]!.origin)
    const raced = await Promise.all(
      Array.from({ length: Math.ceil(responses / PER_ATTEMPT) }, (_, index) => {
        const [random, name] = [seededRandom(seed * 1000 + index), `${seed}-${index}`]
        const count = Math.min(PER_ATTEMPT, responses - index * PER_ATTEMPT)
        return race({ client, quiz: quizzes[index % 2]!, random, name, responses: count })
      }),
    )
    await Promise.all(hosts.map(({ server }) => server.kill()))
    const [folder, verdict] = [host.env['DATA_DIR']!, newRaceVerdict()]
    const stored = await readStored(folder)
    for (const attempt of raced) judgeRace(verdict, attempt, stored.get(attempt.id))
    if (verdict.violations.length === 0) rmSync(folder, { recursive: true })
    return { attempts: raced.length, seen: client.seen, verdict }
  } finally {
    await Promise.all(hosts.map(({ server }) => server.kill()))
  }
}
