import type { Deps } from '../deps.ts'
import { selectAnyQuiz } from '../db/quizzes.ts'
import { AnswerkeyError } from '../errors.ts'

/** Throws `unavailable` while the host is about to stop, the database does not answer, or nothing has been published yet. */
export async function checkReadiness(deps: Deps): Promise<void> {
  if (deps.isDraining()) throw new AnswerkeyError('unavailable', 'This instance is about to stop.')
  const [quizzes] = await deps.db.batch([selectAnyQuiz(deps.db)])
  if (quizzes.length === 0) throw new AnswerkeyError('unavailable', 'No quiz has been published yet.')
}
