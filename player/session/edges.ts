import type { Attempt, Question, QuizSummary, Response, Result } from '../contract.ts'
import type { Records } from './records.ts'

/** What happens, for whoever shows it. After each of them the session may look different. */
export type SessionEvent =
  | { readonly type: 'changed' }
  | { readonly type: 'loaded'; readonly quiz: QuizSummary }
  | { readonly type: 'answered'; readonly attempt: Attempt; readonly result: Result }
  | { readonly type: 'finished'; readonly attempt: Attempt; readonly receipt: string | null }

/** What a session needs of the world. */
export interface Edges {
  readonly records: Records
  /** Milliseconds since the epoch. */
  now(): number
  /** A secret that nobody guesses, for keys that make a repeated request count once. */
  randomKey(): string
  /** Whether a response can be sent, and says something. */
  completenessOf(response: Response, question: Question): 'complete' | 'blank' | 'malformed'
  /** Tells the other tabs that an attempt has changed. */
  tellOthers(attempt: string): void
  emit(event: SessionEvent): void
}
