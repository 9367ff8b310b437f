import { Id } from '../grading/identifiers.ts'
import { maxCharacters } from '../grading/max-characters.ts'
import { Points } from '../grading/points.ts'
import { AuthoredPolicy, Policy } from '../grading/policy.ts'
import { Scoring } from '../grading/scoring/registry.ts'
import { strictObject } from '../grading/strict-object.ts'
import type { QuestionType } from '../grading/types/question-type.ts'
import { questionTypes } from '../grading/types/registry.ts'
import { componentName } from '../grading/wire.ts'
import { MAX_HINTS, MAX_QUESTIONS, MAX_SAMPLES, MAX_SECTIONS, MAX_TEXT, MAX_TITLE } from './limits.ts'
import * as v from 'valibot'

/** The quiz document: what authors write and staff publish, answers included. */

const Title = v.pipe(v.string(), v.normalize('NFC'), v.minLength(1), maxCharacters(MAX_TITLE))

/**
 * Markdown of at least one visible character. Rendering takes time that grows with the square of how deep lists and
 * quotations nest, so what nests deeper in one line than any text needs is refused.
 */
const Markdown = v.pipe(
  v.string(),
  v.normalize('NFC'),
  v.regex(/\S/u, 'Expected some text.'),
  maxCharacters(MAX_TEXT),
  v.check((text) => !NESTED_TOO_DEEP.test(text), 'Expected lists and quotations less than 33 deep in one line.'),
)
const NESTED_TOO_DEEP = /^(?:[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]|>)){33}/m

const AuthoredEntry = v.pipe(
  strictObject({ id: Id, text: Markdown, feedback: v.optional(Markdown) }),
  v.metadata({ ref: 'AuthoredOption' }),
)
export type AuthoredEntry = v.InferOutput<typeof AuthoredEntry>

const Sample = strictObject({
  response: v.unknown(),
  /** A decimal, to three places, or an exact fraction such as "1/3". */
  fraction: v.union([
    v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    v.pipe(
      v.string(),
      v.regex(
        /^(?:0|1|0?\.\d{1,6}|\d{1,4}\/[1-9]\d{0,3})$/,
        'Expected a fraction of the points from 0 to 1, such as 1, 0.5 or 1/3.',
      ),
    ),
  ]),
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
  const lists = Object.entries(type.lists).map(([name, { min, max }]) => [
    name,
    v.pipe(v.array(AuthoredEntry), v.minLength(min), v.maxLength(max)),
  ])
  return v.pipe(
    strictObject({ ...commonEntries, type: v.literal(type.type), key: type.key, ...Object.fromEntries(lists) }),
    v.metadata({ ref: componentName(type.type, 'QuestionWithKey') }),
  )
}

const AuthoredQuestion = v.variant('type', questionTypes.map(authoredQuestion))

const documentEntries = {
  title: Title,
  description: v.optional(v.pipe(v.string(), v.normalize('NFC'), maxCharacters(MAX_TEXT)), ''),
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

/** A question of a document. Its lists (`options` …) depend on its type. */
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
  readonly lists: Readonly<Record<string, readonly AuthoredEntry[]>>
}

/** A parsed document with its defaults filled in, and the lists of each question gathered under `lists`. */
export interface AuthoredQuiz {
  readonly title: string
  readonly description: string
  readonly language: string
  readonly access: 'public' | 'restricted'
  readonly sections: readonly { readonly id: string; readonly title: string }[]
  readonly policy: Policy
  readonly questions: readonly AuthoredQuestion[]
}
