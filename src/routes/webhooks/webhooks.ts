import { strictObject } from '../../grading/strict-object.ts'
import { changeWebhook, deleteWebhook } from '../../services/change-webhook.ts'
import { createWebhook } from '../../services/create-webhook.ts'
import { listWebhooks, readWebhook } from '../../services/list-webhooks.ts'
import { rotateWebhookSecret } from '../../services/rotate-webhook-secret.ts'
import { operation } from '../_http/operation.ts'
import { fromCursor, PageQuery, toCursor } from '../_http/paging.ts'
import { choiceEntries, Webhook, WEBHOOK_BODY, WebhookWithSecret } from './schemas.ts'
import * as v from 'valibot'

const common = { tag: 'Webhooks', access: 'staff', scope: 'webhooks:write' } as const

export const postWebhook = operation({
  ...common,
  id: 'createWebhook',
  method: 'POST',
  path: '/v1/webhooks',
  summary: 'Have someone told',
  description: 'Standard Webhooks 1.0. The secret signs every delivery; it is shown once.',
  headers: ['Idempotency-Key'],
  body: {
    schema: strictObject({
      ...choiceEntries,
      quizzes: v.optional(choiceEntries.quizzes, null),
      description: v.optional(choiceEntries.description, ''),
      headers: v.optional(choiceEntries.headers, {}),
    }),
    maxBytes: WEBHOOK_BODY,
  },
  replies: { 201: { description: 'The webhook.', schema: WebhookWithSecret, headers: ['Location'] } },
  problems: ['not-found'],
  async handle({ deps, actor, body, requestKey }) {
    const created = await createWebhook(deps, actor, body, requestKey)
    return { status: 201, body: created, headers: { Location: `${deps.config.publicUrl}/v1/webhooks/${created.id}` } }
  },
})

export const getWebhooks = operation({
  ...common,
  id: 'listWebhooks',
  method: 'GET',
  path: '/v1/webhooks',
  summary: 'List the webhooks, the oldest first',
  query: PageQuery,
  replies: {
    200: {
      description: 'A page of webhooks.',
      schema: strictObject({ webhooks: v.array(Webhook), nextCursor: v.nullable(v.string()) }),
    },
  },
  problems: [],
  async handle({ deps, actor, query }) {
    const after = query.cursor === undefined ? '' : fromCursor(query.cursor, /^whk_[A-Za-z0-9_-]{1,60}$/)
    const { webhooks, next } = await listWebhooks(deps, actor, { limit: Number(query.limit), after })
    return { status: 200, body: { webhooks, nextCursor: next === null ? null : toCursor(next) } }
  },
})

export const getWebhook = operation({
  ...common,
  id: 'readWebhook',
  method: 'GET',
  path: '/v1/webhooks/{webhook}',
  summary: 'Read a webhook, and why it is disabled',
  replies: { 200: { description: 'The webhook.', schema: Webhook } },
  problems: ['not-found'],
  async handle({ deps, actor, params }) {
    return { status: 200, body: await readWebhook(deps, actor, params['webhook']!) }
  },
})

export const patchWebhook = operation({
  ...common,
  id: 'updateWebhook',
  method: 'PATCH',
  path: '/v1/webhooks/{webhook}',
  summary: 'Change a webhook',
  description: 'What is named is replaced. `disabled: false` brings one back, and what waits for it goes out.',
  headers: ['Idempotency-Key'],
  body: {
    schema: v.pipe(
      strictObject({
        url: v.optional(choiceEntries.url),
        events: v.optional(choiceEntries.events),
        quizzes: v.optional(choiceEntries.quizzes),
        description: v.optional(choiceEntries.description),
        headers: v.optional(choiceEntries.headers),
        disabled: v.optional(v.boolean()),
      }),
      v.metadata({ ref: 'WebhookChange' }),
    ),
    maxBytes: WEBHOOK_BODY,
  },
  replies: { 200: { description: 'The webhook as it is now.', schema: Webhook } },
  problems: ['not-found'],
  async handle({ deps, actor, params, body, requestKey }) {
    return { status: 200, body: await changeWebhook(deps, actor, params['webhook']!, body, requestKey) }
  },
})

export const removeWebhook = operation({
  ...common,
  id: 'deleteWebhook',
  method: 'DELETE',
  path: '/v1/webhooks/{webhook}',
  summary: 'Delete a webhook',
  description: 'And everything that waits for it.',
  headers: ['Idempotency-Key'],
  replies: { 204: { description: 'It is gone.', schema: null } },
  problems: ['not-found'],
  async handle({ deps, actor, params, requestKey }) {
    await deleteWebhook(deps, actor, params['webhook']!, requestKey)
    return { status: 204 }
  },
})

export const postRotation = operation({
  ...common,
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: '/v1/webhooks/{webhook}/rotations',
  summary: 'Give a webhook a new secret',
  description: 'For 24 hours both secrets sign, so that receivers can change over.',
  headers: ['Idempotency-Key'],
  body: { schema: strictObject({}), maxBytes: WEBHOOK_BODY, optional: true },
  replies: { 200: { description: 'The new secret.', schema: WebhookWithSecret } },
  problems: ['not-found'],
  async handle({ deps, actor, params, requestKey }) {
    return { status: 200, body: await rotateWebhookSecret(deps, actor, params['webhook']!, requestKey) }
  },
})
