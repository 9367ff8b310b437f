import type { AnswerKey, Entry, PublicQuestion, PublicQuiz, QuestionKey } from '../grading/quiz.ts'
import type { RichText } from '../grading/rich-text.ts'
import { type EntryList, listsOf, mapLists } from '../grading/types/content.ts'
import { questionType } from '../grading/types/registry.ts'
import type { AuthoredEntry, AuthoredQuestion, AuthoredQuiz } from './document.ts'
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

function publicPart({ id, section, type, points, prompt, shuffle, content }: AuthoredQuestion): PublicQuestion {
  const served = mapLists<AuthoredEntry>(questionType(type), content, ({ entries }) =>
    entries.map((entry) => ({ id: entry.id, text: renderMarkdown(entry.text) })),
  )
  return { id, section, type, points, prompt: renderMarkdown(prompt), shuffle, content: served }
}

function secretPart(question: AuthoredQuestion): QuestionKey {
  const { id, type: name, key, scoring, explanation, feedback, hints, samples, content } = question
  const type = questionType(name)
  const remarks = type.remarks(key)
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
    entryFeedback: listsOf<AuthoredEntry>(type, content).flatMap((list) => feedbackIn(list)),
    ...(remarks.length > 0 && {
      answerFeedback: remarks.map(({ path, option, markdown }) => ({ path, option, text: renderMarkdown(markdown) })),
    }),
    hints: hints.map(renderMarkdown),
    samples,
  }
}

/** The list that most types have: it is not named. */
const OPTIONS = 'options'

function feedbackIn({ path, entries }: EntryList<AuthoredEntry>): QuestionKey['entryFeedback'] {
  const list = path.join('/')
  return entries.flatMap(({ id, feedback }) =>
    feedback === undefined ? [] : [{ ...(list !== OPTIONS && { list }), option: id, text: renderMarkdown(feedback) }],
  )
}

function optional(markdown: string | undefined): RichText | null {
  return markdown === undefined ? null : renderMarkdown(markdown)
}

function joinQuestion(question: PublicQuestion, secret: QuestionKey): AuthoredQuestion {
  const { id, section, type, points, prompt, shuffle, content } = question
  const feedback = new Map(
    secret.entryFeedback.map(({ list = OPTIONS, option, text }) => [`${list}/${option}`, text.markdown]),
  )
  const authored = mapLists<Entry>(questionType(type), content, ({ path, entries }) =>
    entries.map(({ id: entry, text }) => ({
      id: entry,
      text: text.markdown,
      feedback: feedback.get(`${path.join('/')}/${entry}`),
    })),
  )
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
    content: authored,
  }
}

/** The form of the HTTP contract: what a type adds are properties of its question again. */
export function toDocument({ questions, ...quiz }: AuthoredQuiz): Record<string, unknown> {
  return { ...quiz, questions: questions.map(({ content, ...question }) => ({ ...question, ...content })) }
}
