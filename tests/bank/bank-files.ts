import { createHash } from 'node:crypto'
import { type BankFile } from '../../src/bank/bank-file.ts'
import type { Finding } from '../../src/bank/finding.ts'
import { readQuiz, type ReadQuiz } from '../../src/bank/read-quiz.ts'
import { parseDocument } from '../../src/content/parse-document.ts'
import { expect } from 'vitest'

export const QUIZ = `title: A quiz
access: public
sections:
  - id: one
    title: One
policy: {}
`

/** 160 words, which no check has anything to say of. */
export const EXPLANATION = 'The reason is this. '.repeat(40).trim()

/** A question that nothing is wrong with. The tables of the tests count its lines. */
export const QUESTION = `---
section: one
type: single-choice
samples:
  - choose: [2]
    earns: 1
  - choose: [1]
    earns: 0
---

Which one?

- [ ] Alpha
  > Not this one.
- [x] Bravo
  > This one.

## Explanation

${EXPLANATION}
`

/** A text with lines replaced, by their number from 1. */
export function edited(text: string, edits: Readonly<Record<number, string>>): string {
  return text
    .split('\n')
    .map((line, index) => edits[index + 1] ?? line)
    .join('\n')
}

/** Reads a quiz of these questions, named in order. */
export function readQuestions(questions: readonly string[], quiz = QUIZ): Promise<ReadQuiz> {
  const files = questions.map((text, index): BankFile => ({ path: `bank/quiz/${index + 1}-q${index + 1}.md`, text }))
  return readQuiz('quiz', [{ path: 'bank/quiz/quiz.yaml', text: quiz }, ...files])
}

/** The one question of the document that a file becomes, which has no errors and which the server accepts. */
export async function readOne(question: string): Promise<unknown> {
  const { document, findings } = await readQuestions([question])
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(parseDocument(JSON.parse(JSON.stringify(document)))).toMatchObject({ ok: true })
  return (document['questions'] as unknown[])[0]
}

/** An id as the documentation derives it: `o`, and ten hex digits of SHA-256 over owner, NUL and text. */
export function derivedId(owner: string, text: string): string {
  return `o${createHash('sha256').update(`${owner}\0${text}`).digest('hex').slice(0, 10)}`
}

/** Where and what, without the sentence. */
export function brief(findings: readonly Finding[]): string[] {
  return findings.map(({ path, line, code }) => `${path}:${line} ${code}`)
}

export interface Option {
  readonly text: string
  readonly right?: boolean
}

/** A question of these options, with samples that hold. */
export function choiceQuestion(type: string, options: readonly Option[], explanation = EXPLANATION): string {
  const right = options.flatMap((option, index) => (option.right ? [index + 1] : []))
  const items = options.map((option) => `- [${option.right ? 'x' : ' '}] ${option.text}\n  > Feedback.`)
  return [
    `---\nsection: one\ntype: ${type}\nsamples:\n  - choose: [${right.join(', ')}]\n    earns: 1\n---`,
    'Which?',
    items.join('\n'),
    '## Explanation',
    `${explanation}\n`,
  ].join('\n\n')
}
