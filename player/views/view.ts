import type { Strings } from '../strings/en.ts'
import type { Format } from './format.ts'

/** What every view needs to speak. */
export interface View {
  readonly strings: Strings
  /** The language of these. */
  readonly language: string
  readonly format: Format
  /** The language that the author wrote in, and its direction. */
  readonly content: { readonly language: string; readonly direction: 'ltr' | 'rtl' }
}

/** Where in an attempt a learner looks: at the review, or at a question by its id. */
export type Place = 'overview' | { readonly question: string }
