import { ONE, ZERO } from '../fraction.ts'
import { strictObject } from '../strict-object.ts'
import { PLAIN, type QuestionType } from './question-type.ts'
import * as v from 'valibot'

const Choice = strictObject({ choice: v.picklist(['true', 'false']) })
type Choice = v.InferOutput<typeof Choice>

/** A statement that holds or does not. */
export const trueFalse: QuestionType<unknown, Choice, Choice> = {
  ...PLAIN,
  type: 'true-false',
  lists: {},
  key: Choice,
  response: Choice,
  methods: () => ['exact'],
  checkResponse: () => [],
  checkKey: () => [],
  canonical: (response) => response,
  grade: ({ key, response }) => (response.choice === key.choice ? ONE : ZERO),
  answer: (_content, key) => key,
}
