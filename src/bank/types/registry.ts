import { multipleChoice } from './multiple-choice.ts'
import { singleChoice } from './single-choice.ts'
import { trueFalse } from './true-false.ts'
import type { WrittenForm } from './written-form.ts'

/** How each question type is written. */
const writtenForms: readonly WrittenForm[] = [singleChoice, multipleChoice, trueFalse]

export const WRITTEN_TYPES: readonly string[] = writtenForms.map((form) => form.type)

export function findWrittenForm(type: unknown): WrittenForm | undefined {
  return writtenForms.find((form) => form.type === type)
}
