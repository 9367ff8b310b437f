import { strictObject } from '../../grading/strict-object.ts'
import { Time } from '../../grading/time.ts'
import { Attempt, Learner } from '../../grading/wire.ts'
import { type AttemptSummary as Summary, listAttempts } from '../../services/list-attempts.ts'
import { type Columns, CSV_TOO, jsonOrCsv } from '../_http/csv.ts'
import { operation } from '../_http/operation.ts'
import { fromCursor, PageQuery, toCursor } from '../_http/paging.ts'
import * as v from 'valibot'

const { id, quiz, revision, status, learner, metadata } = Attempt.entries
const { startedAt, deadline, finishedAt, score, maxScore, passed } = Attempt.entries

const AttemptSummary = v.pipe(
  strictObject({
    id,
    quiz,
    revision,
    status,
    learner,
    metadata,
    startedAt,
    deadline,
    finishedAt,
    score,
    maxScore,
    passed,
    updatedAt: startedAt,
  }),
  v.metadata({ ref: 'AttemptSummary' }),
)

const COLUMNS: Columns<Summary> = {
  id: (attempt) => attempt.id,
  quiz: (attempt) => attempt.quiz,
  revision: (attempt) => attempt.revision,
  status: (attempt) => attempt.status,
  learner: (attempt) => attempt.learner?.id,
  learnerName: (attempt) => attempt.learner?.name,
  startedAt: (attempt) => attempt.startedAt,
  deadline: (attempt) => attempt.deadline,
  finishedAt: (attempt) => attempt.finishedAt,
  score: (attempt) => attempt.score,
  maxScore: (attempt) => attempt.maxScore,
  passed: (attempt) => attempt.passed,
  updatedAt: (attempt) => attempt.updatedAt,
  metadata: (attempt) => JSON.stringify(attempt.metadata),
}

export const getAttempts = operation({
  id: 'listAttempts',
  method: 'GET',
  path: '/v1/quizzes/{quiz}/attempts',
  summary: 'List the attempts at a quiz, the oldest first',
  description:
    'What was last written down of each: an attempt whose time is up is finished within a minute or so, and `score` and ' +
    `\`passed\` are null until it is settled. ${CSV_TOO}`,
  tag: 'Attempts',
  access: 'staff',
  scope: 'attempts:read',
  query: strictObject({
    ...PageQuery.entries,
    learner: v.optional(v.pipe(Learner.entries.id, v.description('The id of a learner, whole.'))),
    status: v.optional(v.picklist(['active', 'finished'])),
    passed: v.optional(v.pipe(v.picklist(['true', 'false']), v.description('As far as it is known.'))),
    updatedSince: v.optional(v.pipe(Time, v.description('Changed then or later: started, finished, or graded.'))),
  }),
  replies: {
    200: {
      description: 'A page of attempts.',
      schema: strictObject({ attempts: v.array(AttemptSummary), nextCursor: v.nullable(v.string()) }),
      mediaTypes: ['application/json', 'text/csv'],
    },
  },
  problems: ['not-found'],
  async handle(call) {
    const { deps, actor, params, query } = call
    const { attempts, next } = await listAttempts(deps, actor, {
      quiz: params['quiz']!,
      after: query.cursor === undefined ? '' : fromCursor(query.cursor, /^att_[A-Za-z0-9_-]{1,60}$/),
      limit: Number(query.limit),
      learner: query.learner,
      status: query.status,
      passed: query.passed === undefined ? undefined : query.passed === 'true',
      updatedSince: query.updatedSince,
    })
    const nextCursor = next === null ? null : toCursor(next)
    return jsonOrCsv(call, { name: 'attempts', rows: attempts, nextCursor, columns: COLUMNS })
  },
})
