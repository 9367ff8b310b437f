import * as fc from 'fast-check'
import type { Answer } from '../client.ts'
import { dumpOf } from '../dump.ts'
import { createHost, PUBLIC_URL, type TestHost } from '../host.ts'
import { MARK } from '../hostile-bodies.ts'
import { problemOf } from '../problem-of.ts'
import { seededBytes } from '../seeded-bytes.ts'
import { casesOf, type FuzzCase } from './cases.ts'
import type { Described } from './described.ts'
import { type FuzzScene, newFuzzScene } from './scene.ts'

export interface FuzzReport {
  readonly requests: number
  /** Of those that should be taken, how many were. */
  readonly meant: number
  readonly taken: number
  readonly statuses: Readonly<Record<string, number>>
  /** What went wrong, and with which request; null where nothing did. */
  readonly failure: string | null
}

/** A generator that is always refused proves nothing. */
export function isTakenEnough({ meant, taken }: FuzzReport): boolean {
  return meant > 0 && taken >= 0.8 * meant
}

/** After so many requests that were taken everything is made anew: logs grow. */
const TAKEN_BY_A_SCENE = 20
/** These leave nothing to do it to again. */
const SPENDS = new Set(['archiveQuiz', 'eraseLearner', 'revokeKey', 'deleteWebhook', 'extendAttempt'])

/** Sends so many requests to an operation, the same for the same seed, up to the first that is not answered as it should be. */
export async function fuzzOperation(
  op: Described,
  { cases, seed }: { cases: number; seed: number },
): Promise<FuzzReport> {
  const host = await createHost({ randomBytes: seededBytes(seed) })
  const statuses: Record<string, number> = {}
  let scene: FuzzScene | null = null
  let [requests, meant, taken, takenByScene] = [0, 0, 0, 0]
  let before: string[] = []

  async function sendOne(fuzzCase: FuzzCase): Promise<void> {
    if (scene === null || takenByScene === TAKEN_BY_A_SCENE) {
      scene = await newFuzzScene(host, op.scope)
      takenByScene = 0
      before = await dumpOf(host.deps.db)
    }
    const answer = await send(host, scene, fuzzCase)
    await host.idle()
    requests += 1
    const isTaken = answer.status < 400
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    checkAnswer(op, fuzzCase, answer, host)
    if (fuzzCase.outcome === 'taken') {
      meant += 1
      if (isTaken) taken += 1
    }
    const after = await dumpOf(host.deps.db)
    if (!isTaken) checkUnchanged(before, after)
    before = after
    if (!isTaken || fuzzCase.method === 'GET') return
    takenByScene = SPENDS.has(op.id) ? TAKEN_BY_A_SCENE : takenByScene + 1
  }
  const property = fc.asyncProperty(casesOf(op), (fuzzCase) =>
    sendOne(fuzzCase).catch((error: unknown) => {
      // What is sent next, to find a smaller request that fails alike, must find everything as it should be.
      scene = null
      throw error
    }),
  )
  const result = await fc.check(property, { seed, numRuns: cases })
  const failure = result.failed ? `${described(result)}\n${asCurl(result.counterexample![0])}` : null
  return { requests, meant, taken, statuses, failure }
}

function send(
  { client }: TestHost,
  scene: FuzzScene,
  { caller, method, path, headers, body }: FuzzCase,
): Promise<Answer> {
  const rawBody = typeof body === 'string' ? scene.fillIn(body) : body
  return client.call(method, scene.fillIn(path), {
    token: scene.tokens[caller],
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, scene.fillIn(value)])),
    // Staff see everything, and a learner gets back what they were allowed to see: other tests are about that.
    releases: caller === 'nothing' && !path.includes('/submissions') ? [] : 'everything',
    ...(rawBody !== null && { rawBody }),
  })
}

/** The client has held the answer to its schema. */
function checkAnswer(op: Described, { method, outcome }: FuzzCase, answer: Answer, { log }: TestHost): void {
  const { status, text } = answer
  const fail = (what: string) => {
    throw new Error(`${what}: ${status} ${text.slice(0, 600)}`)
  }
  if (status >= 500) fail('The server failed')
  if (text.includes(MARK) || JSON.stringify(log.splice(0)).includes(MARK)) fail('Something of the body was repeated')
  if (status >= 400 && method !== 'HEAD') {
    const code = String(problemOf(answer)[1])
    const documented = op.problems.get(status)
    // An operation that is not found documents nothing.
    if (documented && !documented.includes(code)) fail(`The code ${code} is not documented`)
  }
  if (typeof outcome === 'string') return
  const expected = outcome.map(([refusal, code]) => (method === 'HEAD' ? String(refusal) : `${refusal} ${code}`))
  const said =
    method === 'HEAD' ? String(status) : status < 400 ? String(status) : problemOf(answer).slice(0, 2).join(' ')
  if (!expected.includes(said)) fail(`Expected ${expected.join(' or ')}`)
}

function checkUnchanged(before: readonly string[], after: readonly string[]): void {
  const changed = [
    ...after.filter((row) => !before.includes(row)).map((row) => `+ ${row}`),
    ...before.filter((row) => !after.includes(row)).map((row) => `- ${row}`),
  ]
  if (changed.length > 0) throw new Error(`It was refused, and changed something: ${changed.join('\n').slice(0, 1000)}`)
}

function described({ errorInstance, counterexample, numRuns }: fc.RunDetails<[FuzzCase]>): string {
  const message = errorInstance instanceof Error ? errorInstance.message : String(errorInstance)
  return `request ${numRuns} (${counterexample![0].what}): ${message}`
}

const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** The request as a command, ids and credentials by their names. */
function asCurl({ caller, method, path, headers, body }: FuzzCase): string {
  const all = { ...headers, ...(caller !== 'nothing' && { Authorization: `Bearer <${caller}>` }) }
  const sent = Object.entries(all).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`)
  const data =
    body === null
      ? []
      : ['--data-binary', quoted(typeof body === 'string' ? body : `<hex ${Buffer.from(body).toString('hex')}>`)]
  return ['curl', '-X', method, quoted(`${PUBLIC_URL}${path}`), ...sent, ...data].join(' ').slice(0, 4000)
}
