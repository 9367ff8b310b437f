import { QuizId } from '../../grading/identifiers.ts'
import { strictObject } from '../../grading/strict-object.ts'
import { Time } from '../../grading/time.ts'
import { Learner, Metadata, Score } from '../../grading/wire.ts'
import type { EventType } from '../../webhooks/events.ts'
import { Receipt } from '../_http/attempt-schemas.ts'
import * as v from 'valibot'

/** The bodies that receivers get, as the API description shows them. Tests hold every body that is sent to its schema. */
export interface EventDescription {
  readonly type: EventType
  readonly summary: string
  readonly description: string
  readonly body: v.GenericSchema
}

const Seq = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(0),
  v.description('Of what is told of an attempt the highest counts.'),
)

const attemptEntries = {
  attempt: v.string(),
  quiz: QuizId,
  revision: v.string(),
  learner: v.nullable(Learner),
  metadata: Metadata,
  startedAt: Time,
}

const outcomeEntries = {
  ...attemptEntries,
  finishedAt: Time,
  finishReason: v.picklist(['submitted', 'expired']),
  score: Score,
  maxScore: Score,
  passed: v.pipe(v.nullable(v.boolean()), v.description('Null while something waits for a person.')),
  final: v.pipe(v.boolean(), v.description('Whether nothing waits for a person.')),
  seq: Seq,
  receipt: Receipt,
}

const described: readonly [EventType, name: string, summary: string, description: string, data: v.ObjectEntries][] = [
  [
    'attempt.started',
    'AttemptStarted',
    'An attempt has begun',
    'Not sent of an active attempt that a start gives back.',
    {
      ...attemptEntries,
      deadline: v.pipe(v.nullable(Time), v.description('With accommodation, without grace. An extension moves it.')),
      maxScore: Score,
      seq: Seq,
    },
  ],
  [
    'attempt.finished',
    'AttemptFinished',
    'An attempt was finished, or its time ran out',
    'While something waits for a person, `final` is false and `passed` null.',
    outcomeEntries,
  ],
  [
    'attempt.passed',
    'AttemptPassed',
    'A finished attempt is passed',
    'Beside the event that made it so; a pass that comes with a regrade is told by `attempt.regraded` alone.',
    { ...outcomeEntries, passed: v.literal(true) },
  ],
  [
    'attempt.graded',
    'AttemptGraded',
    'A person graded or overrode something of a finished attempt',
    'One for each grade and each override.',
    outcomeEntries,
  ],
  [
    'attempt.regraded',
    'AttemptRegraded',
    'A finished attempt was graded by another key',
    'One for each finished attempt that a regrade reached, whether its score changed or not.',
    {
      ...outcomeEntries,
      passedBefore: v.pipe(v.nullable(v.boolean()), v.description('`passed` as it was before.')),
    },
  ],
  [
    'quiz.published',
    'QuizPublished',
    'A quiz has a new revision',
    'Not sent where publishing made nothing.',
    {
      quiz: QuizId,
      revision: v.string(),
      publishedBy: v.pipe(v.string(), v.description('`root`, or an API key’s id.')),
    },
  ],
  ['ping', 'Ping', 'A test', 'Sent when it is asked for, whatever the webhook wants to hear.', { webhook: v.string() }],
]

export const events: readonly EventDescription[] = described.map(([type, name, summary, description, data]) => ({
  type,
  summary,
  description,
  body: v.pipe(
    strictObject({ type: v.literal(type), timestamp: Time, data: strictObject(data) }),
    v.metadata({ ref: name }),
  ),
}))
