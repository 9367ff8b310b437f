import type { Actor, Deps } from '../deps.ts'
import { revokeApiKey, selectApiKey } from '../db/api-keys.ts'
import { requireStaff } from './_authorise.ts'
import { notFound } from './_current-quiz.ts'

/** Revokes an API key, for good: from now on it is like any other wrong credential. Again has no further effect. */
export async function revokeKey(deps: Deps, actor: Actor, id: string): Promise<void> {
  requireStaff(actor, 'keys:write')
  const [, [key]] = await deps.db.batch([revokeApiKey(deps.db, id, deps.now()), selectApiKey(deps.db, id)])
  if (!key) throw notFound()
}
