import type { Actor, Deps } from '../deps.ts'
import { selectEndpoints } from '../db/webhook-endpoints.ts'
import { requireStaff } from './_authorise.ts'
import { loadWebhook, viewWebhook, type Webhook } from './_webhooks.ts'

/** A page of webhooks in the order of their creation; `next` is the id to go on after. */
export async function listWebhooks(
  deps: Deps,
  actor: Actor,
  { limit, after }: { readonly limit: number; readonly after: string },
): Promise<{ webhooks: Webhook[]; next: string | null }> {
  requireStaff(actor, 'webhooks:write')
  const [rows] = await deps.db.batch([selectEndpoints(deps.db, { after, limit: limit + 1 })])
  const webhooks = rows.slice(0, limit).map(viewWebhook)
  return { webhooks, next: rows.length > limit ? webhooks.at(-1)!.id : null }
}

export async function readWebhook(deps: Deps, actor: Actor, id: string): Promise<Webhook> {
  requireStaff(actor, 'webhooks:write')
  return viewWebhook(await loadWebhook(deps, id))
}
