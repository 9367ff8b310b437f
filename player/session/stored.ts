import type { Question } from '../contract.ts'
import type { Draft, Run, Waiting } from './records.ts'

/** What a browser has stored can be anything: it counts only where it has the form of what is kept there. */

type Members = Readonly<Record<string, unknown>>

/** Goes into addresses and header fields as it is. */
const PLAIN = /^[\w.-]{1,9999}$/

export function isRun(value: unknown): value is Run {
  const { attempt, token } = membersOf(value)
  return isPlain(attempt) && isPlain(token)
}

export function isDraft(value: unknown, question: Question | undefined): value is Draft {
  const { response, certainty } = membersOf(value)
  if (question === undefined || ![null, 1, 2, 3].includes(certainty as null)) return false
  return response === null || FORMS[question.type](membersOf(response))
}

export function isWaiting(value: unknown, questions: readonly Question[]): value is Waiting {
  const { key, order, question } = membersOf(value)
  const asked = questions.find(({ id }) => id === question)
  return isPlain(key) && Number.isFinite(order) && isDraft(value, asked)
}

/** Enough of a response for its control to show it. What is wrong with it otherwise, the server says. */
const FORMS: { readonly [Type in Question['type']]: (response: Members) => boolean } = {
  'single-choice': ({ choice }) => isText(choice),
  'true-false': ({ choice }) => isText(choice),
  'multiple-choice': ({ choices }) => Array.isArray(choices),
  ordering: ({ order }) => Array.isArray(order),
  matching: ({ pairs }) => areTexts(pairs),
  numeric: ({ number }) => isText(number),
  'short-text': ({ text }) => isText(text),
  cloze: ({ blanks }) => areTexts(blanks),
  essay: ({ text }) => isText(text),
}

function membersOf(value: unknown): Members {
  return Object(value) as Members
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

export function isPlain(value: unknown): value is string {
  return isText(value) && PLAIN.test(value)
}

function areTexts(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every(isText)
}
