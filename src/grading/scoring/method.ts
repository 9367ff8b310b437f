import type { Fraction } from '../fraction.ts'
import type { PartScore } from './parts.ts'
import type { PickCounts } from './picks/counts.ts'
import type * as v from 'valibot'

/**
 * One way to make a share of the points, 0..1, of what a response got right. `Facts` is what the method counts. Every
 * method is one module of this shape and one line in the registry.
 */
export interface Method<Facts, Parameters = object> {
  readonly method: string
  /** What `scoring` has beside the method's name. */
  readonly parameters: v.ObjectEntries
  /** Parameters that are worth comparing, the default first. */
  readonly variants?: readonly Partial<Parameters>[]
  readonly score: (facts: Facts, parameters: Parameters) => Fraction
}

export type PickMethod<Parameters = object> = Method<PickCounts, Parameters>

/** `ranks[place]` is the right place, from 0, of the item that the response put there. There are two items or more. */
export type OrderMethod<Parameters = object> = Method<readonly number[], Parameters>

export type PartMethod = Method<readonly PartScore[]>
