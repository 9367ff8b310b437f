import { QuizId } from '../../grading/identifiers.ts'
import { maxCharacters } from '../../grading/max-characters.ts'
import { strictObject } from '../../grading/strict-object.ts'
import { strictRecord } from '../../grading/strict-record.ts'
import { NfcString } from '../../grading/text/nfc.ts'
import { Time } from '../../grading/time.ts'
import { EVENT_TYPES } from '../../webhooks/events.ts'
import * as v from 'valibot'

/** Bytes of a body. */
export const WEBHOOK_BODY = 64_000

const MAX_HEADERS = 20
const MAX_QUIZZES = 500

/** Anyone who listens can be pinged, so nobody has to ask for it. */
const Event = v.pipe(v.picklist(EVENT_TYPES), v.metadata({ ref: 'WebhookEvent' }))

/** What staff choose of a webhook. */
export const choiceEntries = {
  url: v.pipe(v.string(), v.maxLength(2000), v.description('https, of a public host, by name.')),
  events: v.pipe(v.array(Event), v.minLength(1), v.maxLength(EVENT_TYPES.length), v.description('Each once.')),
  quizzes: v.pipe(
    v.nullable(v.pipe(v.array(QuizId), v.minLength(1), v.maxLength(MAX_QUIZZES))),
    v.description('Null for every quiz.'),
  ),
  description: v.pipe(NfcString, maxCharacters(500)),
  headers: v.pipe(
    strictRecord(v.string(), v.string()),
    v.check((headers) => Object.keys(headers).length <= MAX_HEADERS, `Expected at most ${MAX_HEADERS} headers.`),
    v.description('Sent along. Their values are never shown again.'),
  ),
}

const webhookEntries = {
  id: v.string(),
  url: v.string(),
  events: v.array(Event),
  quizzes: v.nullable(v.array(QuizId)),
  description: v.string(),
  headers: v.pipe(v.array(v.string()), v.description('Their names.')),
  createdAt: Time,
  createdBy: v.string(),
  failingSince: v.pipe(v.nullable(Time), v.description('Since when nothing has arrived.')),
  disabledAt: v.nullable(Time),
  disabledReason: v.pipe(
    v.nullable(v.picklist(['gone', 'failing', 'staff'])),
    v.description('The receiver answered 410; nothing arrived for five days; or staff said so.'),
  ),
}
export const Webhook = v.pipe(strictObject(webhookEntries), v.metadata({ ref: 'Webhook' }))
export const WebhookWithSecret = v.pipe(
  strictObject({
    ...webhookEntries,
    secret: v.pipe(v.nullable(v.string()), v.description('Shown once: null where the request has been here before.')),
  }),
  v.metadata({ ref: 'WebhookWithSecret' }),
)

export const Delivery = v.pipe(
  strictObject({
    id: v.pipe(v.string(), v.description('The `webhook-id`.')),
    type: Event,
    createdAt: Time,
    status: v.picklist(['pending', 'delivered', 'failed']),
    tries: v.pipe(v.number(), v.integer(), v.minValue(0)),
    nextTryAt: v.nullable(Time),
    lastTriedAt: v.nullable(Time),
    lastStatus: v.pipe(
      v.nullable(v.string()),
      v.description('A class of HTTP status such as `2xx`, or `timeout`, or `unreachable`.'),
    ),
    lastAnswer: v.pipe(v.nullable(v.string()), v.description('As much of it as a thousand characters.')),
  }),
  v.metadata({ ref: 'Delivery' }),
)
