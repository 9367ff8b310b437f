import { ONE, ZERO } from '../fraction.ts'
import { Id } from '../identifiers.ts'
import { strictObject } from '../strict-object.ts'
import { checkPicks, OPTIONS, type OptionsContent } from './options.ts'
import type { QuestionType } from './question-type.ts'

const Choice = strictObject({ choice: Id })

/** One option is right. */
export const singleChoice: QuestionType<OptionsContent, { choice: string }, { choice: string }> = {
  type: 'single-choice',
  lists: OPTIONS,
  key: Choice,
  response: Choice,
  scoring: ['exact'],
  checkResponse: (content, response) => checkPicks(content.options, [response.choice], () => ['choice']),
  checkKey: (content, key) => checkPicks(content.options, [key.choice], () => ['choice']),
  canonical: (response) => response,
  grade: ({ key, response }) => (response.choice === key.choice ? ONE : ZERO),
  answer: (_content, key) => key,
  revealedBy: (response) => [response.choice],
}
