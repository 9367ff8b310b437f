import type { Actor, Deps } from '../deps.ts'
import { redeliver as sendAnew, replayDeliveries, selectDelivery } from '../db/webhook-deliveries.ts'
import { requireStaff } from './_authorise.ts'
import { notFound } from './_current-quiz.ts'
import { type Delivery, viewDelivery } from './_deliveries.ts'
import type { RequestKey } from './_ids.ts'
import { lookForRequest } from './_once.ts'
import { loadWebhook } from './_webhooks.ts'
import { beginDeliveries } from './deliver-webhooks.ts'

/** Tells one thing again, with the same id and bytes: a receiver that has it knows it by its id. */
export async function redeliver(
  deps: Deps,
  actor: Actor,
  { endpoint, id }: { readonly endpoint: string; readonly id: string },
  key: RequestKey | null,
): Promise<Delivery> {
  requireStaff(actor, 'webhooks:write')
  const { db } = deps
  const { done, note } = await lookForRequest(deps, key, { subject: endpoint, body: {} })
  if (!done) await db.batch([sendAnew(db, { endpoint, id, now: deps.now() }), ...note])
  const [[row]] = await db.batch([selectDelivery(db, endpoint, id)])
  if (!row) throw notFound()
  beginDeliveries(deps)
  return viewDelivery(row)
}

/** Tells everything again that was made since then; returns how much that is: nothing, when the request has done so before. */
export async function replay(
  deps: Deps,
  actor: Actor,
  webhook: string,
  since: string,
  key: RequestKey | null,
): Promise<{ readonly deliveries: number }> {
  requireStaff(actor, 'webhooks:write')
  const { db } = deps
  const { id: endpoint } = await loadWebhook(deps, webhook)
  const { done, note } = await lookForRequest(deps, key, { subject: endpoint, body: { since } })
  if (done) return { deliveries: 0 }
  const from = { endpoint, since: Date.parse(since), now: deps.now() }
  const [rows] = await db.batch([replayDeliveries(db, from), ...note])
  beginDeliveries(deps)
  return { deliveries: rows.length }
}
