import type { Actor, Deps } from '../deps.ts'
import { archive, selectQuiz } from '../db/quizzes.ts'
import { noteArchiving } from '../db/request-keys.ts'
import { requireStaff } from './_authorise.ts'
import { forgetPointer, notFound } from './_current-quiz.ts'
import { hashRequestKey, type RequestKey } from './_ids.ts'

/** Archives a quiz: it takes no new attempts, and those that run go on. A retry does not undo what came in between. */
export async function archiveQuiz(deps: Deps, actor: Actor, id: string, key: RequestKey | null): Promise<void> {
  requireStaff(actor, 'quizzes:write')
  const { db } = deps
  const requestKey = key && (await hashRequestKey(key))
  const noting = requestKey ? [noteArchiving(db, requestKey, id)] : []
  const [, [quiz]] = await db
    .batch([archive(db, id, { at: deps.now(), requestKey }), selectQuiz(db, id), ...noting])
    .finally(() => forgetPointer(deps, id))
  if (!quiz) throw notFound()
}
