import { type Fraction, ONE, ZERO } from '../fraction.ts'
import type { Issue } from '../issue.ts'
import { toFraction } from '../share.ts'
import { strictObject } from '../strict-object.ts'
import { acceptedBy, AcceptedTexts } from '../text/accepted-texts.ts'
import { checkAcceptedTexts, checkSteps, stepsOf } from '../text/check-accepted-texts.ts'
import { canonicalText, isLonger, maxLengthUpTo, Text } from '../text/text.ts'
import { PLAIN, type QuestionType } from './question-type.ts'
import * as v from 'valibot'

export const MAX_SHORT_TEXT = 1000

interface Content {
  readonly maxLength?: number | undefined
}
interface Response {
  readonly text: string
}

/** A word or a few, compared with what the author accepts. */
export const shortText: QuestionType<Content, AcceptedTexts, Response> = {
  ...PLAIN,
  type: 'short-text',
  lists: {},
  fields: { maxLength: v.optional(maxLengthUpTo(MAX_SHORT_TEXT)) },
  key: AcceptedTexts,
  response: strictObject({ text: Text }),
  methods: () => ['exact'],
  checkKey: ({ maxLength = MAX_SHORT_TEXT }, key) => [
    ...checkAcceptedTexts(key, maxLength),
    ...checkSteps(stepsOf(key, maxLength), ['answers']),
  ],
  checkResponse: ({ maxLength = MAX_SHORT_TEXT }, { text }) => checkLength(text, maxLength),
  canonical: ({ text }) => ({ text: canonicalText(text) }),
  isBlank: ({ text }) => canonicalText(text) === '',
  grade({ content, key, response }) {
    const best = bestAnswer(content, key, response)
    return best === null ? ZERO : toFraction(key.answers[best]!.fraction)
  },
  answer(_content, key) {
    const literal = key.answers.find((answer) => 'text' in answer && toFraction(answer.fraction).equals(ONE))
    return literal && 'text' in literal ? { text: literal.text } : null
  },
  remarks: (key) =>
    key.answers.flatMap(({ feedback }, index) =>
      feedback === undefined ? [] : [{ path: `answers/${index}`, option: null, markdown: feedback }],
    ),
  matched({ content, key, response }) {
    const best = bestAnswer(content, key, response)
    return best === null ? [] : [`answers/${best}`]
  },
}

export function checkLength(text: string, maxLength: number): Issue[] {
  if (!isLonger(text, maxLength)) return []
  return [{ path: ['text'], code: 'invalid-shape', detail: `Expected at most ${maxLength} characters.` }]
}

/** The answer that accepts a text and pays most, by its index; of equal ones the first. */
function bestAnswer({ maxLength = MAX_SHORT_TEXT }: Content, key: AcceptedTexts, { text }: Response): number | null {
  const pays = (index: number): Fraction => toFraction(key.answers[index]!.fraction)
  return acceptedBy(key, text, maxLength).reduce<number | null>(
    (best, index) => (best === null || pays(index).compare(pays(best)) > 0 ? index : best),
    null,
  )
}
