import { componentName } from '../grading/component-name.ts'
import { Id } from '../grading/identifiers.ts'
import { maxCharacters } from '../grading/max-characters.ts'
import { Points } from '../grading/points.ts'
import { AuthoredPolicy, Policy } from '../grading/policy.ts'
import { Markdown } from '../grading/rich-text.ts'
import { Scoring } from '../grading/scoring/registry.ts'
import { ExactShare } from '../grading/share.ts'
import { strictObject } from '../grading/strict-object.ts'
import { NfcString } from '../grading/text/nfc.ts'
import { MAX_TEXT } from '../grading/text/text.ts'
import { type Content, contentEntries } from '../grading/types/content.ts'
import type { QuestionType } from '../grading/types/question-type.ts'
import { questionTypes } from '../grading/types/registry.ts'
import { MAX_HINTS, MAX_QUESTIONS, MAX_SAMPLES, MAX_SECTIONS, MAX_TITLE } from './limits.ts'
import * as v from 'valibot'

/** The quiz document: what authors write and staff publish, answers included. */

const Title = v.pipe(NfcString, v.minLength(1), maxCharacters(MAX_TITLE))

const AuthoredEntry = v.pipe(
  strictObject({ id: Id, text: Markdown, feedback: v.optional(Markdown) }),
  v.metadata({ ref: 'AuthoredOption' }),
)
export type AuthoredEntry = v.InferOutput<typeof AuthoredEntry>

const Sample = strictObject({
  response: v.unknown(),
  /** A number is what a person wrote for it, to three places; a string is exact. */
  fraction: v.union([v.pipe(v.number(), v.minValue(0), v.maxValue(1)), ExactShare]),
})

const commonEntries = {
  id: Id,
  section: Id,
  points: v.optional(Points, 1),
  prompt: Markdown,
  explanation: Markdown,
  feedback: v.optional(
    strictObject({
      correct: v.optional(Markdown),
      partiallyCorrect: v.optional(Markdown),
      incorrect: v.optional(Markdown),
    }),
    {},
  ),
  hints: v.optional(v.pipe(v.array(Markdown), v.maxLength(MAX_HINTS)), []),
  scoring: v.optional(Scoring),
  shuffle: v.optional(v.boolean(), true),
  samples: v.optional(v.pipe(v.array(Sample), v.maxLength(MAX_SAMPLES)), []),
}

function authoredQuestion(type: QuestionType) {
  const content = contentEntries(type, AuthoredEntry, 'AuthoredBlank')
  return v.pipe(
    strictObject({ ...commonEntries, type: v.literal(type.type), key: keyOf(type), ...content }),
    v.metadata({ ref: componentName(type.type, 'QuestionWithKey') }),
  )
}

function keyOf({ type, key }: QuestionType) {
  return v.pipe(key, v.metadata({ ref: componentName(type, 'Key') }))
}

const AuthoredQuestion = v.variant('type', questionTypes.map(authoredQuestion))

const documentEntries = {
  title: Title,
  description: v.optional(v.pipe(NfcString, maxCharacters(MAX_TEXT)), ''),
  language: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/, 'Expected a language tag such as en or pt-BR.'),
    ),
    'en',
  ),
  access: v.picklist(['public', 'restricted']),
  sections: v.pipe(v.array(strictObject({ id: Id, title: Title })), v.minLength(1), v.maxLength(MAX_SECTIONS)),
  questions: v.pipe(v.array(AuthoredQuestion), v.minLength(1), v.maxLength(MAX_QUESTIONS)),
}

export const QuizDocument = v.pipe(
  strictObject({ ...documentEntries, policy: v.optional(AuthoredPolicy, {}) }),
  v.metadata({ ref: 'QuizDocument' }),
)

/** A document as it is read back: with every default filled in. */
export const CompleteQuizDocument = v.pipe(
  strictObject({ ...documentEntries, policy: Policy }),
  v.metadata({ ref: 'CompleteQuizDocument' }),
)

/** A question of a document. */
export interface AuthoredQuestion {
  readonly id: string
  readonly section: string
  readonly type: string
  readonly points: number
  readonly prompt: string
  readonly explanation: string
  readonly feedback: {
    readonly correct?: string | undefined
    readonly partiallyCorrect?: string | undefined
    readonly incorrect?: string | undefined
  }
  readonly hints: readonly string[]
  readonly key: unknown
  readonly scoring: Scoring
  readonly shuffle: boolean
  readonly samples: readonly { readonly response: unknown; readonly fraction: number | string }[]
  /** What its type adds: lists of {@link AuthoredEntry} (`options` …) and other fields. */
  readonly content: Content
}

/** A parsed document with its defaults filled in, and what the type of each question adds gathered under `content`. */
export interface AuthoredQuiz {
  readonly title: string
  readonly description: string
  readonly language: string
  readonly access: 'public' | 'restricted'
  readonly sections: readonly { readonly id: string; readonly title: string }[]
  readonly policy: Policy
  readonly questions: readonly AuthoredQuestion[]
}
