import { Id } from '../../grading/identifiers.ts'
import { strictObject } from '../../grading/strict-object.ts'
import { Time } from '../../grading/time.ts'
import { Refusal, Score } from '../../grading/wire.ts'
import { readEvents } from '../../services/read-events.ts'
import { operation } from '../_http/operation.ts'
import { fromNumberCursor, PageQuery, toCursor } from '../_http/paging.ts'
import * as v from 'valibot'

const Count = v.pipe(v.number(), v.integer(), v.minValue(0))

const Event = v.pipe(
  strictObject({
    seq: Count,
    id: v.string(),
    at: Time,
    type: v.picklist(['responded', 'finished', 'extended', 'graded', 'overridden', 'regraded']),
    by: v.pipe(v.nullable(v.string()), v.description('The API key; null for the learner, and for time.')),
    body: v.pipe(v.looseObject({}), v.description('What the event says, by its type.')),
    counted: v.pipe(v.boolean(), v.description('False where an earlier event has the same id.')),
    responses: v.array(
      strictObject({
        question: Id,
        try: v.nullable(Count),
        verdict: v.nullable(v.picklist(['correct', 'partially-correct', 'incorrect', 'pending'])),
        score: v.nullable(Score),
        duplicate: v.boolean(),
        refused: v.nullable(Refusal),
      }),
    ),
    after: v.pipe(
      strictObject({
        status: v.picklist(['active', 'finished']),
        deadline: v.nullable(Time),
        score: Score,
        maxScore: Score,
        pending: v.boolean(),
      }),
      v.description('How the attempt stood then.'),
    ),
  }),
  v.metadata({ ref: 'Event' }),
)

export const getEvents = operation({
  id: 'listEvents',
  method: 'GET',
  path: '/v1/attempts/{attempt}/events',
  summary: 'Read the log of an attempt, step by step',
  description: 'Everything that happened, what each response came to then, and how the attempt stood after it.',
  tag: 'Attempts',
  access: 'staff',
  scope: 'attempts:read',
  query: PageQuery,
  replies: {
    200: {
      description: 'A page of the log.',
      schema: strictObject({ events: v.array(Event), nextCursor: v.nullable(v.string()) }),
    },
  },
  problems: ['not-found'],
  async handle({ deps, actor, params, query }) {
    const after = query.cursor === undefined ? 0 : fromNumberCursor(query.cursor)
    const page = { attempt: params['attempt']!, limit: Number(query.limit), after }
    const { events, next } = await readEvents(deps, actor, page)
    return { status: 200, body: { events, nextCursor: next === null ? null : toCursor(next) } }
  },
})
