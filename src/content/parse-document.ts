import { type Issue, parse, type Parsed } from '../grading/issue.ts'
import { completePolicy } from '../grading/policy.ts'
import type { Scoring } from '../grading/scoring/registry.ts'
import { KNOWN_SCORING_METHODS } from '../grading/scoring/registry.ts'
import { findQuestionType, KNOWN_TYPES, questionType } from '../grading/types/registry.ts'
import { checkDocument } from './check-document.ts'
import { type AuthoredEntry, type AuthoredQuestion, type AuthoredQuiz, QuizDocument } from './document.ts'

/**
 * Validates a quiz document and fills in its defaults. Paths of issues are those of the document as it was sent, so that
 * an author finds the place.
 */
export function parseDocument(input: unknown): Parsed<AuthoredQuiz> {
  const unbuilt = findUnbuilt(input)
  if (unbuilt.length > 0) return { ok: false, issues: unbuilt }
  const parsed = parse(QuizDocument, input)
  if (!parsed.ok) return parsed
  const { policy, questions, ...rest } = parsed.value
  const quiz: AuthoredQuiz = { ...rest, policy: completePolicy(policy), questions: questions.map(complete) }
  const issues = checkDocument(quiz)
  return issues.length > 0 ? { ok: false, issues } : { ok: true, value: quiz }
}

type ParsedQuestion = Omit<AuthoredQuestion, 'lists' | 'scoring'> & { scoring?: Scoring | undefined } & Record<
    string,
    unknown
  >

function complete(parsed: unknown): AuthoredQuestion {
  const { id, section, type, points, prompt, explanation, feedback, hints, key, scoring, shuffle, samples, ...rest } =
    parsed as ParsedQuestion
  const { scoring: methods } = questionType(type)
  return {
    id,
    section,
    type,
    points,
    prompt,
    explanation,
    feedback,
    hints,
    key,
    scoring: scoring ?? { method: methods[0] },
    shuffle,
    samples,
    lists: rest as Record<string, AuthoredEntry[]>,
  }
}

/** Types and methods of the contract that are not built yet: named as such, before the schema calls them unknown. */
function findUnbuilt(input: unknown): Issue[] {
  const questions = member(input, 'questions')
  if (!Array.isArray(questions)) return []
  return questions.flatMap((question, index): Issue[] => {
    const type = member(question, 'type')
    const method = member(member(question, 'scoring'), 'method')
    const issue = (...path: string[]): Issue => ({
      path: ['questions', index, ...path],
      code: 'not-supported',
      detail: 'This is part of the contract, and not supported yet.',
    })
    return [
      ...(KNOWN_TYPES.some((known) => known === type) && !findQuestionType(String(type)) ? [issue('type')] : []),
      ...(typeof method === 'string' && KNOWN_SCORING_METHODS.get(method) === 'unbuilt'
        ? [issue('scoring', 'method')]
        : []),
    ]
  })
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
