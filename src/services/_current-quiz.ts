import type { Actor, Deps } from '../deps.ts'
import { type QuizRow, selectQuiz } from '../db/quizzes.ts'
import { AnswerkeyError } from '../errors.ts'

/** How long an isolate may believe where a quiz points, on public reads. */
export const POINTER_BELIEVED_MS = 10_000

/**
 * Where a quiz points, for someone who may know that it exists: without a key, a restricted or archived quiz is absent.
 * `fresh` asks the database even where the pointer is still believed.
 */
export async function loadQuiz(
  deps: Deps,
  actor: Actor,
  id: string,
  { fresh = actor.kind === 'staff' } = {},
): Promise<QuizRow> {
  const row = (fresh ? null : believed(deps, id)) ?? (await readPointer(deps, id))
  if (!row || (actor.kind !== 'staff' && (row.access === 'restricted' || row.archivedAt !== null))) throw notFound()
  return row
}

export function forgetPointer(deps: Deps, id: string): void {
  deps.caches.pointers.delete(id)
}

/** Absent and not yours are one answer. */
export function notFound(): AnswerkeyError {
  return new AnswerkeyError('not-found', 'There is nothing here, or it is not yours.')
}

function believed(deps: Deps, id: string): QuizRow | null {
  const pointer = deps.caches.pointers.get(id)
  return pointer && deps.now() - pointer.readAt < POINTER_BELIEVED_MS ? pointer.row : null
}

async function readPointer(deps: Deps, id: string): Promise<QuizRow | null> {
  const readAt = deps.now()
  const [[row]] = await deps.db.batch([selectQuiz(deps.db, id)])
  if (!row) return null
  deps.caches.pointers.set(id, { row, readAt })
  return row
}
