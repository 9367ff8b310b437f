import { disguise, questionsInOrder } from './order.ts'
import type { Entry, PublicQuestion, PublicQuiz } from './quiz.ts'
import type { Question } from './wire.ts'

/**
 * The questions as a learner sees them. With a seed (the attempt's id) what the policy wants shuffled is; without one it
 * stands in id order, which says as little about the author's.
 */
export function present(quiz: PublicQuiz, seed: string | null): Question[] {
  return questionsInOrder(quiz, seed).map((question) => presentQuestion(question, quiz, seed))
}

function presentQuestion(question: PublicQuestion, quiz: PublicQuiz, seed: string | null): Question {
  const { id, section, type, points, prompt } = question
  const mayMove = quiz.policy.shuffle.options && question.shuffle
  const lists = Object.entries(question.content).map(([name, entries]): [string, Entry[]] => [
    name,
    mayMove ? disguise(entries, seed === null ? null : `${seed}/${id}/${name}`) : [...entries],
  ])
  return { id, section, type, points, prompt, ...Object.fromEntries(lists) }
}
