import type { Actor, Deps } from '../deps.ts'
import { noteWebhookRequest, selectNotedRequest } from '../db/request-keys.ts'
import { insertEndpoint, MAX_ENDPOINTS, selectEndpoint } from '../db/webhook-endpoints.ts'
import { AnswerkeyError } from '../errors.ts'
import { newSecret } from '../webhooks/sign.ts'
import { requireStaff } from './_authorise.ts'
import { type RequestKey, timedId } from './_ids.ts'
import { noteOf, wasDone } from './_once.ts'
import { checkWebhook, loadWebhook, viewWebhook, type Webhook, type WebhookChoice } from './_webhooks.ts'

/** `secret` is null for a request that made the webhook before: it is shown once. */
export type CreatedWebhook = Webhook & { readonly secret: string | null }

export async function createWebhook(
  deps: Deps,
  actor: Actor,
  choice: WebhookChoice,
  key: RequestKey | null,
): Promise<CreatedWebhook> {
  const { keyId: createdBy } = requireStaff(actor, 'webhooks:write')
  checkWebhook(deps, choice)
  const { db } = deps
  const asked = await noteOf(key, choice)
  const id = timedId(deps, 'whk')
  const secret = newSecret(deps.randomBytes)
  const { url, description } = choice
  const endpoint = {
    id,
    url,
    events: [...choice.events],
    quizzes: choice.quizzes && [...choice.quizzes],
    description,
    headers: { ...choice.headers },
    secret,
    createdAt: deps.now(),
    createdBy,
  }
  const [[noted], , [own]] = await db.batch([
    selectNotedRequest(db, asked?.key ?? ''),
    insertEndpoint(db, endpoint, asked && asked.key),
    selectEndpoint(db, id),
    ...(asked ? [noteWebhookRequest(db, asked, { endpoint: id })] : []),
  ])
  if (noted && wasDone(asked, noted)) return { ...viewWebhook(await loadWebhook(deps, noted.subject)), secret: null }
  if (own) return { ...viewWebhook(own), secret }
  throw new AnswerkeyError('invalid-input', 'There are as many webhooks as there may be: delete one first.', {
    errors: [{ pointer: '', code: 'inconsistent', detail: `Expected fewer than ${MAX_ENDPOINTS} webhooks.` }],
  })
}
