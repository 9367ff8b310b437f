import type { AuthoredQuestion } from '../../content/document.ts'
import { parse } from '../../grading/issue.ts'
import { sameJson } from '../../grading/same-json.ts'
import type { Content } from '../../grading/types/content.ts'
import type { QuestionType } from '../../grading/types/question-type.ts'
import { questionType } from '../../grading/types/registry.ts'
import { findWrittenForm } from '../types/registry.ts'
import type { KeyChange } from './key-change.ts'

/**
 * Keys that differ in one part from a question's own: what an author might write by mistake. Only those that publishing
 * would admit.
 */
export function changesOf(question: Pick<AuthoredQuestion, 'type' | 'content' | 'key'>): KeyChange[] {
  const { type: name, content } = question
  const type = questionType(name)
  const changes = findWrittenForm(name)!.changes({ content, key: question.key as never })
  return changes.filter(({ key }) => isAdmitted(type, content, key) && !sameJson(key, question.key))
}

function isAdmitted(type: QuestionType, content: Content, key: unknown): boolean {
  const parsed = parse(type.key, JSON.parse(JSON.stringify(key)))
  return parsed.ok && type.checkKey(content, parsed.value).length === 0
}
