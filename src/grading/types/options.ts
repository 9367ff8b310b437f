import { Id } from '../identifiers.ts'
import type { Issue } from '../issue.ts'
import type { Listed } from './question-type.ts'
import * as v from 'valibot'

/** What the choice types share: options, and picks among them. */
export interface OptionsContent {
  readonly options: readonly Listed[]
}

export const OPTIONS = { options: { min: 2, max: 50 } } as const

/** Distinct option ids; a pick named twice would have no meaning. */
export const Picks = v.pipe(
  v.array(Id),
  v.maxLength(50),
  v.check((ids) => new Set(ids).size === ids.length, 'Expected every option once.'),
)

export function checkPicks(
  options: readonly Listed[],
  picks: readonly string[],
  path: (index: number) => (string | number)[],
): Issue[] {
  const known = new Set(options.map((option) => option.id))
  return picks.flatMap((pick, index): Issue[] =>
    known.has(pick)
      ? []
      : [{ path: path(index), code: 'unknown-id', detail: 'The question has no option with this id.' }],
  )
}
