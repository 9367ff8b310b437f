import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/content/parse-document.ts'
import { join, split, toDocument } from '../../src/content/split.ts'
import type { AuthoredQuiz } from '../../src/content/document.ts'
import { findCanaries } from '../support/canaries.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'

function parsed(document: Json): AuthoredQuiz {
  const result = parseDocument(document)
  if (!result.ok) throw new Error(JSON.stringify(result.issues))
  return result.value
}

/** The names of every member, at every depth. */
function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => [name, ...namesIn(member)])
}

describe('a quiz that is split', () => {
  it('has a public part with no secret in it, under any name', () => {
    const { quiz, answerKey } = split(parsed(quizDocument()))
    expect(findCanaries(JSON.stringify(quiz))).toEqual([])
    const names = new Set(namesIn(quiz.questions))
    expect([...names].toSorted()).toEqual(
      [
        'content',
        'html',
        'id',
        'markdown',
        'options',
        'points',
        'prompt',
        'section',
        'shuffle',
        'text',
        'type',
      ].toSorted(),
    )
    // Every secret of the three questions is in the other part.
    const secrets = findCanaries(JSON.stringify(answerKey)).filter(({ form }) => form === 'JSON')
    expect(secrets).toHaveLength(3 * 6 + 3 + 5)
  })

  it('has the same public part whatever its key and its explanations are', () => {
    const change = { key: { choice: 'c' }, explanation: 'Other.', feedback: {}, hints: [], samples: [] }
    const [first, ...rest] = quizDocument()['questions'] as Json[]
    const options = (first!['options'] as Json[]).map(({ id, text }) => ({ id, text }))
    const other = quizDocument({ questions: [{ ...first, ...change, options }, ...rest] })
    expect(JSON.stringify(split(parsed(other)).quiz)).toBe(JSON.stringify(split(parsed(quizDocument())).quiz))
  })

  it('is whole again when it is joined', () => {
    const quiz = parsed(quizDocument({ description: '*Short*' }))
    const parts = split(quiz)
    expect(join(parts.quiz, parts.answerKey)).toEqual(quiz)
  })

  it('gives back a document that parses to itself', () => {
    const quiz = parsed(quizDocument())
    expect(parsed(JSON.parse(JSON.stringify(toDocument(quiz))) as Json)).toEqual(quiz)
  })
})
