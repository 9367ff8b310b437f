import { parseDocument } from '../../src/content/parse-document.ts'
import { split } from '../../src/content/split.ts'
import type { AnswerKey, PublicQuiz } from '../../src/grading/quiz.ts'
import type { Outcome } from '../../src/grading/replay.ts'

export interface GradedQuiz {
  readonly quiz: PublicQuiz
  readonly answerKey: AnswerKey
}

/** The two parts of a document, as publishing makes them. */
export function gradedQuiz(document: unknown): GradedQuiz {
  const parsed = parseDocument(document)
  if (!parsed.ok) throw new Error(`Not a quiz document: ${JSON.stringify(parsed.issues)}`)
  return split(parsed.value)
}

/** What a log came to, as plain JSON and without what is in the quiz anyway. */
export function summariseOutcome({ questions, events, ...totals }: Outcome) {
  return {
    ...totals,
    questions: questions.map(({ question, grader: _grader, tries, ...rest }) => ({
      id: question.id,
      ...rest,
      tries: tries.map(({ number, verdict, score }) => ({ number, verdict, score })),
    })),
    events: Object.fromEntries(
      [...events].map(([id, { responses }]) => [
        id,
        responses.map((response) => ({ ...response, try: response.try?.number ?? null })),
      ]),
    ),
  }
}
