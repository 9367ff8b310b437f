import type { Question } from '../contract.ts'
import { cloze } from './cloze.ts'
import type { Control } from './control.ts'
import { essay } from './essay.ts'
import { matching } from './matching.ts'
import { multipleChoice } from './multiple-choice.ts'
import { numeric } from './numeric.ts'
import { ordering } from './ordering.ts'
import { shortText } from './short-text.ts'
import { singleChoice, trueFalse } from './single-choice.ts'

const CONTROLS: { readonly [Type in Question['type']]: Control } = {
  'single-choice': singleChoice,
  'true-false': trueFalse,
  'multiple-choice': multipleChoice,
  ordering,
  matching,
  numeric,
  'short-text': shortText,
  cloze,
  essay,
}

export function controlFor({ type }: Question): Control {
  return CONTROLS[type]
}
