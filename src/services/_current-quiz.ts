import type { Actor, Deps } from '../deps.ts'
import { type QuizRow, selectQuiz } from '../db/quizzes.ts'
import { AnswerkeyError } from '../errors.ts'
import { requireScope } from './_authorise.ts'

/** How long an isolate may believe where a quiz points, on public reads. */
const POINTER_BELIEVED_MS = 10_000

/** Where a quiz points, for someone who may know that it exists. Staff get what the database says now. */
export async function loadQuiz(deps: Deps, actor: Actor, id: string): Promise<QuizRow> {
  requireScope(actor, 'quizzes:read')
  const row = (actor.kind === 'staff' ? null : believed(deps, id, POINTER_BELIEVED_MS)) ?? (await readPointer(deps, id))
  if (!row || !mayKnow(actor, row)) throw notFound()
  return row
}

/**
 * The same for a start, which holds what it decided on against the database as it inserts: so what is remembered will do
 * at any age, unless it would refuse. `fresh` asks the database, for a decision that turned out to be built on an old one.
 */
export async function loadQuizForStart(
  deps: Deps,
  actor: Actor,
  id: string,
  { fresh }: { fresh: boolean },
): Promise<{ row: QuizRow; remembered: boolean }> {
  requireScope(actor, 'attempts:write')
  const old = fresh ? null : believed(deps, id, Infinity)
  if (old && old.archivedAt === null && mayKnow(actor, old)) return { row: old, remembered: true }
  const row = await readPointer(deps, id)
  if (!row || !mayKnow(actor, row)) throw notFound()
  return { row, remembered: false }
}

/** Without a key, a restricted or archived quiz is absent. */
function mayKnow(actor: Actor, row: QuizRow): boolean {
  return actor.kind === 'staff' || (row.access === 'public' && row.archivedAt === null)
}

export function forgetPointer({ caches }: Deps, id: string): void {
  caches.pointers.delete(id)
  caches.forgotten += 1
}

/** Absent and not yours are one answer. */
export function notFound(): AnswerkeyError {
  return new AnswerkeyError('not-found', 'There is nothing here, or it is not yours.')
}

/** What was found a moment ago may have been erased since: null then, and the caller decides anew. */
export async function unlessGone<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (error instanceof AnswerkeyError && error.code === 'not-found') return null
    throw error
  }
}

function believed(deps: Deps, id: string, maxAge: number): QuizRow | null {
  const pointer = deps.caches.pointers.get(id)
  return pointer && deps.now() - pointer.readAt < maxAge ? pointer.row : null
}

async function readPointer(deps: Deps, id: string): Promise<QuizRow | null> {
  const { caches } = deps
  const readAt = deps.now()
  const { forgotten } = caches
  const [[row]] = await deps.db.batch([selectQuiz(deps.db, id)])
  if (!row) caches.pointers.delete(id)
  else if (caches.forgotten === forgotten) caches.pointers.set(id, { row, readAt })
  return row ?? null
}
