import type { Asked, Attempt, Entry, Judge } from './attempt.ts'
import type { Rules } from './policies.ts'
import { type ModelQuestion, worthOf } from './questions.ts'
import {
  ALL,
  compare,
  decimal,
  isAll,
  minus,
  most,
  nearest,
  NOTHING,
  notBelowZero,
  plus,
  ratio,
  type Rational,
  times,
} from './rational.ts'

/** What responses come to, told as plainly as can be. Scores are thousandths of a point. */

export interface Standing {
  readonly score: number
  readonly maxScore: number
  readonly pending: boolean
}

export type Verdict = 'correct' | 'partially-correct' | 'incorrect' | 'pending'

interface InForce {
  readonly judges: readonly Judge[]
  readonly points: number
  readonly credit: 'earned' | 'full' | 'dropped'
}

export const judgeOf = (question: ModelQuestion, names: Record<string, string> = {}): Judge => {
  const { id, suffix, right, version, kind } = question
  const renamed = Object.entries(names)
    .map((each) => each.join('>'))
    .toSorted()
  return { question, same: JSON.stringify([kind, id, suffix, right, version, renamed]) }
}

/** What scores a question after all its regrades. */
export function inForce({ served, regraded }: Asked): InForce {
  let judges: Judge[] = [judgeOf(served)]
  let credit: InForce['credit'] = 'earned'
  for (const { rule, judge } of regraded) {
    if (rule === 'full-credit') credit = 'full'
    else if (rule === 'drop-question') credit = 'dropped'
    else if (judge === null) continue
    else if (rule === 'new-key') [judges, credit] = [[judge], 'earned']
    else {
      if (credit === 'dropped') credit = 'earned'
      judges = [...judges.filter(({ same }) => same !== judge.same), judge]
    }
  }
  const last = regraded.findLast(({ judge }) => judge !== null)
  return { judges, credit, points: (last?.judge?.question ?? served).points }
}

/** Tells whether a regrade made a difference to what scores the attempt. */
export const scoredBy = ({ asked }: Attempt): string =>
  JSON.stringify(
    asked.map((each) => {
      const { judges, credit, points } = inForce(each)
      return [credit, points, judges.map(({ same }) => same)]
    }),
  )

/** By the judge that gives most; null where a person has to say. */
function shareOf(asked: Asked, { said }: Entry): Rational | null {
  const shares = inForce(asked).judges.map(({ question }) => worthOf(question, said).share)
  return shares.includes(null) ? null : most(shares.filter((share) => share !== null))
}

function judgedShare(asked: Asked, entry: Entry): Rational | null {
  return entry.given ? entry.given.share : shareOf(asked, entry)
}

export function isRight(asked: Asked, entry: Entry): boolean {
  const share = judgedShare(asked, entry)
  return share !== null && isAll(share)
}

export const waitsForPerson = (asked: Asked): boolean => {
  const last = asked.entries.at(-1)
  return last !== undefined && shareOf(asked, last) === null
}

export function verdictOf(asked: Asked, entry: Entry): Verdict {
  const isLast = entry === asked.entries.at(-1)
  const share = isLast && asked.overridden ? asked.overridden : judgedShare(asked, entry)
  if (share === null) return inForce(asked).credit === 'full' ? 'correct' : 'pending'
  if (isAll(share)) return 'correct'
  return share.n === 0n ? 'incorrect' : 'partially-correct'
}

export function maxScoreOf(asked: Asked, { certainty }: Rules): number {
  const { points, credit } = inForce(asked)
  return credit === 'dropped' ? 0 : certainty ? 3 * points : points
}

/** What some tries of a question come to. */
export function scoreOf(asked: Asked, entries: readonly Entry[], rules: Rules): number {
  const max = maxScoreOf(asked, rules)
  const last = entries.at(-1)
  // A person's word is about the question as it stands: an earlier try is repeated with what it came to.
  if (asked.overridden && last === asked.entries.at(-1)) return nearest(times(asked.overridden, ratio(max)))
  const { credit, judges, points } = inForce(asked)
  if (credit !== 'earned') return max
  if (!last) return 0
  if (rules.certainty && !last.given) {
    const share = shareOf(asked, last)
    return share === null ? 0 : nearest(times(marked(share, last.certainty!), ratio(points)))
  }
  return nearest(times(most(judges.map(({ question }) => triesShare(question, entries, rules))), ratio(max)))
}

/** Certainty-based marks: 1, 2, 3 for what is right, and 0, -2, -6 for what is wrong. */
function marked(share: Rational, certainty: 1 | 2 | 3): Rational {
  return share.n > 0n ? times(share, ratio(certainty)) : ratio({ 1: 0, 2: -2, 3: -6 }[certainty])
}

function triesShare(question: ModelQuestion, entries: readonly Entry[], rules: Rules): Rational {
  const penalty = decimal(rules.penalty)
  const earned = entries.map(({ said, given }) => given?.share ?? worthOf(question, said).share ?? NOTHING)
  const reduced = entries.map(({ given }, before) =>
    given ? given.share : notBelowZero(minus(earned[before]!, times(penalty, ratio(before)))),
  )
  if (rules.retryScoring === 'best') return most(reduced)
  if (rules.retryScoring === 'declining') return declining(entries, earned, rules.tryPoints!)
  const parts = entries.map(({ said }) => worthOf(question, said).parts)
  const last = parts.at(-1)
  if (rules.retryScoring !== 'per-part' || !last) return reduced.at(-1)!
  return last.reduce((sum, got, part) => {
    if (!got) return sum
    const lastMissed = parts.findLastIndex((each) => !each![part])
    return plus(sum, times(notBelowZero(minus(ALL, times(penalty, ratio(lastMissed + 1)))), ratio(1, last.length)))
  }, NOTHING)
}

function declining(entries: readonly Entry[], earned: readonly Rational[], tryPoints: readonly number[]): Rational {
  let sum = NOTHING
  let best = NOTHING
  for (const [index, { given }] of entries.entries()) {
    const gain = notBelowZero(minus(earned[index]!, best))
    sum = given ? given.share : plus(sum, times(gain, decimal(tryPoints[index] ?? 0)))
    if (compare(earned[index]!, best) > 0) best = earned[index]!
  }
  return sum
}

export function standingOf({ asked, rules, overridden }: Attempt): Standing {
  const maxScore = asked.reduce((sum, each) => sum + maxScoreOf(each, rules), 0)
  const earned = asked.reduce((sum, each) => sum + scoreOf(each, each.entries, rules), 0)
  return {
    score: overridden ? nearest(times(overridden, ratio(maxScore))) : Math.max(0, earned),
    maxScore,
    pending: !overridden && asked.some(isPending),
  }
}

function isPending(asked: Asked): boolean {
  const last = asked.entries.at(-1)
  return last !== undefined && inForce(asked).credit === 'earned' && verdictOf(asked, last) === 'pending'
}

/** Null while something is pending; measured by the points alone, which certainty can triple. */
export function passes(attempt: Attempt): boolean | null {
  const { score, pending } = standingOf(attempt)
  if (pending) return null
  const points = attempt.asked.reduce((sum, each) => {
    const force = inForce(each)
    return sum + (force.credit === 'dropped' ? 0 : force.points)
  }, 0)
  return compare(ratio(score), times(decimal(attempt.rules.passingScore), ratio(points))) >= 0
}

/** How certainty did: of each level how many answers a key has judged, how many were right, and what would have paid best. */
export function calibrationOf({ asked }: Attempt): unknown[] {
  const judged = asked.flatMap((each) => {
    const last = each.entries.at(-1)
    const share = last && !last.given ? shareOf(each, last) : null
    const { credit, points } = inForce(each)
    return last?.certainty && share && credit !== 'dropped' ? [{ certainty: last.certainty, share, points }] : []
  })
  return ([1, 2, 3] as const).map((certainty) => {
    const some = judged.filter((each) => each.certainty === certainty)
    const totals = ([1, 2, 3] as const).map((level) =>
      some.reduce((sum, { share, points }) => plus(sum, times(marked(share, level), ratio(points))), NOTHING),
    )
    const best = totals.reduce((top, total, index) => (compare(total, totals[top]!) > 0 ? index : top), 0)
    return {
      certainty,
      count: some.length,
      correct: some.filter(({ share }) => isAll(share)).length,
      best: some.length === 0 ? null : best + 1,
    }
  })
}
