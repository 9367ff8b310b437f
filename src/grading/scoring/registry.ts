import { componentName } from '../component-name.ts'
import type { Fraction } from '../fraction.ts'
import { strictObject } from '../strict-object.ts'
import type { Method, OrderMethod, PartMethod, PickMethod } from './method.ts'
import { absolutePosition } from './orders/absolute-position.ts'
import { allBeforeAndAfter } from './orders/all-before-and-after.ts'
import { exactOrder } from './orders/exact.ts'
import { longestOrderedSubset } from './orders/longest-ordered-subset.ts'
import { longestRun } from './orders/longest-run.ts'
import { oneNeighbourEachSide } from './orders/one-neighbour-each-side.ts'
import { relativeNext } from './orders/relative-next.ts'
import { relativeToCorrect } from './orders/relative-to-correct.ts'
import { exactParts, perPart } from './parts.ts'
import { anyCorrectNoneWrong } from './picks/any-correct-none-wrong.ts'
import { coverage } from './picks/coverage.ts'
import { everyDecisionCounts } from './picks/every-decision-counts.ts'
import { exactPicks } from './picks/exact.ts'
import { guessCorrected } from './picks/guess-corrected.ts'
import { halves } from './picks/halves.ts'
import { netCorrect } from './picks/net-correct.ts'
import * as v from 'valibot'

/** How a question's points are shared out: a method, and what it takes beside its name. */
export interface Scoring {
  readonly method: string
  readonly [parameter: string]: unknown
}

/** Picks among options of which some are right, the default method first. */
export const PICK_METHODS = table<PickMethod>([
  netCorrect,
  exactPicks,
  everyDecisionCounts,
  halves,
  coverage,
  guessCorrected as PickMethod,
  anyCorrectNoneWrong,
])

/** Items in one right order. */
export const ORDER_METHODS = table<OrderMethod>([
  absolutePosition,
  exactOrder,
  relativeNext as OrderMethod,
  oneNeighbourEachSide,
  allBeforeAndAfter,
  longestOrderedSubset,
  longestRun,
  relativeToCorrect,
])

/** Parts that are graded each alone. */
export const PART_METHODS = table<PartMethod>([perPart, exactParts])

/** What the keys of two types score by themselves: no counting comes between. */
const SCORED_BY_KEYS = ['option-weights', 'partial-order'].map((method) => ({ method, parameters: {} }))

function table<M extends Method<never>>(methods: readonly M[]): ReadonlyMap<string, M> {
  return new Map(methods.map((method) => [method.method, method]))
}

/** What facts come to under a method of a table. */
export function scoreBy<Facts>(methods: ReadonlyMap<string, Method<Facts>>, scoring: Scoring, facts: Facts): Fraction {
  const method = methods.get(scoring.method)
  if (method === undefined) throw new Error('A published question has a scoring method that does not fit its type.')
  return method.score(facts, scoring)
}

const byMethod = new Map<string, Pick<Method<never>, 'method' | 'parameters' | 'variants'>>(
  [...PICK_METHODS.values(), ...ORDER_METHODS.values(), ...PART_METHODS.values(), ...SCORED_BY_KEYS].map((method) => [
    method.method,
    method,
  ]),
)

export const Scoring: v.GenericSchema<Scoring> = v.pipe(
  v.variant(
    'method',
    [...byMethod.values()].map(({ method, parameters }) =>
      v.pipe(
        strictObject({ method: v.literal(method), ...parameters }),
        v.metadata({ ref: componentName(method, 'Scoring') }),
      ),
    ),
  ),
  v.metadata({ ref: 'Scoring' }),
)

/** A method with each set of parameters that is worth comparing, the default first. */
export function scoringVariants(name: string): Scoring[] {
  return (byMethod.get(name)?.variants ?? [{}]).map((parameters) => ({ method: name, ...parameters }))
}

/** A method with its parameters at their defaults. */
export function completeScoring(method: string): Scoring {
  return v.parse(Scoring, { method })
}
