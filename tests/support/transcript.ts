import { openTestDatabase } from '#test-database'
import { generateKeys } from '../../src/tokens/generate-keys.ts'
import type { SigningJwks } from '../../src/tokens/key-set.ts'
import type { CallOptions } from './client.ts'
import { countedBytes } from './counted-bytes.ts'
import { emptyDatabase } from './empty-database.ts'
import { createHost, ROOT_KEY, type TestHost } from './host.ts'
import { withJwtsDecoded } from './jwt.ts'
import type { Json } from './quiz-document.ts'
import type { TestDatabase } from './test-database.ts'

/** Everything that a caller can notice of one answer, and how often the database was asked, which takes time. */
export interface Exchange {
  readonly request: string
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  /** With every token decoded: signatures are random. */
  readonly body: string
  readonly trips: number
}

export interface Transcript {
  readonly exchanges: Exchange[]
  readonly log: string
}

export interface Session {
  readonly host: TestHost
  readonly quiz: string
  /** Sends a request and writes down what came of it; gives the answer's body. */
  readonly send: (method: string, path: string, options?: CallOptions) => Promise<any>
}

export type Play = (session: Session) => Promise<void>

const QUIZ = 'quiz'

let database: TestDatabase | undefined

/** Plays the same with each of several documents. */
export async function recordAll(documents: readonly Json[], play: Play): Promise<Transcript[]> {
  const signingKeys = await generateKeys()
  const transcripts: Transcript[] = []
  for (const document of documents) transcripts.push(await record(document, signingKeys, play))
  return transcripts
}

/** The first thing in which any of the documents shows, or null. */
export async function differenceAmong(documents: readonly Json[], play: Play): Promise<string | null> {
  const [first, ...others] = await recordAll(documents, play)
  return others.map((other) => firstDifference(first!, other)).find((difference) => difference !== null) ?? null
}

/**
 * Plays the same on a host of its own, from an empty database, with the same keys, clock and randomness as every other
 * such host: so whatever is written down differently comes from the document alone.
 */
export async function record(document: Json, signingKeys: SigningJwks, play: Play): Promise<Transcript> {
  database ??= await openTestDatabase()
  const host = await createHost({ signingKeys, randomBytes: countedBytes(), database })
  await emptyDatabase(host.deps.db)
  const exchanges: Exchange[] = []
  const send: Session['send'] = async (method, path, options) => {
    const before = host.meter.trips
    const answer = await host.client.call(method, path, options)
    exchanges.push({
      request: `${method} ${path}`,
      status: answer.status,
      headers: [...answer.headers],
      body: withJwtsDecoded(answer.text),
      trips: host.meter.trips - before,
    })
    return answer.body
  }
  await send('PUT', `/v1/quizzes/${QUIZ}`, { token: ROOT_KEY, body: document })
  await play({ host, quiz: QUIZ, send })
  return { exchanges, log: JSON.stringify(host.log) }
}

/** The first thing that two transcripts do not have in common, in words, or null. */
export function firstDifference(a: Transcript, b: Transcript): string | null {
  for (let index = 0; index < Math.max(a.exchanges.length, b.exchanges.length); index++) {
    const [one, other] = [a.exchanges[index], b.exchanges[index]]
    if (JSON.stringify(one) !== JSON.stringify(other)) {
      return `Exchange ${index}:\n${JSON.stringify(one)}\n${JSON.stringify(other)}`
    }
  }
  return a.log === b.log ? null : `The log:\n${a.log}\n${b.log}`
}

/** Takes the total out: the score, whether it is enough, and both in tokens and receipts. */
export function withoutTotals({ exchanges, log }: Transcript): Transcript {
  const total = /"(score|passed)":(?:[\d.]+|true|false)(?=[,}])/g
  return {
    exchanges: exchanges.map((exchange) => ({ ...exchange, body: exchange.body.replaceAll(total, '"$1":0') })),
    log,
  }
}
