import type { RaceReport } from './deadline-race.ts'
import type { KillsReport } from './kills.ts'
import { growthOf } from './memory.ts'
import type { SoakReport } from './soak.ts'

/** What is wrong with a run: also that nothing was put to the test by it. */

const LEAST_SHARE = 0.05
/** Of the webhooks so many may wait when the faults stop: whoever falls behind while they last waits for most. */
const MOST_WAITING_SHARE = 0.25
const MOST_WAITING = 20
/** Before that caches fill, and code is compiled: what grows then says nothing. */
const MEMORY_SETTLES_SECONDS = 120

export function findingsOfKills({ inFlight, seen, verdict }: KillsReport): string[] {
  return [
    ...seen.errors,
    ...verdict.violations,
    ...unless(verdict.attempts > 0 && verdict.explained === verdict.attempts, 'Not every attempt was explained.'),
    ...unless(
      inFlight.every((count) => count > 0),
      'A kill came when no request was on its way.',
    ),
    ...unless(seen.unknown > 0 && seen.retried > 0, 'No outcome was unknown: nothing was put to the test.'),
  ]
}

export function findingsOfRace({ seen, verdict }: RaceReport): string[] {
  const { accepted, refused, releases } = verdict
  const enough = (accepted + refused) * LEAST_SHARE
  return [
    ...seen.errors,
    ...verdict.violations,
    ...unless(accepted >= enough && refused >= enough, `${accepted} accepted and ${refused} refused are no race.`),
    ...unless(releases > 0, 'Nothing was released: nothing was put to the test.'),
  ]
}

export function findingsOfSoak({ seconds, seen, verdict, faults, memory, webhooks }: SoakReport): string[] {
  return [
    ...seen.errors,
    ...verdict.violations,
    ...unless(verdict.attempts > 0 && verdict.explained === verdict.attempts, 'Not every attempt was explained.'),
    ...unless(faults.failedBefore > 0 && faults.failedAfter > 0, 'Nothing failed: nothing was put to the test.'),
    ...unless(seen.unknown + seen.unreachable === 0, `${seen.unknown + seen.unreachable} connections broke.`),
    ...unless(webhooks.expected > 0, 'Nothing was to be told: nothing was put to the test.'),
    ...unless(
      webhooks.waiting <= MOST_WAITING + webhooks.expected * MOST_WAITING_SHARE,
      `${webhooks.waiting} of ${webhooks.expected} webhooks waited until the faults stopped.`,
    ),
    ...(seconds >= MEMORY_SETTLES_SECONDS ? growthOf(memory) : []),
  ]
}

function unless(holds: boolean, finding: string): string[] {
  return holds ? [] : [finding]
}
