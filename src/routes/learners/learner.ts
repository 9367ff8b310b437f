import { Accommodation } from '../../grading/accommodations.ts'
import { strictObject } from '../../grading/strict-object.ts'
import { Attempt, Learner, Result } from '../../grading/wire.ts'
import { eraseLearner } from '../../services/erase-learner.ts'
import { exportLearner } from '../../services/export-learner.ts'
import { operation } from '../_http/operation.ts'
import { fromAttemptCursor, pageQuery, toCursor } from '../_http/paging.ts'
import * as v from 'valibot'

/** Attempts come with their logs and explanations: a page of them is long. */
const DEFAULT_LIMIT = 20

const ExportedEvent = strictObject({
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  type: v.string(),
  at: v.pipe(v.string(), v.isoTimestamp()),
  body: v.record(v.string(), v.unknown()),
})

const ExportedAttempt = v.pipe(
  strictObject({
    attempt: Attempt,
    results: v.pipe(v.array(Result), v.description('As the learner may see them.')),
    events: v.array(ExportedEvent),
  }),
  v.metadata({ ref: 'ExportedAttempt' }),
)

export const getLearner = operation({
  id: 'exportLearner',
  method: 'GET',
  path: '/v1/learners/{learner}',
  summary: 'Export what is known of a learner',
  description:
    'Their accommodations, and page by page their attempts at all quizzes with results as the policy releases them to the ' +
    'learner, and everything that happened. A page may hold fewer attempts than `limit`. It can be handed to the learner.',
  tag: 'Learners',
  access: 'staff',
  scope: 'learners:write',
  query: pageQuery(DEFAULT_LIMIT),
  replies: {
    200: {
      description: 'A page of the export.',
      schema: strictObject({
        learner: Learner,
        accommodations: v.array(Accommodation),
        attempts: v.array(ExportedAttempt),
        nextCursor: v.nullable(v.string()),
      }),
    },
  },
  problems: ['not-found'],
  async handle({ deps, actor, params, query }) {
    const after = query.cursor === undefined ? null : fromAttemptCursor(query.cursor)
    const page = { limit: Number(query.limit), after }
    const { next, ...exported } = await exportLearner(deps, actor, params['learner']!, page)
    const nextCursor = next === null ? null : toCursor(`${next.quiz} ${next.id}`)
    return { status: 200, body: { ...exported, nextCursor } }
  },
})

export const deleteLearner = operation({
  id: 'eraseLearner',
  method: 'DELETE',
  path: '/v1/learners/{learner}',
  summary: 'Erase a learner',
  description:
    'Their attempts with everything in them, and their accommodations. Tokens of these attempts name nothing from now on. ' +
    'A call that was cut off is completed by sending it again. docs/erasure.md says what is held elsewhere.',
  tag: 'Learners',
  access: 'staff',
  scope: 'learners:write',
  headers: ['Idempotency-Key'],
  replies: { 204: { description: 'Nothing is known of the learner.', schema: null } },
  problems: ['not-found'],
  async handle({ deps, actor, params, requestKey }) {
    await eraseLearner(deps, actor, params['learner']!, requestKey)
    return { status: 204 }
  },
})
