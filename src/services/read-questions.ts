import type { Actor, Deps } from '../deps.ts'
import { AnswerkeyError } from '../errors.ts'
import { present } from '../grading/present.ts'
import type { PublicQuiz } from '../grading/quiz.ts'
import type { Question } from '../grading/wire.ts'
import { loadQuiz, notFound } from './_current-quiz.ts'
import { checkHasOpened } from './_opening.ts'
import { loadRevision } from './_revisions.ts'

/** The questions of a quiz without an attempt: answers stripped, options in id order. */
export async function readQuestions(
  deps: Deps,
  actor: Actor,
  id: string,
): Promise<{ quiz: string; revision: string; questions: Question[] }> {
  const row = await loadQuiz(deps, actor, id)
  const revision = await loadRevision(deps, row.revision)
  if (!revision) throw notFound()
  if (needsStart(revision.quiz)) {
    throw new AnswerkeyError('start-required', 'The questions of this quiz are given out by starting an attempt.')
  }
  checkHasOpened(revision.quiz.policy, deps.now())
  return { quiz: id, revision: revision.id, questions: present(revision.quiz, null) }
}

/** Whether questions shown without an attempt would get around a time limit or a draw. */
export function needsStart({ policy }: PublicQuiz): boolean {
  return policy.timeLimitSeconds !== null || policy.draw !== null
}
