import type { Rules } from './policies.ts'
import { countsTries } from './policies.ts'
import type { ModelQuestion, Said } from './questions.ts'
import { isBlank, sameText } from './questions.ts'
import { type Rational } from './rational.ts'
import { isRight, standingOf, type Standing } from './scoring.ts'

/** An attempt as the model keeps it: what was accepted, by what it is scored, and what was written down. */

/** A response that counted. */
export interface Entry {
  readonly said: Said
  readonly text: string
  readonly certainty: 1 | 2 | 3 | null
  given: { readonly share: Rational; readonly comment: string | null } | null
}

/** A way to judge: a question of some revision, and a text that is the same for equal ways. */
export interface Judge {
  readonly question: ModelQuestion
  readonly same: string
}

export type Rule = 'new-key' | 'best-of-both' | 'full-credit' | 'drop-question'

export interface Asked {
  readonly served: ModelQuestion
  /** Of saves only the last. */
  entries: Entry[]
  /** What regrades have done to it; without a judge where the target has no such question. */
  readonly regraded: { readonly rule: Rule; readonly judge: Judge | null }[]
  overridden: Rational | null
  closed: boolean
}

/** Which entry of which run of entries: a later save replaces the run. */
export interface TryRef {
  readonly entry: Entry
  readonly among: readonly Entry[]
  readonly number: number
}

export interface Reply {
  readonly name: string
  readonly made: TryRef | null
  readonly duplicate: boolean
  readonly refused: 'attempt-finished' | 'no-tries-left' | null
}

export interface Sent {
  readonly name: string
  readonly said: Said
  readonly certainty?: 1 | 2 | 3
}

/** A line of the log, and how the attempt stood after it. */
export interface Line {
  readonly type: string
  /** Of the request that it came with; null without one. */
  readonly key: string | null
  readonly counted: boolean
  readonly replies: readonly Reply[]
  readonly told: readonly unknown[]
  readonly after: Standing & { readonly status: string; readonly deadline: number | null }
}

export interface Attempt {
  readonly number: number
  id: string
  readonly rules: Rules
  readonly revision: number
  readonly learner: string | null
  readonly metadata: Record<string, string>
  readonly startedAt: number
  readonly startDeadline: number | null
  deadline: number | null
  finished: { readonly at: number; readonly reason: 'submitted' | 'expired' } | null
  asked: Asked[]
  overridden: Rational | null
  readonly log: Line[]
  tokens: string[]
  readonly receipts: number[]
  erased: boolean
}

export function askedOf(served: ModelQuestion): Asked {
  return { served, entries: [], regraded: [], overridden: null, closed: false }
}

export const isLate = ({ deadline, rules }: Attempt, now: number): boolean =>
  deadline !== null && now > deadline + rules.graceSeconds * 1000

export const isOver = (attempt: Attempt, now: number): boolean => attempt.finished === null && isLate(attempt, now)

export const askedBy = (attempt: Attempt, name: string): Asked =>
  attempt.asked.find(({ served }) => served.name === name)!

/** What becomes of one response now. Accepts it, if it is to be. */
export function reply(attempt: Attempt, { name, said, certainty: sure }: Sent, now: number): Reply {
  const { rules } = attempt
  const asked = askedBy(attempt, name)
  const certainty = rules.certainty ? (sure ?? 1) : null
  const text = sameText(said)
  const none = { name, made: null, duplicate: false, refused: null }
  const equal = asked.entries.findIndex((each) => each.text === text && each.certainty === certainty)
  if (equal !== -1) return { ...none, made: refTo(asked, equal), duplicate: true }
  if (attempt.finished || isLate(attempt, now)) return { ...none, refused: 'attempt-finished' }
  if (asked.closed) return { ...none, refused: 'no-tries-left' }
  if (rules.retryScoring === 'best' && isBlank(asked.served, said)) return none
  const entry = { said, text, certainty, given: null }
  if (countsTries(rules)) asked.entries.push(entry)
  else asked.entries = [entry]
  closeWhereDone(attempt, asked)
  return { ...none, made: refTo(asked, asked.entries.length - 1) }
}

/** A question closes when it is answered right or its tries are used up, and never opens again. */
export function closeWhereDone({ rules }: Attempt, asked: Asked): void {
  if (!countsTries(rules)) return
  const last = asked.entries.at(-1)
  asked.closed ||=
    (rules.tries !== null && asked.entries.length >= rules.tries) || (last !== undefined && isRight(asked, last))
}

function refTo({ entries }: Asked, index: number): TryRef {
  return { entry: entries[index]!, among: entries, number: index + 1 }
}

/** Writes a line into the log. */
export function write(
  attempt: Attempt,
  type: string,
  {
    key = null,
    replies = [],
    told = [],
  }: { key?: string | null; replies?: readonly Reply[]; told?: readonly unknown[] } = {},
): void {
  const counted = key === null || attempt.log.every((line) => line.key !== key)
  attempt.log.push({
    type,
    key,
    counted,
    replies: counted ? replies : [],
    told: counted ? told : [],
    after: stateOf(attempt),
  })
}

const stateOf = (attempt: Attempt): Line['after'] => ({
  ...standingOf(attempt),
  status: attempt.finished ? 'finished' : 'active',
  deadline: attempt.deadline,
})

/** Whoever first finds the attempt over writes so. */
export function touch(attempt: Attempt, now: number): void {
  if (isOver(attempt, now)) end(attempt, now)
}

export function end(attempt: Attempt, now: number): void {
  if (attempt.finished) return
  attempt.finished = isLate(attempt, now)
    ? { at: attempt.deadline!, reason: 'expired' }
    : { at: now, reason: 'submitted' }
  write(attempt, 'finished')
}
