import { maxScoreOf, questionCountOf } from '../grading/draw.ts'
import { QuizId } from '../grading/identifiers.ts'
import { toPoints } from '../grading/points.ts'
import { Policy } from '../grading/policy.ts'
import type { PublicQuiz } from '../grading/quiz.ts'
import { RichText } from '../grading/rich-text.ts'
import { strictObject } from '../grading/strict-object.ts'
import * as v from 'valibot'

const Count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** What a quiz is, without its questions. Counts are of what one attempt holds. */
export const QuizSummary = v.pipe(
  strictObject({
    id: QuizId,
    title: v.string(),
    description: RichText,
    language: v.string(),
    revision: v.string(),
    access: v.picklist(['public', 'restricted']),
    questionCount: Count,
    maxScore: v.number(),
    sections: v.array(strictObject({ id: v.string(), title: v.string(), questionCount: Count })),
    policy: Policy,
  }),
  v.metadata({ ref: 'QuizSummary' }),
)
export type QuizSummary = v.InferOutput<typeof QuizSummary>

export function summarise(id: string, revision: string, quiz: PublicQuiz): QuizSummary {
  const { title, description, language, access, policy } = quiz
  const sections = quiz.sections.map((section) => ({ ...section, questionCount: questionCountOf(quiz, section.id) }))
  return {
    id,
    title,
    description,
    language,
    revision,
    access,
    questionCount: sections.reduce((total, { questionCount }) => total + questionCount, 0),
    maxScore: toPoints(maxScoreOf(quiz)),
    sections,
    policy,
  }
}
