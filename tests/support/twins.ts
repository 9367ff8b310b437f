import { type Json, multipleChoice, quizDocument, singleChoice, trueFalse } from './quiz-document.ts'

/** What one of several documents keeps to itself. */
interface Secrets {
  readonly single: string
  readonly multiple: string
  readonly truth: string
  /** The author's order of the options that are shuffled. */
  readonly order: (ids: string) => string
  /** What else of a question is not public. */
  readonly rest: (id: string) => Json
  readonly optionFeedback: (id: string, option: string) => string | undefined
}

const SECRETS: readonly Secrets[] = [
  {
    single: 'b',
    multiple: 'pqr',
    truth: 'true',
    order: (ids) => ids,
    rest: () => ({}),
    optionFeedback: (id, option) => `Of ${option} in ${id}`,
  },
  {
    single: 'd',
    multiple: 't',
    truth: 'false',
    order: (ids) => [...ids].toReversed().join(''),
    rest: (id) => ({
      explanation: `${id}, at length: ${'and so on '.repeat(200)}`,
      feedback: undefined,
      hints: undefined,
    }),
    optionFeedback: () => undefined,
  },
  {
    single: 'a',
    multiple: 'pqrst',
    truth: 'true',
    order: (ids) => `${ids.slice(2)}${ids.slice(0, 2)}`,
    rest: (id) => ({
      explanation: `Short: ${id}`,
      feedback: { incorrect: `No: ${id}`, correct: 'Indeed '.repeat(300) },
      hints: Array.from({ length: 12 }, (_, index) => `Hint ${index} for ${id}`),
      scoring: { method: id === 'multiple' ? 'net-correct' : 'exact' },
      samples: [{ response: WHOLE_ANSWER[id], fraction: 1 }],
    }),
    optionFeedback: (id, option) => (option === 'a' ? `Well done: ${id}` : undefined),
  },
]

const WHOLE_ANSWER: Json = {
  single: { choice: 'a' },
  fixed: { choice: 'a' },
  multiple: { choices: [...'pqrst'] },
  truth: { choice: 'true' },
}

function options(id: string, ids: string, secrets: Secrets): Json[] {
  return [...ids].map((option) => ({
    id: option,
    text: `Option ${option} of ${id}`,
    feedback: secrets.optionFeedback(id, option),
  }))
}

/**
 * Documents that differ in everything that is not public, and in nothing else: in which options are right, how many
 * they are and where their author put them, and in whether there are hints, feedback and samples, how many, and how long.
 */
export function twins(policy: Json, change: Json = {}): Json[] {
  return SECRETS.map((secrets) => {
    const { single, multiple, truth, order, rest } = secrets
    return quizDocument({
      title: 'Twins',
      policy,
      questions: [
        singleChoice('single', { key: single, ...rest('single'), options: options('single', order('dbca'), secrets) }),
        multipleChoice('multiple', {
          key: multiple,
          ...rest('multiple'),
          options: options('multiple', order('tsrqp'), secrets),
        }),
        trueFalse('truth', { key: truth, ...rest('truth') }),
        singleChoice('fixed', {
          key: single,
          ...rest('fixed'),
          options: options('fixed', 'cadb', secrets),
          shuffle: false,
        }),
      ],
      ...change,
    })
  })
}

/** A policy that never releases anything: not during the attempt, and not after it. */
export const SILENT: Json = { review: { during: [], finished: [], closed: [] } }
