import type { Actor, Deps } from '../deps.ts'
import { noteWebhookRequest, selectNotedRequest } from '../db/request-keys.ts'
import { deleteDeliveries } from '../db/webhook-deliveries.ts'
import { deleteEndpoint, selectEndpoint, updateEndpoint } from '../db/webhook-endpoints.ts'
import { requireStaff } from './_authorise.ts'
import { notFound } from './_current-quiz.ts'
import type { RequestKey } from './_ids.ts'
import { noteOf, wasDone } from './_once.ts'
import { checkWebhook, viewWebhook, type Webhook, type WebhookChoice } from './_webhooks.ts'
import { beginDeliveries } from './deliver-webhooks.ts'

export type WebhookChange = Partial<WebhookChoice> & { readonly disabled?: boolean | undefined }

/** Changes what is named. Enabling one that was disabled lets what waits for it go out. */
export async function changeWebhook(
  deps: Deps,
  actor: Actor,
  id: string,
  { disabled, ...choice }: WebhookChange,
  key: RequestKey | null,
): Promise<Webhook> {
  requireStaff(actor, 'webhooks:write')
  checkWebhook(deps, choice)
  const { db } = deps
  const { url, events, quizzes, description, headers } = choice
  const change = {
    ...(url !== undefined && { url }),
    ...(events && { events: [...events] }),
    ...(quizzes !== undefined && { quizzes: quizzes && [...quizzes] }),
    ...(description !== undefined && { description }),
    ...(headers && { headers: { ...headers } }),
    ...(disabled === true && { disabledAt: deps.now(), disabledReason: 'staff' as const }),
    ...(disabled === false && { disabledAt: null, disabledReason: null, failingSince: null }),
  }
  const asked = await noteOf(key, { disabled, ...choice })
  const [[noted], [row]] = await db.batch([
    selectNotedRequest(db, asked?.key ?? ''),
    selectEndpoint(db, id),
    ...(Object.keys(change).length === 0 ? [] : [updateEndpoint(db, id, change, asked?.key)]),
    ...(asked ? [noteWebhookRequest(db, asked, { endpoint: id })] : []),
  ])
  if (!row) throw notFound()
  const done = wasDone(asked, noted)
  if (disabled === false) beginDeliveries(deps)
  return viewWebhook(done ? row : { ...row, ...change })
}

/** Deletes a webhook, with everything that was or is to be told by it. */
export async function deleteWebhook(deps: Deps, actor: Actor, id: string, key: RequestKey | null): Promise<void> {
  requireStaff(actor, 'webhooks:write')
  const { db } = deps
  const asked = await noteOf(key, {})
  const [[noted], [row]] = await db.batch([
    selectNotedRequest(db, asked?.key ?? ''),
    selectEndpoint(db, id),
    ...(asked ? [noteWebhookRequest(db, asked, { endpoint: id })] : []),
    deleteDeliveries(db, id),
    deleteEndpoint(db, id),
  ])
  if (!row && !noted) throw notFound()
}
