import { Markdown } from '../../grading/rich-text.ts'
import { Id } from '../../grading/identifiers.ts'
import { strictObject } from '../../grading/strict-object.ts'
import { Time } from '../../grading/time.ts'
import { Attempt, Result } from '../../grading/wire.ts'
import { extendAttempt } from '../../services/extend-attempt.ts'
import { gradeResponse } from '../../services/grade-response.ts'
import { overrideScore } from '../../services/override-score.ts'
import { Receipt } from '../_http/attempt-schemas.ts'
import { operation } from '../_http/operation.ts'
import { ExtensionInput, GivenPoints, Reason, STAFF_BODY } from '../_http/staff-schemas.ts'
import * as v from 'valibot'

export const postExtension = operation({
  id: 'extendAttempt',
  method: 'POST',
  path: '/v1/attempts/{attempt}/extensions',
  summary: 'Give an attempt more time',
  description: 'For one that runs: an extension reopens nothing. It alone moves a deadline, beyond closesAt too.',
  tag: 'Grading',
  access: 'staff',
  scope: 'attempts:write',
  headers: ['Idempotency-Key'],
  body: { schema: ExtensionInput, maxBytes: STAFF_BODY },
  replies: {
    200: {
      description: 'What holds now, and why.',
      schema: strictObject({
        attempt: Attempt,
        effective: strictObject({ deadline: v.nullable(Time) }),
        because: v.array(strictObject({ source: v.picklist(['start', 'extension']), detail: v.string() })),
      }),
    },
  },
  problems: ['not-found', 'attempt-finished'],
  async handle({ deps, actor, params, body, requestKey }) {
    const { reason, ...extension } = body
    const input = { attempt: params['attempt']!, extension, reason, requestKey }
    return { status: 200, body: await extendAttempt(deps, actor, input) }
  },
})

const GradedByStaff = strictObject({ attempt: Attempt, results: v.array(Result), receipt: v.nullable(Receipt) })

export const postGrade = operation({
  id: 'gradeResponse',
  method: 'POST',
  path: '/v1/attempts/{attempt}/grades',
  summary: 'Grade what waits for a person',
  description:
    'The last response to the question. Grading again replaces the grade. A comment is Markdown for the learner.',
  tag: 'Grading',
  access: 'staff',
  scope: 'grading:write',
  headers: ['Idempotency-Key'],
  body: {
    schema: strictObject({ question: Id, score: GivenPoints, comment: v.optional(Markdown) }),
    maxBytes: STAFF_BODY,
  },
  replies: { 200: { description: 'The attempt with the grade.', schema: GradedByStaff } },
  problems: ['not-found'],
  async handle({ deps, actor, params, body, requestKey }) {
    const { question, score, comment = null } = body
    const input = { attempt: params['attempt']!, question, score, comment, requestKey }
    return { status: 200, body: await gradeResponse(deps, actor, input) }
  },
})

export const postOverride = operation({
  id: 'overrideScore',
  method: 'POST',
  path: '/v1/attempts/{attempt}/overrides',
  summary: 'Override a score',
  description:
    'Of a question, or without one of the whole attempt. It stands over the key and over regrades, as a share of what ' +
    'there is to have, until another override; null takes it back.',
  tag: 'Grading',
  access: 'staff',
  scope: 'grading:write',
  headers: ['Idempotency-Key'],
  body: {
    schema: strictObject({ question: v.optional(Id), score: v.nullable(GivenPoints), reason: Reason }),
    maxBytes: STAFF_BODY,
  },
  replies: { 200: { description: 'The attempt with the score.', schema: GradedByStaff } },
  problems: ['not-found'],
  async handle({ deps, actor, params, body, requestKey }) {
    const { question = null, score, reason } = body
    const input = { attempt: params['attempt']!, question, score, reason, requestKey }
    return { status: 200, body: await overrideScore(deps, actor, input) }
  },
})
