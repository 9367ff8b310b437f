import { own } from './own.ts'
import * as v from 'valibot'

/**
 * What a regrade does with a question: `new-key` grades by the target's key, `best-of-both` by whichever of the keys
 * gives more, `full-credit` gives everyone everything, and `drop-question` lets the question count for nothing.
 */
export const RegradeRule = v.picklist(['new-key', 'best-of-both', 'full-credit', 'drop-question'])
export type RegradeRule = v.InferOutput<typeof RegradeRule>

/** How attempts are regraded: to which revision, by which rules, and what has another name there. */
export interface Regrading {
  readonly revision: string
  /** One rule for every question, or one each for those that are named. */
  readonly rule: RegradeRule | Readonly<Record<string, RegradeRule>>
  /** The questions that are regraded; null for every one that has a rule. */
  readonly questions: readonly string[] | null
  /** By question: its ids as they were served, and what they are called in the target; its own id too. */
  readonly map: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** The rule for a question, or null where it stays as it is. */
export function ruleFor({ rule, questions }: Regrading, question: string): RegradeRule | null {
  if (questions !== null && !questions.includes(question)) return null
  return typeof rule === 'string' ? rule : (own(rule, question) ?? null)
}

/** Whether a rule grades by the target's key: the others give or take whatever was answered. */
export function usesKey(rule: RegradeRule): rule is 'new-key' | 'best-of-both' {
  return rule === 'new-key' || rule === 'best-of-both'
}

/**
 * What a question is called in the target, and what the names in it are. Its own id there is the question's: an option that
 * has the same id keeps it.
 */
export function namesThere(
  map: Regrading['map'],
  question: string,
): { readonly id: string; readonly names: Readonly<Record<string, string>> } {
  const there = own(map, question) ?? {}
  const { [question]: _, ...names } = there
  return { id: own(there, question) ?? question, names }
}
