import type { Actor, Deps } from '../deps.ts'
import { noteRedelivery, noteReplay, selectNotedRequest } from '../db/request-keys.ts'
import { countDeliveries, redeliver as sendAnew, replayDeliveries, selectDelivery } from '../db/webhook-deliveries.ts'
import { selectEndpoint } from '../db/webhook-endpoints.ts'
import { requireStaff } from './_authorise.ts'
import { notFound } from './_current-quiz.ts'
import { type Delivery, viewDelivery } from './_deliveries.ts'
import type { RequestKey } from './_ids.ts'
import { noteOf, wasDone } from './_once.ts'
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
  const asked = await noteOf(key, {})
  const [, [row]] = await db.batch([
    sendAnew(db, { endpoint, id, now: deps.now() }, asked?.key),
    selectDelivery(db, endpoint, id),
    ...(asked ? [noteRedelivery(db, asked, { endpoint, id })] : []),
  ])
  if (!row) throw notFound()
  beginDeliveries(deps)
  return viewDelivery(row)
}

/** Tells everything again that was made since then; returns how much that is. A retry says what it was the first time. */
export async function replay(
  deps: Deps,
  actor: Actor,
  webhook: string,
  since: string,
  key: RequestKey | null,
): Promise<{ readonly deliveries: number }> {
  requireStaff(actor, 'webhooks:write')
  const { db } = deps
  const asked = await noteOf(key, { since })
  const from = { endpoint: webhook, since: Date.parse(since), now: deps.now() }
  const [[noted], [endpoint], , [counted]] = await db.batch([
    selectNotedRequest(db, asked?.key ?? ''),
    selectEndpoint(db, webhook),
    replayDeliveries(db, from, asked?.key),
    countDeliveries(db, from),
    ...(asked ? [noteReplay(db, asked, from)] : []),
  ])
  if (!endpoint) throw notFound()
  const done = wasDone(asked, noted)
  beginDeliveries(deps)
  return { deliveries: done ? Number(noted!.subject) : counted!.count }
}
