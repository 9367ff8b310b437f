import { multipleChoice } from './multiple-choice.ts'
import type { QuestionType } from './question-type.ts'
import { singleChoice } from './single-choice.ts'
import { trueFalse } from './true-false.ts'

/** Every question type that is built. */
const QUESTION_TYPES = [singleChoice, trueFalse, multipleChoice] as const

/** The types of the contract: those that are not built yet are refused as such. */
export const KNOWN_TYPES = [
  'single-choice',
  'true-false',
  'multiple-choice',
  'ordering',
  'matching',
  'numeric',
  'short-text',
  'cloze',
  'essay',
] as const

const byName = new Map<string, QuestionType>(QUESTION_TYPES.map((type) => [type.type, type as QuestionType]))

/** Every question type that is built, in the order of the documentation. */
export const questionTypes: readonly QuestionType[] = [...byName.values()]

export function findQuestionType(name: string): QuestionType | undefined {
  return byName.get(name)
}

/** The type of a published question, which is always there: publishing admits no other. */
export function questionType(name: string): QuestionType {
  const type = byName.get(name)
  if (type === undefined) throw new Error('A published question has a type that is not in the registry.')
  return type
}
