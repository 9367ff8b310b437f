import { drawQuestions } from './draw.ts'
import type { PublicQuestion, PublicQuiz } from './quiz.ts'
import { byId, shuffle } from './shuffle.ts'

/**
 * The questions in the order in which a learner meets them. They move within their section alone: sections keep the
 * author's order. Without a seed (the attempt's id) nothing is drawn, and what would be shuffled stands in id order.
 */
export function questionsInOrder(quiz: PublicQuiz, seed: string | null): readonly PublicQuestion[] {
  const questions = seed === null ? quiz.questions : drawQuestions(quiz, seed)
  if (!quiz.policy.shuffle.questions) return questions
  return quiz.sections.flatMap((section) =>
    disguise(
      questions.filter((question) => question.section === section.id),
      seed === null ? null : `${seed}/${section.id}`,
    ),
  )
}

/** Takes the author's order away. A shuffle can be undone by whoever knows its seed, so it starts from id order. */
export function disguise<T extends { readonly id: string }>(entries: readonly T[], seed: string | null): T[] {
  const sorted = entries.toSorted(byId)
  return seed === null ? sorted : shuffle(sorted, seed)
}
