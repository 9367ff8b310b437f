import { strictObject } from '../../grading/strict-object.ts'
import { Time } from '../../grading/time.ts'
import { listDeliveries } from '../../services/list-deliveries.ts'
import { redeliver, replay } from '../../services/redeliver.ts'
import { testWebhook } from '../../services/test-webhook.ts'
import { EVENT_TYPES } from '../../webhooks/events.ts'
import { operation } from '../_http/operation.ts'
import { fromCursor, PageQuery, toCursor } from '../_http/paging.ts'
import { Delivery, WEBHOOK_BODY } from './schemas.ts'
import * as v from 'valibot'

const common = { tag: 'Webhooks', access: 'staff', scope: 'webhooks:write' } as const

export const postTest = operation({
  ...common,
  id: 'testWebhook',
  method: 'POST',
  path: '/v1/webhooks/{webhook}/test',
  summary: 'Send a ping',
  headers: ['Idempotency-Key'],
  body: { schema: strictObject({}), maxBytes: WEBHOOK_BODY, optional: true },
  replies: { 202: { description: 'The delivery: its list tells what became of it.', schema: Delivery } },
  problems: ['not-found'],
  async handle({ deps, actor, params, requestKey }) {
    return { status: 202, body: await testWebhook(deps, actor, params['webhook']!, requestKey) }
  },
})

export const getDeliveries = operation({
  ...common,
  id: 'listDeliveries',
  method: 'GET',
  path: '/v1/webhooks/{webhook}/deliveries',
  summary: 'List what was told, and what waits',
  query: strictObject({
    ...PageQuery.entries,
    status: v.optional(v.pipe(v.picklist(['pending', 'delivered', 'failed']), v.description('Only these.'))),
    type: v.optional(v.pipe(v.picklist(EVENT_TYPES), v.description('Only of this.'))),
  }),
  replies: {
    200: {
      description: 'A page of deliveries.',
      schema: strictObject({ deliveries: v.array(Delivery), nextCursor: v.nullable(v.string()) }),
    },
  },
  problems: ['not-found'],
  async handle({ deps, actor, params, query }) {
    const after = query.cursor === undefined ? '' : fromCursor(query.cursor, /^msg_[A-Za-z0-9_-]{1,150}$/)
    const page = {
      endpoint: params['webhook']!,
      limit: Number(query.limit),
      after,
      status: query.status,
      type: query.type,
    }
    const { deliveries, next } = await listDeliveries(deps, actor, page)
    return { status: 200, body: { deliveries, nextCursor: next === null ? null : toCursor(next) } }
  },
})

export const postRedelivery = operation({
  ...common,
  id: 'redeliver',
  method: 'POST',
  path: '/v1/webhooks/{webhook}/deliveries/{delivery}/redeliver',
  summary: 'Tell one thing again',
  description: 'With the same id and bytes, whether it has arrived or not.',
  headers: ['Idempotency-Key'],
  body: { schema: strictObject({}), maxBytes: WEBHOOK_BODY, optional: true },
  replies: { 202: { description: 'The delivery.', schema: Delivery } },
  problems: ['not-found'],
  async handle({ deps, actor, params, requestKey }) {
    const place = { endpoint: params['webhook']!, id: params['delivery']! }
    return { status: 202, body: await redeliver(deps, actor, place, requestKey) }
  },
})

export const postReplay = operation({
  ...common,
  id: 'replayDeliveries',
  method: 'POST',
  path: '/v1/webhooks/{webhook}/replay',
  summary: 'Tell everything again since a time',
  description: 'For a receiver that was down for long, or has lost what it had. Ids and bytes are the same.',
  headers: ['Idempotency-Key'],
  body: { schema: strictObject({ since: Time }), maxBytes: WEBHOOK_BODY },
  replies: {
    202: {
      description: 'How many deliveries begin anew.',
      schema: strictObject({ deliveries: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
    },
  },
  problems: ['not-found'],
  async handle({ deps, actor, params, body, requestKey }) {
    return { status: 202, body: await replay(deps, actor, params['webhook']!, body.since, requestKey) }
  },
})
