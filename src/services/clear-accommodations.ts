import type { Actor, Deps } from '../deps.ts'
import { deleteRules } from '../db/accommodations.ts'
import { noteRequest } from '../db/request-keys.ts'
import { noteSubject } from './_accommodations.ts'
import { requireStaff } from './_authorise.ts'
import { hashRequestKey, type RequestKey } from './_ids.ts'

/** Takes all rules from a learner. A retry leaves those alone that were set since. */
export async function clearAccommodations(
  deps: Deps,
  actor: Actor,
  learner: string,
  requestKey: RequestKey | null,
): Promise<void> {
  requireStaff(actor, 'learners:write')
  const { db } = deps
  const key = requestKey && (await hashRequestKey(requestKey))
  const noting = key ? [noteRequest(db, { key, digest: CLEARED }, noteSubject(learner))] : []
  await db.batch([deleteRules(db, learner, key), ...noting])
}

/** Nothing but the learner is asked for. A note without a digest would not be found when they are erased. */
const CLEARED = 'cleared'
