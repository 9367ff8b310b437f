import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { AttemptEvent, AttemptStart } from '../../src/grading/log.ts'
import type { AuthoredPolicy } from '../../src/grading/policy.ts'
import { GRADING_VERSION } from '../../src/grading/quiz.ts'
import { replay } from '../../src/grading/replay.ts'
import { gradedQuiz, summariseOutcome } from './graded-quiz.ts'

/** A log, and what the rules make of it: worked out by hand, so it changes only with their meaning. */
interface Golden {
  readonly says: string
  readonly gradingVersion: number
  readonly document: unknown
  /** The documents of the revisions that its regrades name. */
  readonly targets?: Readonly<Record<string, unknown>>
  readonly start: AttemptStart
  readonly log: readonly AttemptEvent[]
  readonly outcome: unknown
}

const folder = new URL('golden/', import.meta.url)
const goldens = readdirSync(folder)
  .toSorted()
  .map((name) => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Golden] as const)

describe('what a published quiz was graded by stays as it is', () => {
  it('there are logs to hold the rules to, of every version', () => {
    const versions = new Set(goldens.map(([, { gradingVersion }]) => gradingVersion))
    expect(versions).toEqual(new Set(Array.from({ length: GRADING_VERSION }, (_, index) => index + 1)))
    expect(goldens.length).toBeGreaterThanOrEqual(19)
  })

  it('there is one of every kind of event, and of every way to score retries', () => {
    const policies = goldens.map(([, { document }]) => (document as { policy: AuthoredPolicy }).policy)
    expect(new Set(policies.map(({ retryScoring = 'last' }) => retryScoring))).toEqual(
      new Set(['last', 'best', 'declining', 'per-part']),
    )
    expect(new Set(goldens.flatMap(([, { log }]) => log.map(({ type }) => type)))).toEqual(
      new Set(['responded', 'finished', 'extended', 'graded', 'overridden', 'regraded']),
    )
  })

  for (const [name, { says, document, targets = {}, start, log, outcome }] of goldens) {
    it(`${name}: ${says}`, () => {
      const { quiz, answerKey } = gradedQuiz(document)
      const revisions = new Map(Object.entries(targets).map(([id, target]) => [id, gradedQuiz(target)]))
      expect(summariseOutcome(replay(start, quiz, answerKey, log, revisions))).toEqual(outcome)
    })
  }
})
