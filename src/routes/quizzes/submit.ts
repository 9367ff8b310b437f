import { strictObject } from '../../grading/strict-object.ts'
import { Attempt, Learner, Result } from '../../grading/wire.ts'
import { submitQuiz } from '../../services/submit-quiz.ts'
import { DescribedResponses, LEARNER_BODY, Receipt, Responses } from '../_http/attempt-schemas.ts'
import { operation } from '../_http/operation.ts'
import { refuseNamedLearner } from './start.ts'
import * as v from 'valibot'

export const postSubmission = operation({
  id: 'submitQuiz',
  method: 'POST',
  path: '/v1/quizzes/{quiz}/submissions',
  summary: 'Start, respond and finish in one call',
  description: 'For a quiz without a time limit. The attempt is finished when the answer arrives.',
  tag: 'Attempts',
  access: 'anyone',
  scope: 'attempts:write',
  headers: ['Idempotency-Key'],
  startsFor: ({ learner }) => learner?.id,
  body: {
    schema: strictObject({ responses: Responses, learner: v.optional(Learner) }),
    documented: strictObject({ responses: DescribedResponses, learner: v.optional(Learner) }),
    maxBytes: LEARNER_BODY,
  },
  replies: {
    201: {
      description: 'The outcome.',
      schema: strictObject({ attempt: Attempt, results: v.array(Result), receipt: v.nullable(Receipt) }),
      headers: ['Location'],
    },
  },
  problems: [
    'not-found',
    'learner-not-allowed',
    'start-required',
    'attempt-active',
    'no-attempts-left',
    'quiz-closed',
    'quiz-not-open',
  ],
  async handle({ deps, actor, params, body, requestKey }) {
    refuseNamedLearner(actor, { learner: body.learner })
    const { responses, learner = null } = body
    const submitted = await submitQuiz(deps, actor, { quiz: params['quiz']!, learner, responses, requestKey })
    const location = `${deps.config.publicUrl}/v1/attempts/${submitted.attempt.id}`
    return { status: 201, body: submitted, headers: { Location: location } }
  },
})
