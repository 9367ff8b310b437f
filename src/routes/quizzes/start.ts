import { QuizSummary } from '../../content/summary.ts'
import type { Actor, Deps } from '../../deps.ts'
import { AnswerkeyError } from '../../errors.ts'
import { strictObject } from '../../grading/strict-object.ts'
import { Attempt, Learner, Metadata, Question } from '../../grading/wire.ts'
import type { StartInput } from '../../services/_new-attempt.ts'
import { unlessGone } from '../../services/_current-quiz.ts'
import { settleAttempt } from '../../services/settle-attempt.ts'
import { startAttempt, type StartedAttempt } from '../../services/start-attempt.ts'
import { viewAttemptInFull } from '../../services/view-attempt.ts'
import { LEARNER_BODY, Token } from '../_http/attempt-schemas.ts'
import { operation } from '../_http/operation.ts'
import * as v from 'valibot'

/** How often a learner's expired attempt is settled to make room: one is there at a time. */
const MAX_STARTS = 3

const Started = strictObject({ attempt: Attempt, quiz: QuizSummary, questions: v.array(Question), token: Token })

export const postAttempt = operation({
  id: 'startAttempt',
  method: 'POST',
  path: '/v1/quizzes/{quiz}/attempts',
  summary: 'Start an attempt',
  description:
    'Anyone may start at a public quiz, and gets the token with which to go on. Only staff name a learner; a named learner ' +
    'who has an active attempt at the quiz gets that one, also after it has closed. The accommodations of a named learner ' +
    'are applied.',
  tag: 'Attempts',
  access: 'anyone',
  scope: 'attempts:write',
  headers: ['Idempotency-Key'],
  startsFor: ({ learner }) => learner?.id,
  body: {
    schema: strictObject({ learner: v.optional(Learner), metadata: v.optional(Metadata, {}) }),
    maxBytes: LEARNER_BODY,
    optional: true,
  },
  replies: {
    201: { description: 'A new attempt.', schema: Started, headers: ['Location'] },
    200: { description: 'The attempt of the named learner that was active.', schema: Started, headers: ['Location'] },
  },
  problems: ['not-found', 'learner-not-allowed', 'no-attempts-left', 'quiz-closed', 'quiz-not-open'],
  async handle({ deps, actor, params, body, requestKey }) {
    refuseNamedLearner(actor, body)
    const input = { quiz: params['quiz']!, learner: body.learner ?? null, metadata: body.metadata, requestKey }
    const { status, started } = await startOrResume(deps, actor, input)
    const location = `${deps.config.publicUrl}/v1/attempts/${started.attempt.id}`
    return { status, body: started, headers: { Location: location } }
  },
})

/** Anyone could else answer in anyone's name, or tell the staff's systems what they take for their own notes. */
export function refuseNamedLearner(actor: Actor, body: { learner?: unknown; metadata?: Metadata }): void {
  if (actor.kind === 'staff') return
  if (body.learner === undefined && Object.keys(body.metadata ?? {}).length === 0) return
  throw new AnswerkeyError(
    'learner-not-allowed',
    'Only a caller with an API key may name the learner or send metadata.',
  )
}

/**
 * An attempt that is there already is shown as it stands; one whose time is up is settled first, and counts; and one that
 * is erased before it can be shown makes room for another.
 */
async function startOrResume(
  deps: Deps,
  actor: Actor,
  input: StartInput,
): Promise<{ status: 200 | 201; started: StartedAttempt }> {
  for (let tries = 0; tries < MAX_STARTS; tries++) {
    const result = await startAttempt(deps, actor, input)
    if (result.kind === 'started') return { status: 201, started: result.started }
    const { id, revision } = result.row
    if (result.kind === 'expired') {
      await unlessGone(settleAttempt(deps, id))
      continue
    }
    const shown = await unlessGone(viewAttemptInFull(deps, { kind: 'learner', attempt: id, revision }, id))
    if (!shown) continue
    const { attempt, quiz, questions, token } = shown
    return {
      status: result.kind === 'repeated' ? 201 : 200,
      started: { attempt, quiz, questions, token: token! },
    }
  }
  throw new AnswerkeyError('unavailable', 'The attempt is changing too fast: try again.')
}
