import type { Deps } from '../deps.ts'
import { selectAnswerKey } from '../db/answer-keys.ts'
import { selectRevision } from '../db/revisions.ts'
import type { AnswerKey } from '../grading/quiz.ts'
import type { LoadedRevision } from './_caches.ts'
import { rememberRevision } from './_revisions.ts'

export interface GradedRevision extends LoadedRevision {
  readonly answerKey: AnswerKey
}

/** A revision with its key, for services that replay a log; one round trip when either is not in memory. */
export async function loadGradedRevision(deps: Deps, id: string): Promise<GradedRevision | null> {
  const { revisions, answerKeys } = deps.caches
  const revision = revisions.get(id)
  const answerKey = answerKeys.get(id)
  if (revision && answerKey) return { ...revision, answerKey }
  const [[revisionRow], [keyRow]] = await deps.db.batch([selectRevision(deps.db, id), selectAnswerKey(deps.db, id)])
  if (!revisionRow || !keyRow) return null
  answerKeys.set(id, keyRow.document)
  return { ...rememberRevision(deps, revisionRow), answerKey: keyRow.document }
}
