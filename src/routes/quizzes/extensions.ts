import { QuizId } from '../../grading/identifiers.ts'
import { strictObject } from '../../grading/strict-object.ts'
import { Time } from '../../grading/time.ts'
import { extendAttempts, readExtension } from '../../services/extend-attempts.ts'
import { operation } from '../_http/operation.ts'
import { ExtensionInput, STAFF_BODY } from '../_http/staff-schemas.ts'
import * as v from 'valibot'

const Count = v.pipe(v.number(), v.integer(), v.minValue(0))

const Extension = v.pipe(
  strictObject({
    id: v.string(),
    quiz: QuizId,
    extraSeconds: v.optional(v.number()),
    factor: v.optional(v.number()),
    unlimited: v.optional(v.literal(true)),
    reason: v.string(),
    status: v.picklist(['running', 'done']),
    createdAt: Time,
    createdBy: v.string(),
    finishedAt: v.nullable(Time),
    attempts: v.pipe(Count, v.description('Attempts that have been looked at.')),
    extended: Count,
  }),
  v.metadata({ ref: 'Extension' }),
)

export const postExtensions = operation({
  id: 'extendAttempts',
  method: 'POST',
  path: '/v1/quizzes/{quiz}/extensions',
  summary: 'Give every attempt that runs more time',
  description: 'A job: attempts that run now and have a deadline get it one after the other, each once.',
  tag: 'Grading',
  access: 'staff',
  scope: 'attempts:write',
  headers: ['Idempotency-Key'],
  body: { schema: ExtensionInput, maxBytes: STAFF_BODY },
  replies: { 202: { description: 'The job.', schema: Extension, headers: ['Location'] } },
  problems: ['not-found'],
  async handle({ deps, actor, params, body, requestKey }) {
    const { reason, ...extension } = body
    const job = await extendAttempts(deps, actor, { quiz: params['quiz']!, extension, reason, requestKey })
    const location = `${deps.config.publicUrl}/v1/quizzes/${job.quiz}/extensions/${job.id}`
    return { status: 202, body: job, headers: { Location: location } }
  },
})

export const getExtension = operation({
  id: 'readExtension',
  method: 'GET',
  path: '/v1/quizzes/{quiz}/extensions/{extension}',
  summary: 'Read how far an extension for all has come',
  tag: 'Grading',
  access: 'staff',
  scope: 'attempts:write',
  replies: { 200: { description: 'The job.', schema: Extension } },
  problems: ['not-found'],
  async handle({ deps, actor, params }) {
    return { status: 200, body: await readExtension(deps, actor, params['quiz']!, params['extension']!) }
  },
})
