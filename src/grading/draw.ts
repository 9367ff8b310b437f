import { MAX_CERTAINTY } from './certainty.ts'
import { own } from './own.ts'
import { type MilliPoints, toMilliPoints } from './points.ts'
import type { PublicQuestion, PublicQuiz } from './quiz.ts'
import { byId, shuffle } from './shuffle.ts'

/**
 * The questions that an attempt holds, in the author's order: of a section that is drawn from as many as the policy says,
 * the same ones for the same seed (the attempt's id) for ever. The draw starts from id order, so that undoing it tells
 * nothing of the author's.
 */
export function drawQuestions(quiz: PublicQuiz, seed: string): readonly PublicQuestion[] {
  const { draw } = quiz.policy
  if (draw === null) return quiz.questions
  const left = new Set<string>()
  for (const { id } of quiz.sections) {
    const count = own(draw, id)
    if (count === undefined) continue
    const shuffled = shuffle(questionsOf(quiz, id).toSorted(byId), `${seed}/${id}/draw`)
    for (const question of shuffled.slice(count)) left.add(question.id)
  }
  return quiz.questions.filter((question) => !left.has(question.id))
}

/** How many questions of a section an attempt holds. */
export function questionCountOf(quiz: PublicQuiz, section: string): number {
  return own(quiz.policy.draw ?? {}, section) ?? questionsOf(quiz, section).length
}

/** What an attempt can come to at most: questions of a section that is drawn from have equal points. */
export function maxScoreOf(quiz: PublicQuiz): MilliPoints {
  const points = quiz.sections.flatMap(({ id }) => questionsOf(quiz, id).slice(0, questionCountOf(quiz, id)))
  const total = points.reduce((sum, question) => sum + toMilliPoints(question.points), 0)
  return quiz.policy.certainty ? total * MAX_CERTAINTY : total
}

function questionsOf(quiz: PublicQuiz, section: string): readonly PublicQuestion[] {
  return quiz.questions.filter((question) => question.section === section)
}
