import type { Actor, Deps } from '../deps.ts'
import { toDocument, join } from '../content/split.ts'
import { selectAnswerKey } from '../db/answer-keys.ts'
import { type RevisionHeader, selectHistory, selectRevision } from '../db/revisions.ts'
import { requireStaff } from './_authorise.ts'
import { toTime } from './_attempt-view.ts'
import { loadQuiz, notFound } from './_current-quiz.ts'

export interface RevisionSummary {
  readonly quiz: string
  readonly revision: string
  readonly number: number
  readonly publishedAt: string
  readonly publishedBy: string
}

/** A page of a quiz's history, the newest revision first; `next` is the number to go on below. */
export async function listRevisions(
  deps: Deps,
  actor: Actor,
  quiz: string,
  { limit, below }: { limit: number; below: number },
): Promise<{ revisions: RevisionSummary[]; next: number | null }> {
  requireStaff(actor, 'quizzes:read')
  await loadQuiz(deps, actor, quiz)
  const [rows] = await deps.db.batch([selectHistory(deps.db, { quiz, below, limit: limit + 1 })])
  const page = rows.slice(0, limit)
  return { revisions: page.map(headerOf), next: rows.length > limit ? page.at(-1)!.number : null }
}

/** One revision as it was published, its key included. */
export async function readRevision(
  deps: Deps,
  actor: Actor,
  quiz: string,
  id: string,
): Promise<RevisionSummary & { document: Record<string, unknown> }> {
  requireStaff(actor, 'quizzes:read')
  const [[row], [key]] = await deps.db.batch([selectRevision(deps.db, id), selectAnswerKey(deps.db, id)])
  if (!row || !key || row.quiz !== quiz) throw notFound()
  return { ...headerOf(row), document: toDocument(join(row.document, key.document)) }
}

function headerOf({ id, quiz, number, publishedAt, publishedBy }: RevisionHeader): RevisionSummary {
  return { quiz, revision: id, number, publishedAt: toTime(publishedAt), publishedBy }
}
