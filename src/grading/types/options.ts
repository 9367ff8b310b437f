import { clamp, type Fraction, ONE, ZERO } from '../fraction.ts'
import { Id } from '../identifiers.ts'
import type { Issue } from '../issue.ts'
import { own } from '../own.ts'
import { SignedShare, type Share, toFraction } from '../share.ts'
import { strictRecord } from '../strict-record.ts'
import type { Listed } from './question-type.ts'
import * as v from 'valibot'

/** What the choice types share: options, picks among them, and what each of them weighs. */
export interface OptionsContent {
  readonly options: readonly Listed[]
}

export const OPTIONS = { options: { min: 2, max: 50, shuffle: 'allowed', use: 'choices' } } as const

/** Distinct ids; one that is named twice would have no meaning. */
export const Picks = v.pipe(
  v.array(Id),
  v.maxLength(50),
  v.check((ids) => new Set(ids).size === ids.length, 'Expected every id once.'),
)

/** What picking each option earns. Those that are not named weigh nothing. */
export const Weights = strictRecord(Id, SignedShare)
export type Weights = Readonly<Record<string, Share>>

export function checkIds(
  entries: readonly Listed[],
  ids: readonly string[],
  path: (index: number) => (string | number)[],
  detail = 'The question has no option with this id.',
): Issue[] {
  const known = new Set(entries.map((entry) => entry.id))
  return ids.flatMap((id, index): Issue[] => (known.has(id) ? [] : [{ path: path(index), code: 'unknown-id', detail }]))
}

/** `best` is what the best response earns: somebody must be able to have everything. */
export function checkWeights({ options }: OptionsContent, weights: Weights, best: Fraction): Issue[] {
  const ids = Object.keys(weights)
  return [
    ...checkIds(options, ids, (index) => ['weights', ids[index]!]),
    ...(best.compare(ONE) < 0
      ? [
          {
            path: ['weights'],
            code: 'inconsistent' as const,
            detail: 'No response earns everything: write thirds as "1/3".',
          },
        ]
      : []),
  ]
}

export function weightOf(weights: Weights, option: string): Fraction {
  return toFraction(own(weights, option) ?? 0)
}

/** Σ weights of what was picked, limited to 0..1. Moodle's multiple choice, GIFT. */
export function scoreWeights(weights: Weights, picks: readonly string[]): Fraction {
  return clamp(sumOf(weights, picks))
}

export function sumOf(weights: Weights, picks: readonly string[]): Fraction {
  return picks.reduce((sum, pick) => sum.add(weightOf(weights, pick)), ZERO)
}
