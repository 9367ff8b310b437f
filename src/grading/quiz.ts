import type { Policy } from './policy.ts'
import type { RichText } from './rich-text.ts'
import type { Scoring } from './scoring/registry.ts'
import type { Content } from './types/content.ts'

/** The rules that this code grades and folds by. A change of meaning raises it and keeps the old path. */
export const GRADING_VERSION = 1

/** An option, item or prompt as it is served. */
export interface Entry {
  readonly id: string
  readonly text: RichText
}

/** A question without anything that grades it. `content` holds what its type adds: lists of {@link Entry} in the author's order. */
export interface PublicQuestion {
  readonly id: string
  readonly section: string
  readonly type: string
  readonly points: number
  readonly prompt: RichText
  /** Whether the author lets the options be shuffled; the policy has its say too. */
  readonly shuffle: boolean
  readonly content: Content
}

/** The part of a revision that learners may see. */
export interface PublicQuiz {
  readonly title: string
  readonly description: RichText
  readonly language: string
  readonly access: 'public' | 'restricted'
  readonly sections: readonly { readonly id: string; readonly title: string }[]
  readonly policy: Policy
  readonly questions: readonly PublicQuestion[]
}

/** What grades and explains one question. */
export interface QuestionKey {
  readonly id: string
  readonly key: unknown
  readonly scoring: Scoring
  readonly explanation: RichText
  /** A word about the whole response, by its verdict. */
  readonly feedback: {
    readonly correct: RichText | null
    readonly partiallyCorrect: RichText | null
    readonly incorrect: RichText | null
  }
  /** A word about single options and their like. `list` is the path of the list they stand in, where that is not `options`. */
  readonly entryFeedback: readonly { readonly list?: string; readonly option: string; readonly text: RichText }[]
  /** A word about single answers of the key, by their path in it. `option` is the blank that an answer is for. */
  readonly answerFeedback?: readonly {
    readonly path: string
    readonly option: string | null
    readonly text: RichText
  }[]
  /** One more after each wrong try. */
  readonly hints: readonly RichText[]
  readonly samples: readonly { readonly response: unknown; readonly fraction: number | string }[]
}

/** The part of a revision that grades: one entry a question, in the quiz's order. */
export interface AnswerKey {
  readonly questions: readonly QuestionKey[]
}
