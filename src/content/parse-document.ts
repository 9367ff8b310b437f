import { parse, type Parsed } from '../grading/issue.ts'
import { completePolicy } from '../grading/policy.ts'
import { completeScoring, type Scoring } from '../grading/scoring/registry.ts'
import { questionType } from '../grading/types/registry.ts'
import { checkDocument } from './check-document.ts'
import { type AuthoredQuestion, type AuthoredQuiz, QuizDocument } from './document.ts'
import { mergeEqualOptions } from './merge-options.ts'

/**
 * Validates a quiz document and fills in its defaults. Paths of issues are those of the document as it was sent, so that
 * an author finds the place.
 */
export function parseDocument(input: unknown): Parsed<AuthoredQuiz> {
  const parsed = parse(QuizDocument, input)
  if (!parsed.ok) return parsed
  const { policy, questions, ...rest } = parsed.value
  const complete: AuthoredQuiz = { ...rest, policy: completePolicy(policy), questions: questions.map(completeQuestion) }
  const issues = checkDocument(complete)
  if (issues.length > 0) return { ok: false, issues }
  return { ok: true, value: { ...complete, questions: complete.questions.map(mergeEqualOptions) } }
}

type ParsedQuestion = Omit<AuthoredQuestion, 'content' | 'scoring'> & { scoring?: Scoring | undefined } & Record<
    string,
    unknown
  >

function completeQuestion(parsed: unknown): AuthoredQuestion {
  const {
    id,
    section,
    type,
    points,
    prompt,
    explanation,
    feedback,
    hints,
    key,
    scoring,
    shuffle,
    samples,
    ...content
  } = parsed as ParsedQuestion
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
    scoring: scoring ?? completeScoring(questionType(type).methods(key)[0]!),
    shuffle,
    samples,
    content,
  }
}
