import type { Actor, Deps } from '../deps.ts'
import { type DeliveryPage, selectDeliveries } from '../db/webhook-deliveries.ts'
import { selectEndpoint } from '../db/webhook-endpoints.ts'
import { requireStaff } from './_authorise.ts'
import { notFound } from './_current-quiz.ts'
import { type Delivery, viewDelivery } from './_deliveries.ts'

/** A page of what was told by a webhook, or is to be; `next` is the id to go on after. */
export async function listDeliveries(
  deps: Deps,
  actor: Actor,
  page: DeliveryPage,
): Promise<{ deliveries: Delivery[]; next: string | null }> {
  requireStaff(actor, 'webhooks:write')
  const { db } = deps
  const [[endpoint], rows] = await db.batch([
    selectEndpoint(db, page.endpoint),
    selectDeliveries(db, { ...page, limit: page.limit + 1 }),
  ])
  if (!endpoint) throw notFound()
  const deliveries = rows.slice(0, page.limit).map(viewDelivery)
  return { deliveries, next: rows.length > page.limit ? deliveries.at(-1)!.id : null }
}
