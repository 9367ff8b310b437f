import * as fc from 'fast-check'
import { questionType } from '../../../src/grading/types/registry.ts'
import { type Published, publishedQuestions, typeNames, written } from '../../grading/arbitrary-questions.ts'
import { holdsText } from '../holds-text.ts'
import { type Json, quizDocument } from '../quiz-document.ts'

/** Two documents that differ in everything that is not public and in nothing else, and what can be answered to both. */
export interface TwinQuiz {
  readonly documents: readonly [Json, Json]
  readonly questions: readonly AnswerableQuestion[]
}

interface AnswerableQuestion {
  readonly id: string
  /** Well-formed; what is right in either is among them. */
  readonly responses: readonly Json[]
}

/** Lists whose author's order is never served. */
const ALWAYS_SHUFFLED: Readonly<Record<string, string>> = { ordering: 'items', matching: 'options' }
const SHUFFLED_BY_POLICY = new Set(['single-choice', 'multiple-choice'])

const words = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom('Because.', 'No.', '**Bold** words', '- a\n- list', 'ü'.repeat(40)),
  fc.nat(2000).map((length) => 'and so on '.repeat(length / 10 + 1)),
)
const text = words.map((word) => word ?? 'Some words.')

/** What a question keeps to itself beside its key and its scoring. */
const secrets = fc.record({
  explanation: text,
  feedback: fc.option(
    fc.record({ correct: text, partiallyCorrect: text, incorrect: text }, { requiredKeys: [], noNullPrototype: true }),
    { nil: undefined },
  ),
  hints: fc.option(fc.array(text, { maxLength: 6 }), { nil: undefined }),
  /** On entries, in turn. */
  entryFeedback: fc.array(words, { maxLength: 4 }),
  /** Where the author's order begins, of what is shuffled. */
  turn: fc.nat(7),
  isReversed: fc.boolean(),
})
type Secrets = typeof secrets extends fc.Arbitrary<infer Value> ? Value : never

/** Ids in an order of their own say nothing: they stay as they are, and what stands first is another. */
function turned<T>(list: readonly T[], { turn, isReversed }: Secrets): T[] {
  const start = list.length === 0 ? 0 : turn % list.length
  const all = [...list.slice(start), ...list.slice(0, start)]
  return isReversed ? all.toReversed() : all
}

const LISTS = new Set(['options', 'items', 'prompts'])

function withFeedback(members: Json, { entryFeedback }: Secrets): Json {
  const said = (entries: readonly Json[]) =>
    entries.map((entry, index) => ({ ...entry, feedback: entryFeedback[index] }))
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      if (name === 'blanks')
        return [name, (value as Json[]).map((blank) => withFeedback(blank, { entryFeedback } as Secrets))]
      return [name, LISTS.has(name) ? said(value as Json[]) : value]
    }),
  )
}

/** Entries that are one when their texts are equal go by the first of them, which is public. */
const hasEqualTexts = (entries: readonly Json[]) =>
  new Set(entries.map((entry) => String(entry['text']).trim())).size < entries.length

function question(id: string, drawn: Published, which: 0 | 1, secret: Secrets, shufflesOptions: boolean): Json {
  const { type, content } = drawn
  const hidden = ALWAYS_SHUFFLED[type] ?? (shufflesOptions && SHUFFLED_BY_POLICY.has(type) ? 'options' : undefined)
  const list = hidden === undefined ? [] : (content[hidden] as Json[])
  const reordered =
    hidden === undefined || hasEqualTexts(list) ? content : { ...content, [hidden]: turned(list, secret) }
  return {
    ...written(
      { ...drawn, content: withFeedback(reordered, secret) },
      which === 0 ? drawn.keyed : drawn.otherwise,
      secret.explanation,
    ),
    id,
    points: 2,
    feedback: secret.feedback,
    hints: secret.hints,
    ...(type === 'essay' && {
      samples: secret.hints?.slice(0, 2).map((hint) => ({ response: { text: hint.slice(0, 40) }, fraction: 1 })),
    }),
  }
}

/** Answers that are right by either key, as far as they can be said. */
function rightAnswers({ type, question: one, twin }: Published): Json[] {
  const right = [one, twin].map(({ content, key }) => questionType(type).answer(content, key) as Json | null)
  return right.filter((response) => response !== null)
}

/** Quizzes of a few questions of any type, for a policy. */
export function twinQuizzes(policy: Json): fc.Arbitrary<TwinQuiz> {
  const shuffle = policy['shuffle'] as { questions?: boolean; options?: boolean } | undefined
  const drawnQuestion = fc
    .constantFrom(...typeNames)
    .chain(publishedQuestions)
    .filter(holdsText)
  const each = fc.record({ drawn: drawnQuestion, one: secrets, other: secrets })
  return fc
    .record({ all: fc.array(each, { minLength: 1, maxLength: 4 }), draws: fc.boolean(), order: secrets })
    .map(({ all, draws, order }) => {
      const document = (which: 0 | 1) => {
        const questions = all.map(({ drawn, one, other }, index) =>
          question(`q-${index}`, drawn, which, which === 0 ? one : other, shuffle?.options !== false),
        )
        const drawing = draws && questions.length > 1 ? { draw: { one: questions.length - 1 } } : {}
        return quizDocument({
          policy: { ...policy, ...drawing },
          questions: which === 1 && shuffle?.questions === true ? turned(questions, order) : questions,
        })
      }
      const questions = all.map(({ drawn }, index) => ({
        id: `q-${index}`,
        responses: [...drawn.responses, ...rightAnswers(drawn)],
      }))
      return { documents: [document(0), document(1)], questions }
    })
}
