import { ZERO } from '../fraction.ts'
import { strictObject } from '../strict-object.ts'
import { canonicalText, MAX_TEXT, maxLengthUpTo, Text } from '../text/text.ts'
import { PLAIN, type QuestionType } from './question-type.ts'
import { checkLength } from './short-text.ts'
import * as v from 'valibot'

interface Content {
  readonly maxLength?: number | undefined
}

/** A text that a person grades. One that says nothing needs nobody. */
export const essay: QuestionType<Content, object, { readonly text: string }> = {
  ...PLAIN,
  type: 'essay',
  lists: {},
  fields: { maxLength: v.optional(maxLengthUpTo(MAX_TEXT)) },
  key: v.optional(strictObject({}), {}),
  response: strictObject({ text: Text }),
  methods: () => ['exact'],
  checkKey: () => [],
  checkResponse: ({ maxLength = MAX_TEXT }, { text }) => checkLength(text, maxLength),
  canonical: ({ text }) => ({ text: canonicalText(text) }),
  isBlank: ({ text }) => canonicalText(text) === '',
  grade: ({ response }) => (canonicalText(response.text) === '' ? ZERO : null),
  answer: () => null,
}
