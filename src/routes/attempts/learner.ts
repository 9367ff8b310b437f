import { QuizSummary } from '../../content/summary.ts'
import { strictObject } from '../../grading/strict-object.ts'
import { Attempt, Question, Result } from '../../grading/wire.ts'
import { finishAttempt } from '../../services/finish-attempt.ts'
import { submitResponses } from '../../services/submit-responses.ts'
import { viewAttemptInFull } from '../../services/view-attempt.ts'
import { DescribedResponses, LEARNER_BODY, Receipt, Responses, Token } from '../_http/attempt-schemas.ts'
import { operation } from '../_http/operation.ts'
import * as v from 'valibot'

export const getAttempt = operation({
  id: 'readAttempt',
  method: 'GET',
  path: '/v1/attempts/{attempt}',
  summary: 'Resume an attempt, or read it as staff',
  description: 'The progress token is all that is needed. Staff see everything, released or not, and get no token.',
  tag: 'Attempts',
  access: 'learner',
  scope: 'attempts:read',
  replies: {
    200: {
      description: 'The attempt as it stands.',
      schema: strictObject({
        attempt: Attempt,
        quiz: QuizSummary,
        questions: v.array(Question),
        results: v.array(Result),
        token: v.nullable(Token),
        receipt: v.nullable(Receipt),
      }),
    },
  },
  problems: ['not-found'],
  async handle({ deps, actor, params }) {
    return { status: 200, body: await viewAttemptInFull(deps, actor, params['attempt']!) }
  },
})

export const postResponses = operation({
  id: 'submitResponses',
  method: 'POST',
  path: '/v1/attempts/{attempt}/responses',
  summary: 'Send responses',
  description:
    'A wrong answer is a 200. Send an Idempotency-Key with saves: a late retry of an older save would else win.',
  tag: 'Attempts',
  access: 'learner',
  headers: ['Idempotency-Key'],
  body: {
    schema: strictObject({ responses: v.pipe(Responses, v.minLength(1)) }),
    documented: strictObject({ responses: v.pipe(DescribedResponses, v.minLength(1)) }),
    maxBytes: LEARNER_BODY,
  },
  replies: {
    200: {
      description: 'What became of each response, in order.',
      schema: strictObject({ attempt: Attempt, results: v.array(Result), token: Token }),
    },
  },
  problems: [
    'not-found',
    'forbidden',
    'attempt-finished',
    'no-tries-left',
    'idempotency-key-reused',
    'attempt-log-full',
  ],
  async handle({ deps, actor, params, body, requestKey }) {
    const input = { attempt: params['attempt']!, responses: body.responses, requestKey }
    return { status: 200, body: await submitResponses(deps, actor, input) }
  },
})

export const postFinish = operation({
  id: 'finishAttempt',
  method: 'POST',
  path: '/v1/attempts/{attempt}/finish',
  summary: 'Finish an attempt',
  description: 'Finishing again has the same outcome.',
  tag: 'Attempts',
  access: 'learner',
  headers: ['Idempotency-Key'],
  body: { schema: strictObject({}), maxBytes: LEARNER_BODY, optional: true },
  replies: {
    200: {
      description: 'The outcome.',
      schema: strictObject({ attempt: Attempt, results: v.array(Result), token: Token, receipt: v.nullable(Receipt) }),
    },
  },
  problems: ['not-found', 'forbidden'],
  async handle({ deps, actor, params }) {
    return { status: 200, body: await finishAttempt(deps, actor, params['attempt']!) }
  },
})
