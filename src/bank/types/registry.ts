import { cloze } from './cloze.ts'
import { essay } from './essay.ts'
import { matching } from './matching.ts'
import { multipleChoice } from './multiple-choice.ts'
import { numeric } from './numeric.ts'
import { ordering } from './ordering.ts'
import { shortText } from './short-text.ts'
import { singleChoice } from './single-choice.ts'
import { trueFalse } from './true-false.ts'
import type { WrittenForm } from './written-form.ts'

/** How each question type is written. */
const writtenForms: readonly WrittenForm[] = [
  singleChoice,
  multipleChoice,
  trueFalse,
  ordering,
  matching,
  numeric,
  shortText,
  cloze,
  essay,
]

export const WRITTEN_TYPES: readonly string[] = writtenForms.map((form) => form.type)

export function findWrittenForm(type: unknown): WrittenForm | undefined {
  return writtenForms.find((form) => form.type === type)
}
