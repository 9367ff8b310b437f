import type { Actor, Deps } from '../deps.ts'
import { archive } from '../db/quizzes.ts'
import { requireStaff } from './_authorise.ts'
import { forgetPointer, notFound } from './_current-quiz.ts'

/** Archives a quiz: it takes no new attempts, and those that run go on. */
export async function archiveQuiz(deps: Deps, actor: Actor, id: string): Promise<void> {
  requireStaff(actor, 'quizzes:write')
  const [archived] = await deps.db.batch([archive(deps.db, id, deps.now())]).finally(() => forgetPointer(deps, id))
  if (archived.length === 0) throw notFound()
}
