import type { AuthoredQuestion } from '../../content/document.ts'
import { type Fraction, ZERO } from '../../grading/fraction.ts'
import { toMilliPoints } from '../../grading/points.ts'
import { earn } from '../earn.ts'
import type { Guesses } from './spaces.ts'
import { strategiesFor } from './strategies.ts'

/** What a question earns, 0..1, whoever knows nothing: null where there is no such response. */
export interface Expected {
  readonly blank: Fraction | null
  readonly everything: Fraction | null
  /** The mean over all responses, or over as many as were graded. */
  readonly guessing: Fraction | null
}

export function expectedOf(question: AuthoredQuestion): Expected {
  const { blank, everything, guesses } = strategiesFor(question)
  const earned = (response: unknown) => (response === undefined ? null : earn(question, response))
  return {
    blank: earned(blank),
    everything: earned(everything),
    guessing: guesses ? guessed(question, guesses) : null,
  }
}

/** The mean over all responses; over some of them, to a hundredth. */
function guessed(question: AuthoredQuestion, { responses, isAll }: Guesses): Fraction {
  const exactly = mean(responses.map((response) => earn(question, response) ?? ZERO))
  return isAll ? exactly : exactly.round(2)
}

/** The share of a quiz's points that each way of knowing nothing earns. Where a question has no such response it earns nothing. */
export function expectedOfQuestions(questions: readonly AuthoredQuestion[]): Record<keyof Expected, Fraction> {
  const all = questions.map((question) => ({ points: toMilliPoints(question.points), expected: expectedOf(question) }))
  const total = all.reduce((sum, { points }) => sum + points, 0)
  const share = (way: keyof Expected) =>
    all.reduce((sum, { points, expected }) => sum.add((expected[way] ?? ZERO).mul(points)), ZERO).div(total)
  return { blank: share('blank'), everything: share('everything'), guessing: share('guessing') }
}

function mean(fractions: readonly Fraction[]): Fraction {
  return fractions.reduce((sum, fraction) => sum.add(fraction), ZERO).div(Math.max(1, fractions.length))
}
