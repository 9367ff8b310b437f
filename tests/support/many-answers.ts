import { type Json, multipleChoice, quizDocument } from './quiz-document.ts'

const WRONG = 'abcdefgh'

/** A multiple-choice question of one point that can be answered wrong in 255 ways: see `wrongAnswer`. */
export function manyAnswers(id: string): Json {
  const options = [...`${WRONG}z`].map((option) => ({ id: option, text: `Option ${option}` }))
  return multipleChoice(id, { key: 'z', points: 1, options })
}

/** A quiz of the question `many` alone. */
export function manyAnswersQuiz(policy: Json, change: Json = {}): Json {
  return quizDocument({ questions: [manyAnswers('many')], policy, ...change })
}

/** The wrong answer of a number from 0 to 254: the options that stand at the bits of the number after it. */
export function wrongAnswer(number: number): { choices: string[] } {
  return { choices: [...WRONG].filter((_, bit) => ((number + 1) >> bit) % 2 === 1) }
}

export const RIGHT_ANSWER = { choices: ['z'] }
