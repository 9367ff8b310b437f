import type { Fraction } from '../fraction.ts'
import { strictObject } from '../strict-object.ts'
import { netCorrect } from './net-correct.ts'
import type { PickCounts } from './picks.ts'
import * as v from 'valibot'

/** The scoring methods that are built. A question type says which of them fit it. */
export const ScoringMethod = v.picklist(['exact', 'net-correct'])
export type ScoringMethod = v.InferOutput<typeof ScoringMethod>

const CONTRACT_METHODS = [
  'every-decision-counts',
  'halves',
  'coverage',
  'option-weights',
  'guess-corrected',
  'any-correct-none-wrong',
  'absolute-position',
  'relative-next',
  'one-neighbour-each-side',
  'all-before-and-after',
  'longest-ordered-subset',
  'longest-run',
  'relative-to-correct',
  'partial-order',
  'per-part',
]

export const Scoring = v.pipe(strictObject({ method: ScoringMethod }), v.metadata({ ref: 'Scoring' }))
export type Scoring = v.InferOutput<typeof Scoring>

/** Every method name of the contract, so that one which is not built yet can be refused as such. */
export const KNOWN_SCORING_METHODS: ReadonlyMap<string, 'built' | 'unbuilt'> = new Map([
  ...CONTRACT_METHODS.map((method) => [method, 'unbuilt'] as const),
  ...ScoringMethod.options.map((method) => [method, 'built'] as const),
])

const PICK_METHODS = new Map<ScoringMethod, (counts: PickCounts) => Fraction>([['net-correct', netCorrect]])

/** What picks among options earn under a method. */
export function scorePicks(method: ScoringMethod, counts: PickCounts): Fraction {
  const score = PICK_METHODS.get(method)
  if (score === undefined) throw new Error('A published question has a scoring method that does not fit its type.')
  return score(counts)
}
