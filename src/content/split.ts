import type { AnswerKey, PublicQuestion, PublicQuiz, QuestionKey } from '../grading/quiz.ts'
import type { RichText } from '../grading/rich-text.ts'
import type { AuthoredQuestion, AuthoredQuiz } from './document.ts'
import { renderMarkdown } from './markdown.ts'

/** Parts a quiz into what learners may see and what grades them. Nothing else decides which is which. */
export function split(quiz: AuthoredQuiz): { quiz: PublicQuiz; answerKey: AnswerKey } {
  const { questions, description, ...rest } = quiz
  return {
    quiz: { ...rest, description: renderMarkdown(description), questions: questions.map(publicPart) },
    answerKey: { questions: questions.map(secretPart) },
  }
}

/** Puts the two parts together again. */
export function join(quiz: PublicQuiz, answerKey: AnswerKey): AuthoredQuiz {
  const keys = new Map(answerKey.questions.map((key) => [key.id, key]))
  return {
    ...quiz,
    description: quiz.description.markdown,
    questions: quiz.questions.map((question) => joinQuestion(question, keys.get(question.id)!)),
  }
}

function publicPart({ id, section, type, points, prompt, shuffle, lists }: AuthoredQuestion): PublicQuestion {
  const content = Object.entries(lists).map(([name, entries]) => [
    name,
    entries.map((entry) => ({ id: entry.id, text: renderMarkdown(entry.text) })),
  ])
  return { id, section, type, points, prompt: renderMarkdown(prompt), shuffle, content: Object.fromEntries(content) }
}

function secretPart({ id, key, scoring, explanation, feedback, hints, samples, lists }: AuthoredQuestion): QuestionKey {
  return {
    id,
    key,
    scoring,
    explanation: renderMarkdown(explanation),
    feedback: {
      correct: optional(feedback.correct),
      partiallyCorrect: optional(feedback.partiallyCorrect),
      incorrect: optional(feedback.incorrect),
    },
    entryFeedback: Object.values(lists)
      .flat()
      .flatMap((entry) =>
        entry.feedback === undefined ? [] : [{ option: entry.id, text: renderMarkdown(entry.feedback) }],
      ),
    hints: hints.map(renderMarkdown),
    samples,
  }
}

function optional(markdown: string | undefined): RichText | null {
  return markdown === undefined ? null : renderMarkdown(markdown)
}

function joinQuestion(question: PublicQuestion, secret: QuestionKey): AuthoredQuestion {
  const { id, section, type, points, prompt, shuffle, content } = question
  const feedback = new Map(secret.entryFeedback.map(({ option, text }) => [option, text.markdown]))
  const lists = Object.entries(content).map(([name, entries]) => [
    name,
    entries.map((entry) => ({ id: entry.id, text: entry.text.markdown, feedback: feedback.get(entry.id) })),
  ])
  return {
    id,
    section,
    type,
    points,
    prompt: prompt.markdown,
    explanation: secret.explanation.markdown,
    feedback: {
      correct: secret.feedback.correct?.markdown,
      partiallyCorrect: secret.feedback.partiallyCorrect?.markdown,
      incorrect: secret.feedback.incorrect?.markdown,
    },
    hints: secret.hints.map((hint) => hint.markdown),
    key: secret.key,
    scoring: secret.scoring,
    shuffle,
    samples: secret.samples,
    lists: Object.fromEntries(lists),
  }
}

/** The form of the HTTP contract: each list is a property of its question again. */
export function toDocument({ questions, ...quiz }: AuthoredQuiz): Record<string, unknown> {
  return { ...quiz, questions: questions.map(({ lists, ...question }) => ({ ...question, ...lists })) }
}
