import type { Actor, Deps } from '../deps.ts'
import { insertEndpoint, selectEndpoint, selectEndpointByRequestKey } from '../db/webhook-endpoints.ts'
import { AnswerkeyError } from '../errors.ts'
import { sameJson } from '../grading/same-json.ts'
import { newSecret } from '../webhooks/sign.ts'
import { requireStaff } from './_authorise.ts'
import { hashRequestKey, type RequestKey, timedId } from './_ids.ts'
import { keyReused } from './_new-attempt.ts'
import { checkWebhook, viewWebhook, type Webhook, type WebhookChoice } from './_webhooks.ts'

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
  const requestKey = key && (await hashRequestKey(key))
  const id = timedId(deps, 'whk')
  const secret = newSecret(deps.randomBytes)
  const { url, description } = choice
  const [events, headers] = [[...choice.events], { ...choice.headers }]
  const quizzes = choice.quizzes && [...choice.quizzes]
  const endpoint = {
    id,
    url,
    events,
    quizzes,
    description,
    headers,
    secret,
    createdAt: deps.now(),
    createdBy,
    requestKey,
  }
  const [, [own], [made]] = await db.batch([
    insertEndpoint(db, endpoint),
    selectEndpoint(db, id),
    selectEndpointByRequestKey(db, requestKey ?? ''),
  ])
  if (own) return { ...viewWebhook(own), secret }
  if (!made) {
    throw new AnswerkeyError('invalid-input', 'There are as many webhooks as there may be: delete one first.', {
      errors: [{ pointer: '', code: 'inconsistent', detail: 'Expected fewer than 50 webhooks.' }],
    })
  }
  const asked = {
    url: made.url,
    events: made.events,
    quizzes: made.quizzes,
    description: made.description,
    headers: made.headers,
  }
  if (!sameJson(asked, { url, events, quizzes, description, headers })) throw keyReused()
  return { ...viewWebhook(made), secret: null }
}
