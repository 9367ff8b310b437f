import { MAX_CERTAINTY } from './certainty.ts'
import { Fraction, ZERO } from './fraction.ts'
import { type MilliPoints, reaches, rounded } from './points.ts'
import type { Policy } from './policy.ts'
import type { Standing } from './standing.ts'

/** A settled attempt, as far as a grade is made from it. */
export interface GradedAttempt extends Standing {
  /** Whether its revision asks for certainty, by which its maximum is three times its points. */
  readonly certainty: boolean
}

/** A learner's settled attempts, in the order of their starts. */
export type GradedAttempts = readonly [GradedAttempt, ...GradedAttempt[]]

/**
 * The one standing that a learner's attempts at a quiz come to. All but the average are an attempt's own figures, its word
 * on passing included: that was said by the revision which the attempt was taken at.
 */
export function gradeBy(
  { gradeBy: rule, passingScore }: Pick<Policy, 'gradeBy' | 'passingScore'>,
  attempts: GradedAttempts,
): Standing {
  if (rule === 'average') return averageOf(attempts, passingScore)
  const { score, maxScore, passed } = CHOICES[rule](attempts)
  return { score, maxScore, passed }
}

const CHOICES: Record<Exclude<Policy['gradeBy'], 'average'>, (attempts: GradedAttempts) => GradedAttempt> = {
  first: ([first]) => first,
  latest: (attempts) => attempts.reduce((_, each) => each),
  // By the share of what could be had, for revisions differ in that; of equals the latest.
  highest: (attempts) => attempts.reduce((best, each) => (shareOf(each).compare(shareOf(best)) < 0 ? best : each)),
}

function shareOf({ score, maxScore }: Standing): Fraction {
  return maxScore === 0 ? ZERO : new Fraction(score, maxScore)
}

/** Passing compares sums, which stand to each other as the exact means do: what is rounded is only what is shown. */
function averageOf(attempts: GradedAttempts, passingScore: number): Standing {
  const score = sum(attempts.map((attempt) => attempt.score))
  const pending = attempts.some((attempt) => attempt.passed === null)
  return {
    score: rounded(score.div(attempts.length)),
    maxScore: rounded(sum(attempts.map((attempt) => attempt.maxScore)).div(attempts.length)),
    passed: pending ? null : reaches(score, passingScore, sum(attempts.map(pointsOf))),
  }
}

/** What could be had without certainty, which is what passing is measured by. */
function pointsOf({ maxScore, certainty }: GradedAttempt): Fraction {
  return new Fraction(maxScore, certainty ? MAX_CERTAINTY : 1)
}

function sum(values: readonly (MilliPoints | Fraction)[]): Fraction {
  return values.reduce<Fraction>((total, value) => total.add(value), ZERO)
}
