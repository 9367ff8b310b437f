import { disguise, questionsInOrder } from './order.ts'
import type { Entry, PublicQuestion, PublicQuiz } from './quiz.ts'
import { mapLists } from './types/content.ts'
import { questionType } from './types/registry.ts'
import type { Question } from './wire.ts'

/**
 * The questions as a learner sees them. With a seed (the attempt's id) what the policy wants shuffled is, and what is the
 * answer's own order in any case; without one both stand in id order, which says as little about the author's.
 */
export function present(quiz: PublicQuiz, seed: string | null): Question[] {
  return questionsInOrder(quiz, seed).map((question) => presentQuestion(question, quiz, seed))
}

function presentQuestion(question: PublicQuestion, quiz: PublicQuiz, seed: string | null): Question {
  const { id, section, type, points, prompt } = question
  const agreed = quiz.policy.shuffle.options && question.shuffle
  const content = mapLists<Entry>(questionType(type), question.content, ({ path, rule, entries }) => {
    const moves = rule.shuffle === 'always' || (rule.shuffle === 'allowed' && agreed)
    return moves ? disguise(entries, seed === null ? null : `${seed}/${id}/${path.join('/')}`) : entries
  })
  return { id, section, type, points, prompt, ...content }
}
