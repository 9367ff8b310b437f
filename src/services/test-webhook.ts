import type { Actor, Deps } from '../deps.ts'
import { insertDelivery, selectDelivery } from '../db/webhook-deliveries.ts'
import { writeBody } from '../webhooks/events.ts'
import { toTime } from './_attempt-view.ts'
import { requireStaff } from './_authorise.ts'
import { notFound } from './_current-quiz.ts'
import { type Delivery, viewDelivery } from './_deliveries.ts'
import { hashRequestKey, randomId, type RequestKey } from './_ids.ts'
import { loadWebhook } from './_webhooks.ts'
import { beginDeliveries } from './deliver-webhooks.ts'

/** Sends a `ping`, like any other delivery. */
export async function testWebhook(
  deps: Deps,
  actor: Actor,
  webhook: string,
  key: RequestKey | null,
): Promise<Delivery> {
  requireStaff(actor, 'webhooks:write')
  const { db } = deps
  const { id: endpoint } = await loadWebhook(deps, webhook)
  const id = key ? `msg_${await hashRequestKey(key)}` : randomId(deps, 'msg')
  const now = deps.now()
  const body = writeBody('ping', toTime(now), { webhook: endpoint })
  const [, [row]] = await db.batch([
    insertDelivery(db, { endpoint, id, type: 'ping', body, createdAt: now, trace: deps.trace.traceparent }),
    selectDelivery(db, endpoint, id),
  ])
  if (!row) throw notFound()
  beginDeliveries(deps)
  return viewDelivery(row)
}
