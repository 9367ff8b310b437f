import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { expect } from 'vitest'
import { jobs } from '../../../src/db/schema.ts'
import { runJobs } from '../../../src/services/run-jobs.ts'
import { settleDueAttempts } from '../../../src/services/settle-due-attempts.ts'
import { generateKeys } from '../../../src/tokens/generate-keys.ts'
import type { Answer, CallOptions } from '../client.ts'
import { createHost, type TestHost } from '../host.ts'

/** The system that a session talks to: isolates on one database, behind one clock and with the same signing keys. */
export interface Real {
  readonly hosts: TestHost[]
  readonly jwks: { set: JSONWebKeySet | null }
}

/** A fault of the database at one of the next batches, before it or after its commit. */
export interface Fault {
  readonly when: 'before' | 'after'
  readonly batch: number
}

const MOST_ISOLATES = 3

export const anyHost = ({ hosts }: Real, pick: number): TestHost => hosts[pick % hosts.length]!

export async function addIsolate(real: Real): Promise<void> {
  if (real.hosts.length < MOST_ISOLATES) real.hosts.push(await real.hosts[0]!.isolate())
}

/** From now on every isolate signs with a new key, and knows the old ones too. */
export async function rotate(real: Real): Promise<void> {
  const [{ clock, signingKeys }] = real.hosts as [TestHost]
  real.hosts.splice(0, real.hosts.length, await createHost({ clock, signingKeys: await generateKeys(signingKeys) }))
  real.jwks.set = null
}

/** Sends a request; one that meets a fault is sent again. */
export async function send(
  real: Real,
  pick: number,
  [method, path, options]: readonly [string, string, CallOptions],
  { fault, holdJobs }: { fault: Fault | null; holdJobs: boolean },
): Promise<Answer> {
  const host = anyHost(real, pick)
  const { faults } = host
  if (fault) faults[fault.when](fault.batch)
  if (holdJobs) faults.refuse('update "jobs"')
  const call = () => host.client.call(method, path, { releases: 'everything', ...options })
  let answer = await call()
  if (fault) {
    await host.idle()
    faults.clear()
    if (holdJobs) faults.refuse('update "jobs"')
    if (answer.status === 503) expect(answer.headers.get('Retry-After'), 'Retry-After').not.toBeNull()
    if (answer.status === 503) answer = await call()
  }
  await host.idle()
  faults.clear()
  await checkInvariants(real, host, answer.body)
  return answer
}

export async function workOn(real: Real, pick: number, attempts: number): Promise<void> {
  await runJobs(anyHost(real, pick).deps, attempts)
}

/** Work that is cut off by a fault, and taken up again when whoever had begun it has had time enough. */
export async function workThroughFault(real: Real, pick: number, { when, batch }: Fault): Promise<void> {
  const { deps, faults } = anyHost(real, pick)
  faults[when](batch)
  await runJobs(deps, 50).catch(() => {})
  faults.clear()
  await deps.db.batch([deps.db.update(jobs).set({ leasedUntil: 0 })])
  await runJobs(deps, 1000)
}

export async function tickTimer(real: Real, pick: number): Promise<void> {
  await settleDueAttempts(anyHost(real, pick).deps, 1000)
}

/** What holds for every answer, whatever it is about. */
async function checkInvariants(real: Real, host: TestHost, body: any): Promise<void> {
  const { attempt, results = [], token, receipt } = body ?? {}
  for (const jwt of [token, receipt]) if (typeof jwt === 'string') await checkSignature(real, host, jwt)
  if (!attempt?.id) return
  within(attempt.score, 0, attempt.maxScore)
  // Wrong and certain costs twice what there is to have.
  for (const { score, maxScore } of results) within(score, -2 * maxScore, maxScore)
}

function within(score: number | null, from: number, to: number): void {
  expect(score === null || (score >= from && score <= to), `the score ${score} of ${to}`).toBe(true)
}

async function checkSignature(real: Real, host: TestHost, jwt: string): Promise<void> {
  real.jwks.set ??= (await host.client.call('GET', '/.well-known/jwks.json')).body as JSONWebKeySet
  // Times are virtual: what a token says of them is for the host to judge.
  await jwtVerify(jwt, createLocalJWKSet(real.jwks.set), { currentDate: new Date(host.clock.now) })
}
