import type { AuthoredQuestion } from '../../content/document.ts'
import { drawing } from '../../grading/shuffle.ts'
import type { Content } from '../../grading/types/content.ts'
import { findWrittenForm } from '../types/registry.ts'
import type { Draw, Guesses } from './spaces.ts'

/** What somebody can answer who knows nothing. What is left out is no response. */
export interface Strategies {
  /** Nothing picked or written. */
  readonly blank?: unknown
  /** Everything picked. */
  readonly everything?: unknown
  /** Every response to the same degree. Only where responses can be counted. */
  readonly guesses?: Guesses
}

/** Says so for the questions of one type. */
export type StrategiesOf = (content: Content, draw: Draw) => Strategies

export function strategiesFor({ id, type, content }: Pick<AuthoredQuestion, 'id' | 'type' | 'content'>): Strategies {
  return findWrittenForm(type)!.strategies(content, drawing(id))
}

/** The ids of a list, in the author's order. */
export function idsIn(content: Content, list: string): string[] {
  return (content[list] as readonly { readonly id: string }[]).map((entry) => entry.id)
}
