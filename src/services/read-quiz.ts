import type { Actor, Deps } from '../deps.ts'
import { type QuizSummary, summarise } from '../content/summary.ts'
import { loadQuiz, notFound } from './_current-quiz.ts'
import { loadRevision } from './_revisions.ts'

/** What a quiz is now. */
export async function readQuiz(deps: Deps, actor: Actor, id: string): Promise<QuizSummary> {
  const row = await loadQuiz(deps, actor, id)
  const revision = await loadRevision(deps, row.revision)
  if (!revision) throw notFound()
  return summarise(id, revision.id, revision.quiz)
}
