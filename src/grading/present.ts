import type { Entry, PublicQuestion, PublicQuiz } from './quiz.ts'
import { byId, shuffle } from './shuffle.ts'
import type { Question } from './wire.ts'

/**
 * The questions as a learner sees them.
 *
 * With a seed (the attempt's id) what the policy wants shuffled is; without one it stands in id order, and says as little
 * about the author's order. Either way the start is id order, for a shuffle can be undone by whoever knows its seed.
 */
export function present(quiz: PublicQuiz, seed: string | null): Question[] {
  return inOrder(quiz, seed).map((question) => presentQuestion(question, quiz, seed))
}

function presentQuestion(question: PublicQuestion, quiz: PublicQuiz, seed: string | null): Question {
  const { id, section, type, points, prompt } = question
  const mayMove = quiz.policy.shuffle.options && question.shuffle
  const lists = Object.entries(question.content).map(([name, entries]): [string, Entry[]] => [
    name,
    mayMove ? disguised(entries, seed === null ? null : `${seed}/${id}/${name}`) : [...entries],
  ])
  return { id, section, type, points, prompt, ...Object.fromEntries(lists) }
}

/** Questions move within their section: sections keep the author's order. */
function inOrder(quiz: PublicQuiz, seed: string | null): readonly PublicQuestion[] {
  if (!quiz.policy.shuffle.questions) return quiz.questions
  return quiz.sections.flatMap((section) =>
    disguised(
      quiz.questions.filter((question) => question.section === section.id),
      seed === null ? null : `${seed}/${section.id}`,
    ),
  )
}

function disguised<T extends { readonly id: string }>(entries: readonly T[], seed: string | null): T[] {
  const sorted = entries.toSorted(byId)
  return seed === null ? sorted : shuffle(sorted, seed)
}
