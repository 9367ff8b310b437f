import type { AuthoredQuestion } from '../content/document.ts'
import type { Fraction } from '../grading/fraction.ts'
import { questionType } from '../grading/types/registry.ts'

/** What a well-formed response earns, 0..1; null where a person has to say. Key and scoring are the question's own unless given. */
export function earn(
  question: AuthoredQuestion,
  response: unknown,
  { key, scoring }: Partial<Pick<AuthoredQuestion, 'key' | 'scoring'>> = question,
): Fraction | null {
  return questionType(question.type).grade({
    content: question.content,
    key: key ?? question.key,
    scoring: scoring ?? question.scoring,
    response,
  })
}
