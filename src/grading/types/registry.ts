import { cloze } from './cloze.ts'
import { essay } from './essay.ts'
import { matching } from './matching.ts'
import { multipleChoice } from './multiple-choice.ts'
import { numeric } from './numeric.ts'
import { ordering } from './ordering.ts'
import type { QuestionType } from './question-type.ts'
import { shortText } from './short-text.ts'
import { singleChoice } from './single-choice.ts'
import { trueFalse } from './true-false.ts'

/** Every question type, in the order of the documentation. */
export const questionTypes = [
  singleChoice,
  trueFalse,
  multipleChoice,
  ordering,
  matching,
  numeric,
  shortText,
  cloze,
  essay,
] as readonly QuestionType[]

const byName = new Map(questionTypes.map((type) => [type.type, type]))

/** The type of a question, which is always there: publishing admits no other. */
export function questionType(name: string): QuestionType {
  const type = byName.get(name)
  if (type === undefined) throw new Error('A published question has a type that is not in the registry.')
  return type
}
