import type { Deps } from '../deps.ts'
import { selectRevision, type RevisionRow } from '../db/revisions.ts'
import type { LoadedRevision } from './_caches.ts'

/** A revision without its key, from memory or the database. */
export async function loadRevision(deps: Deps, id: string): Promise<LoadedRevision | null> {
  const cached = deps.caches.revisions.get(id)
  if (cached) return cached
  const [[row]] = await deps.db.batch([selectRevision(deps.db, id)])
  return row ? rememberRevision(deps, row) : null
}

export function rememberRevision(deps: Deps, row: Pick<RevisionRow, 'id' | 'quiz' | 'document'>): LoadedRevision {
  const revision = { id: row.id, quizId: row.quiz, quiz: row.document }
  deps.caches.revisions.set(row.id, revision)
  return revision
}
