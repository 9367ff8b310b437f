import type { Actor, Deps } from '../deps.ts'
import { deleteDeliveries } from '../db/webhook-deliveries.ts'
import { deleteEndpoint, selectEndpoint, updateEndpoint } from '../db/webhook-endpoints.ts'
import { requireStaff } from './_authorise.ts'
import { notFound } from './_current-quiz.ts'
import type { RequestKey } from './_ids.ts'
import { lookForRequest } from './_once.ts'
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
  const { done, note } = await lookForRequest(deps, key, { subject: id, body: { disabled, ...choice } })
  const changing = done || Object.keys(change).length === 0 ? [] : [updateEndpoint(db, id, change)]
  const [[row]] = await db.batch([selectEndpoint(db, id), ...changing, ...note])
  if (!row) throw notFound()
  if (disabled === false) beginDeliveries(deps)
  return viewWebhook(done ? row : { ...row, ...change })
}

/** Deletes a webhook, with everything that was or is to be told by it. */
export async function deleteWebhook(deps: Deps, actor: Actor, id: string): Promise<void> {
  requireStaff(actor, 'webhooks:write')
  const { db } = deps
  const [[row]] = await db.batch([selectEndpoint(db, id), deleteDeliveries(db, id), deleteEndpoint(db, id)])
  if (!row) throw notFound()
}
