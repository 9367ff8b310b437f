import { findCanaries } from './canaries.ts'
import type { Answer } from './client.ts'
import { withJwtsDecoded } from './jwt.ts'

/** The secrets in an answer, each once: also those in its headers and inside its tokens. */
export function secretsIn(answer: Answer): string[] {
  const text = withJwtsDecoded(`${JSON.stringify([...answer.headers])}${answer.text}`)
  return [...new Set(findCanaries(text).map(({ question, place }) => `${question}: ${place}`))].toSorted()
}

/** The secrets of one question: those of its options by their ids. */
export function secretsOf(question: string, options: string, ...places: string[]): string[] {
  return [...[...options].map((option) => `option-${option}`), ...places]
    .map((place) => `${question}: ${place}`)
    .toSorted()
}

interface AnsweredQuestion {
  readonly question: string
  /** The ids of its options. */
  readonly options: string
  readonly wrong: readonly unknown[]
  readonly right: unknown
  /** What the first wrong answer brings while tries remain, beside the hint. */
  readonly early: readonly string[]
}

/** The questions of `quizDocument()`, one of each type, with wrong answers and the right one. */
export const QUESTIONS: readonly AnsweredQuestion[] = [
  {
    question: 'single',
    options: 'abc',
    wrong: [{ choice: 'a' }, { choice: 'c' }],
    right: { choice: 'b' },
    early: ['option-a'],
  },
  {
    question: 'multiple',
    options: 'pqrst',
    wrong: [{ choices: ['s'] }, { choices: ['t'] }],
    right: { choices: ['p', 'q', 'r'] },
    early: [],
  },
  {
    question: 'truth',
    options: '',
    wrong: [{ choice: 'false' }, { choice: 'false' }],
    right: { choice: 'true' },
    early: [],
  },
]
