import { clamp, exact, type Fraction, ZERO } from './fraction.ts'
import type { Judgement } from './grader.ts'
import type { Policy } from './policy.ts'

/** A try as retry scoring looks at it. What a person gave is the last word on it, penalties and all. */
export interface JudgedTry extends Judgement {
  readonly given: Fraction | null
}

type RetryScoring = (tries: readonly [JudgedTry, ...JudgedTry[]], policy: Policy) => Fraction

/**
 * How a question's tries come to a share of its points (0..1), by the policy's `retryScoring`. `f` is what a try earned,
 * `n` its number from 1:
 * - `last`: f − penalty · (n − 1) of the last one, at least 0. Moodle's "interactive with multiple tries".
 * - `best`: the most of f − penalty · (n − 1) over all. Moodle's "adaptive mode".
 * - `declining`: each try that betters the best so far earns (f − best) · tryPoints[n − 1]. PrairieLearn's exams.
 * - `per-part`: a part earns what it finally does, less a penalty for each try up to the last at which it earned less;
 *   the mean by weights. Moodle's countback for matching and cloze; other questions as with `last`.
 */
const RETRY_SCORINGS: Readonly<Record<Policy['retryScoring'], RetryScoring>> = {
  last,
  best: (tries, policy) => greatest(tries.map((each, earlier) => lessPenalty(each, earlier, policy))),
  declining: (tries, { tryPoints }) => declining(tries, tryPoints ?? []),
  'per-part': (tries, policy) => countback(tries, policy) ?? last(tries, policy),
}

export function shareOf([first, ...others]: readonly JudgedTry[], policy: Policy): Fraction {
  return first === undefined ? ZERO : RETRY_SCORINGS[policy.retryScoring]([first, ...others], policy)
}

function last(tries: readonly [JudgedTry, ...JudgedTry[]], policy: Policy): Fraction {
  return lessPenalty(tries.at(-1) ?? tries[0], tries.length - 1, policy)
}

function lessPenalty({ given, fraction }: JudgedTry, earlier: number, { penalty }: Policy): Fraction {
  if (given) return given
  if (fraction === null || fraction.equals(ZERO)) return ZERO
  return clamp(fraction.sub(exact(penalty).mul(earlier)))
}

function declining(tries: readonly JudgedTry[], tryPoints: readonly number[]): Fraction {
  let [share, best] = [ZERO, ZERO]
  for (const [index, { given, fraction }] of tries.entries()) {
    const earned = given ?? fraction ?? ZERO
    const gain = clamp(earned.sub(best))
    share = given ? greatest([share, given]) : share.add(gain.mul(exact(tryPoints[index] ?? 0)))
    best = greatest([best, earned])
  }
  return share
}

/** Null for questions that are not graded part by part. */
function countback(tries: readonly JudgedTry[], { penalty }: Policy): Fraction | null {
  const parts = tries.at(-1)?.parts
  if (!parts) return null
  let [share, whole] = [ZERO, ZERO]
  for (const [index, { earned, weight }] of parts.entries()) {
    const lastWorse = 1 + tries.findLastIndex((each) => (each.parts?.[index]?.earned ?? ZERO).compare(earned) < 0)
    share = share.add(clamp(earned.sub(exact(penalty).mul(lastWorse))).mul(weight))
    whole = whole.add(weight)
  }
  return share.div(whole)
}

export function greatest(fractions: readonly Fraction[]): Fraction {
  return fractions.reduce((most, each) => (each.compare(most) > 0 ? each : most), ZERO)
}
