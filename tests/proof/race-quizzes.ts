import { type Json, quizDocument, singleChoice } from '../support/quiz-document.ts'

/** Quizzes of one question that is never answered right, and whose score says which answer counts. */
export interface RaceQuiz {
  readonly id: string
  readonly graceMs: number
  /** Whether a response is a save: nothing is told before the end. */
  readonly isSilent: boolean
  readonly document: Json
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
/** Answers that are all worth something else: the first letter would close the question. */
export const ANSWERS: readonly string[] = [...LETTERS].slice(1)

/** In points. */
export function worthOf(answer: string): number {
  return (LETTERS.indexOf(answer) * 20) / 1000
}

function raceQuiz(id: string, graceSeconds: number, isSilent: boolean, timeLimitSeconds: number): RaceQuiz {
  const weights = Object.fromEntries([...LETTERS].map((letter, index) => [letter, index === 0 ? 1 : `${index}/50`]))
  const question = { ...singleChoice('race', { ids: LETTERS }), key: { weights } }
  const review = isSilent ? { feedback: 'deferred' } : { tries: null }
  const policy = { ...review, timeLimitSeconds, graceSeconds }
  return { id, graceMs: graceSeconds * 1000, isSilent, document: quizDocument({ questions: [question], policy }) }
}

export function raceQuizzes(timeLimitSeconds: number): readonly [RaceQuiz, RaceQuiz] {
  return [
    raceQuiz('race-with-grace', 1, false, timeLimitSeconds),
    raceQuiz('race-without-grace', 0, true, timeLimitSeconds),
  ]
}
