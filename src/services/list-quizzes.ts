import type { Actor, Deps } from '../deps.ts'
import type { QuizSummary } from '../content/summary.ts'
import { selectSummaries } from '../db/quizzes.ts'
import { requireScope } from './_authorise.ts'

/** A page of quizzes in id order: public ones that are not archived, and all of them for staff. */
export async function listQuizzes(
  deps: Deps,
  actor: Actor,
  { limit, after }: { limit: number; after: string },
): Promise<{ quizzes: QuizSummary[]; next: string | null }> {
  requireScope(actor, 'quizzes:read')
  const page = { after, limit: limit + 1, all: actor.kind === 'staff' }
  const [rows] = await deps.db.batch([selectSummaries(deps.db, page)])
  const quizzes = rows.slice(0, limit).map((row) => row.summary)
  return { quizzes, next: rows.length > limit ? quizzes.at(-1)!.id : null }
}
