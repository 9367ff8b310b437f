import type { Actor, Deps } from '../deps.ts'
import { noteWebhookRequest, selectNotedRequest } from '../db/request-keys.ts'
import { rotateSecret, selectEndpoint } from '../db/webhook-endpoints.ts'
import { AnswerkeyError } from '../errors.ts'
import { newSecret } from '../webhooks/sign.ts'
import { requireStaff } from './_authorise.ts'
import { notFound } from './_current-quiz.ts'
import { hashRequestKey, type RequestKey } from './_ids.ts'
import { viewWebhook, type Webhook } from './_webhooks.ts'

/** How long the old secret signs beside the new one. */
const OVERLAP_MS = 24 * 60 * 60 * 1000

/** How often a rotation is decided anew because another came in between. */
const MAX_DECISIONS = 5

/** Gives a webhook a new secret. It is shown once, so a request that comes again gets null. */
export async function rotateWebhookSecret(
  deps: Deps,
  actor: Actor,
  id: string,
  key: RequestKey | null,
): Promise<Webhook & { secret: string | null }> {
  requireStaff(actor, 'webhooks:write')
  const { db } = deps
  const requestKey = key && (await hashRequestKey(key))
  for (let decisions = 0; decisions < MAX_DECISIONS; decisions++) {
    const [[row], [noted]] = await db.batch([selectEndpoint(db, id), selectNotedRequest(db, requestKey ?? '')])
    if (!row) throw notFound()
    if (noted) return { ...viewWebhook(row), secret: null }
    const secret = newSecret(deps.randomBytes)
    const [rotated] = await db.batch([
      rotateSecret(db, row, { secret, previousUntil: deps.now() + OVERLAP_MS }),
      ...(requestKey ? [noteWebhookRequest(db, { key: requestKey, digest: null }, { endpoint: id, secret })] : []),
    ])
    if (rotated.length > 0) return { ...viewWebhook(row), secret }
  }
  throw new AnswerkeyError('unavailable', 'The webhook is changing too fast: try again.')
}
