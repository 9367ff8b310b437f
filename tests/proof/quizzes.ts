import type { Json } from '../support/quiz-document.ts'
import { quizDocument, singleChoice } from '../support/quiz-document.ts'
import type { AttemptRules } from './attempt-model.ts'

/** Quizzes under fire, each with the rules that the checker knows it by. */
export interface ProofQuiz {
  readonly id: string
  readonly rules: AttemptRules
  readonly document: Json
}

export const CHOICES = 'abcd'

const KEYS = { q1: 'a', q2: 'b', q3: 'c', q4: 'd' }

function proofQuiz(id: string, tries: number | null, policy: Json): ProofQuiz {
  const questions = Object.entries(KEYS).map(([name, key]) => singleChoice(name, { key, ids: CHOICES }))
  return { id, rules: { keys: KEYS, tries }, document: quizDocument({ questions, policy }) }
}

/** Verdicts at once, and three tries. */
export const TRIES = proofQuiz('tries', 3, { tries: 3 })
/** Nothing is told before the end, and the last answer counts. */
export const SAVES = proofQuiz('saves', null, { feedback: 'deferred' })

export const PROOF_QUIZZES = [TRIES, SAVES] as const

/** Of the four that there are: 70 per cent, which is the default. */
export const PASSING_POINTS = 3
