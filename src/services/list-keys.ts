import type { Actor, Deps } from '../deps.ts'
import { selectApiKeys } from '../db/api-keys.ts'
import { type ApiKey, viewApiKey } from './_api-keys.ts'
import { requireStaff } from './_authorise.ts'

/** A page of API keys in the order of their creation, revoked ones too; `next` is the id to go on after. */
export async function listKeys(
  deps: Deps,
  actor: Actor,
  { limit, after }: { limit: number; after: string },
): Promise<{ keys: ApiKey[]; next: string | null }> {
  requireStaff(actor, 'keys:write')
  const [rows] = await deps.db.batch([selectApiKeys(deps.db, { after, limit: limit + 1 })])
  const keys = rows.slice(0, limit).map(viewApiKey)
  return { keys, next: rows.length > limit ? keys.at(-1)!.id : null }
}
