import type { AuthoredQuestion } from '../../content/document.ts'
import { parse } from '../../grading/issue.ts'
import { sameJson } from '../../grading/same-json.ts'
import type { Content } from '../../grading/types/content.ts'
import type { QuestionType } from '../../grading/types/question-type.ts'
import { questionType } from '../../grading/types/registry.ts'
import { changeBlanks } from './blanks.ts'
import type { ChangeKey, KeyChange } from './key-change.ts'
import { changeNumbers } from './numbers.ts'
import { changeDependencies, changeOrder } from './orders.ts'
import { changeChoice, changeChoices, changePairs, changeWeights } from './picks.ts'
import { changeTexts } from './texts.ts'

/** How each form of key is changed, by the member that tells it apart. */
const FORMS: Readonly<Record<string, ChangeKey<never>>> = {
  choice: changeChoice,
  choices: changeChoices,
  weights: changeWeights,
  order: changeOrder,
  dependsOn: changeDependencies,
  pairs: changePairs,
  blanks: changeBlanks,
}

/**
 * Keys that differ in one part from a question's own: what an author might write by mistake. Only those that publishing
 * would admit.
 */
export function changesOf(question: Pick<AuthoredQuestion, 'type' | 'content' | 'key'>): KeyChange[] {
  const { type: name, content } = question
  const key = question.key as Record<string, unknown>
  const type = questionType(name)
  const change = formOf(name, key)
  return change({ content, key: key as never }).filter(
    ({ key: other }) => isAdmitted(type, content, other) && !sameJson(other, key),
  )
}

function isAdmitted(type: QuestionType, content: Content, key: unknown): boolean {
  const parsed = parse(type.key, JSON.parse(JSON.stringify(key)))
  return parsed.ok && type.checkKey(content, parsed.value).length === 0
}

function formOf(type: string, key: Record<string, unknown>): ChangeKey<never> {
  if (type === 'numeric') return changeNumbers
  if (type === 'short-text') return changeTexts
  if (type === 'true-false') return changeTruth
  const form = Object.keys(FORMS).find((member) => member in key)
  return form === undefined ? () => [] : FORMS[form]!
}

const changeTruth: ChangeKey<{ choice: string }> = ({ key }) => [
  { what: 'the other choice is right', key: { choice: key.choice === 'true' ? 'false' : 'true' } },
]
