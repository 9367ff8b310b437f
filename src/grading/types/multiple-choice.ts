import { countPicks } from '../scoring/picks.ts'
import { scorePicks } from '../scoring/registry.ts'
import { strictObject } from '../strict-object.ts'
import { checkPicks, OPTIONS, type OptionsContent, Picks } from './options.ts'
import type { QuestionType } from './question-type.ts'
import * as v from 'valibot'

const Response = strictObject({ choices: Picks })
const Key = strictObject({ choices: v.pipe(Picks, v.minLength(1)) })
type Choices = v.InferOutput<typeof Response>

/** Any number of options may be right. Picking none is a response. */
export const multipleChoice: QuestionType<OptionsContent, Choices, Choices> = {
  type: 'multiple-choice',
  lists: OPTIONS,
  key: Key,
  response: Response,
  scoring: ['net-correct'],
  checkResponse: (content, response) => checkPicks(content.options, response.choices, (index) => ['choices', index]),
  checkKey: (content, key) => checkPicks(content.options, key.choices, (index) => ['choices', index]),
  canonical: (response) => ({ choices: response.choices.toSorted() }),
  grade: ({ content, key, method, response }) =>
    scorePicks(method, countPicks(content.options, key.choices, response.choices)),
  answer: (_content, key) => ({ choices: key.choices.toSorted() }),
  revealedBy: () => [],
}
