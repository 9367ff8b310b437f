import type { Fraction } from '../fraction.ts'
import type { Issue } from '../issue.ts'
import type { ScoringMethod } from '../scoring/registry.ts'
import type * as v from 'valibot'

/** A list of things with an id and a text that a question offers: its options, items or prompts. */
export interface ListRule {
  readonly min: number
  readonly max: number
}

/** What a list's entries look like to the rules: their texts matter to readers alone. */
export interface Listed {
  readonly id: string
}

/**
 * One type of question. Every type is one module of this shape and one line in the registry.
 *
 * `Content` is the public part, `Key` the secret one. A method never sees an input that its schema, `checkKey` and
 * `checkResponse` would not admit, so it is total on what it gets. Everything here is pure.
 */
export interface QuestionType<Content = unknown, Key = unknown, Response = unknown> {
  readonly type: string
  /** The question's public lists by their property name, with the number of entries that they may have. */
  readonly lists: Readonly<Record<string, ListRule>>
  readonly key: v.GenericSchema<unknown, Key>
  readonly response: v.GenericSchema<unknown, Response>
  /** The names of the scoring methods that fit, the default one first. */
  readonly scoring: readonly [ScoringMethod, ...ScoringMethod[]]

  /** What is wrong with a response, judged by what is public alone: the answer to a learner must not depend on the key. */
  checkResponse(content: Content, response: Response): Issue[]
  /** What is wrong with a key, for the author. */
  checkKey(content: Content, key: Key): Issue[]
  /** The one form that all equal responses share: sets sorted, text normalised. Never by the key's own rules. */
  canonical(response: Response): Response
  /** The exact share of the question's points that a response earns, 0..1. */
  grade(input: { content: Content; key: Key; method: ScoringMethod; response: Response }): Fraction
  /** A response that earns everything, or null where the key does not say one. */
  answer(content: Content, key: Key): Response | null
  /**
   * The entries whose own feedback may be shown for a response while tries remain. A type lists them only where that
   * says no more than the verdict does; everything else would undo the tries.
   */
  revealedBy(response: Response): readonly string[]
}
