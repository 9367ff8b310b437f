import { canary } from './canaries.ts'

export type Json = Record<string, unknown>

/** A question's secrets are canaries: its explanation, its feedback, that of its options, and its hints. */
export function secrets(id: string): Json {
  return {
    explanation: canary(id, 'explanation'),
    feedback: {
      correct: canary(id, 'correct'),
      partiallyCorrect: canary(id, 'partly'),
      incorrect: canary(id, 'incorrect'),
    },
    hints: [canary(id, 'hint-1'), canary(id, 'hint-2')],
  }
}

function options(id: string, ids: string): Json[] {
  return [...ids].map((option) => ({
    id: option,
    text: `Option **${option}** of ${id}`,
    feedback: canary(id, `option-${option}`),
  }))
}

/** Options a to c (or `ids`), of which `key` is right. Worth one point. */
export function singleChoice(id: string, { key = 'b', ids = 'abc', ...rest }: Json & { ids?: string } = {}): Json {
  return {
    id,
    section: 'one',
    type: 'single-choice',
    prompt: `Prompt of \`${id}\``,
    options: options(id, ids),
    key: { choice: key },
    ...secrets(id),
    ...rest,
  }
}

/** Options p to t, of which `key` (p, q and r) are right. Worth three points. */
export function multipleChoice(id: string, { key = 'pqr', ...rest }: Json & { key?: string } = {}): Json {
  return {
    id,
    section: 'one',
    type: 'multiple-choice',
    points: 3,
    prompt: `Prompt of \`${id}\``,
    options: options(id, 'pqrst'),
    key: { choices: [...key] },
    ...secrets(id),
    ...rest,
  }
}

/** Worth one point. */
export function trueFalse(id: string, { key = 'true', ...rest }: Json = {}): Json {
  return {
    id,
    section: 'one',
    type: 'true-false',
    prompt: `Prompt of \`${id}\``,
    key: { choice: key },
    ...secrets(id),
    ...rest,
  }
}

/** A quiz of `single`, `multiple` and `truth`, worth five points; `change` replaces top-level members. */
export function quizDocument(change: Json = {}): Json {
  return {
    title: 'Three questions',
    access: 'public',
    sections: [{ id: 'one', title: 'One' }],
    questions: [singleChoice('single'), multipleChoice('multiple'), trueFalse('truth')],
    ...change,
  }
}
