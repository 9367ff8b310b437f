import type { Fraction } from '../fraction.ts'
import type { Issue } from '../issue.ts'
import type { PartScore } from '../scoring/parts.ts'
import type { Scoring } from '../scoring/registry.ts'
import type * as v from 'valibot'

/** A list of things with an id and a text that a question offers: its options, items or prompts. */
export interface ListRule {
  readonly min: number
  readonly max: number
  /** Whether its order is hidden: always, where author and policy agree, or never. */
  readonly shuffle: 'always' | 'allowed' | 'never'
  /** Entries with equal texts are one entry, where they are not a mistake. */
  readonly equalTexts?: 'merge'
  /** What a response does with the entries: it chooses among them, answers each apart, or puts all of them in order. */
  readonly use: 'choices' | 'places' | 'sequence'
}

/** What a list's entries look like to the rules: their texts matter to readers alone. */
export interface Listed {
  readonly id: string
}

/**
 * One type of question. Every type is one module of this shape and one line in the registry.
 *
 * `Content` is the public part, `Key` the secret one. A method never sees an input that its schema, `checkContent`,
 * `checkKey` and `checkResponse` would not admit, so it is total on what it gets. Everything here is pure.
 */
export interface QuestionType<Content = unknown, Key = unknown, Response = unknown> {
  readonly type: string
  /** The question's public lists by their property name. */
  readonly lists: Readonly<Record<string, ListRule>>
  /** Its other public properties: data that is served as it was written. */
  readonly fields: v.ObjectEntries
  /** The types of the blanks in its prompt, which are served under `blanks`. */
  readonly blanks?: readonly QuestionType[]
  readonly key: v.GenericSchema<unknown, Key>
  readonly response: v.GenericSchema<unknown, Response>

  /** The names of the scoring methods that fit a key, the default one first. */
  methods(key: Key): readonly string[]
  /**
   * What is wrong with what is public, for the author. `prompt` is what is read of it, without its markup, for a
   * type that has blanks in it. Entries of lists are checked for every type alike.
   */
  checkContent(content: Content, prompt: string): Issue[]
  /** What is wrong with a key, for the author. */
  checkKey(content: Content, key: Key): Issue[]
  /** What is wrong with a response, judged by what is public alone: the answer to a learner must not depend on the key. */
  checkResponse(content: Content, response: Response): Issue[]
  /** The one form that all equal responses share: sets sorted, text normalised. Never by the key's own rules. */
  canonical(response: Response, content: Content): unknown
  /** The exact share of the question's points that a response earns, 0..1. Null where a person has to say. */
  grade(input: Grading<Content, Key, Response>): Fraction | null
  /** What each part of a response earned, for a type and a method that grade part by part; null for any other. */
  parts(input: Grading<Content, Key, Response>): readonly PartScore[] | null
  /** Whether a response says nothing at all. */
  isBlank(response: Response): boolean
  /** Names in a response beside ids of entries and blanks: the units of a number. */
  words(content: Content): readonly string[]
  /** The response with each name in it replaced: as if the question had other ids. */
  rename(response: Response, nameOf: (name: string) => string, content: Content): Response
  /** A response that earns everything, or null where the key does not say one. */
  answer(content: Content, key: Key): Response | null
  /**
   * The entries whose own feedback may be shown for a response while tries remain. A type lists them only where that
   * says no more than the verdict does; everything else would undo the tries.
   */
  revealedBy(response: Response): readonly string[]
  /** What the author says of single answers of the key. */
  remarks(key: Key): readonly Remark[]
  /**
   * The paths of the answers that a response was graded by: what the author says of an answer is for those who gave it.
   */
  matched(input: { content: Content; key: Key; response: Response }): readonly string[]
}

/** What a response is graded by. */
export interface Grading<Content, Key, Response> {
  readonly content: Content
  readonly key: Key
  readonly scoring: Scoring
  readonly response: Response
}

/** A word about one answer of a key, at its path in the key, such as `answers/0`. `option` names the blank that it is for. */
export interface Remark {
  readonly path: string
  readonly option: string | null
  readonly markdown: string
}

/** What most types need not say. */
export const PLAIN = {
  fields: {},
  checkContent: () => [],
  revealedBy: () => [],
  remarks: () => [],
  matched: () => [],
  parts: () => null,
  isBlank: () => false,
  words: () => [],
  rename: <Response>(response: Response) => response,
} as const
