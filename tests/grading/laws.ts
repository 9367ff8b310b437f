import * as fc from 'fast-check'
import type { AttemptEvent } from '../../src/grading/log.ts'
import { type Outcome, replay } from '../../src/grading/replay.ts'
import { type Case, cases, quizOf } from './arbitrary-logs.ts'

/** Every run draws the same cases. */
const RUNS = { seed: 20_260_105, numRuns: 300 }

/** The smallest case that breaks a law, in words, or null where none of those that are drawn does. */
export function counterexample(law: (drawn: Case) => void): string | null {
  return counterexampleWith(fc.constant(null), law)
}

export function counterexampleWith<T>(more: fc.Arbitrary<T>, law: (drawn: Case, drawnToo: T) => void): string | null {
  const details = fc.check(fc.property(cases, more, law), RUNS)
  return details.failed ? (fc.defaultReportMessage(details) ?? 'The law does not hold.') : null
}

export function fold(drawn: Case, log: readonly AttemptEvent[] = drawn.log): Outcome {
  const { quiz, answerKey } = quizOf(drawn)
  return replay(drawn.start, quiz, answerKey, log)
}
