import type { Actor, Deps } from '../deps.ts'
import { toMilliPoints } from '../grading/points.ts'
import { requireStaff } from './_authorise.ts'
import { checkScore, graded, type GradedByStaff, questionOf } from './_given-score.ts'
import type { RequestKey } from './_ids.ts'
import { appendStaffEvent } from './_staff-event.ts'

export interface OverrideInput {
  readonly attempt: string
  /** Null for the whole attempt. */
  readonly question: string | null
  /** In points; null takes an earlier word back. */
  readonly score: number | null
  readonly reason: string
  readonly requestKey: RequestKey | null
}

/** A person's word on a score stands over what the key says, and over every regrade, until it is replaced or taken back. */
export async function overrideScore(deps: Deps, actor: Actor, input: OverrideInput): Promise<GradedByStaff> {
  const { keyId: by } = requireStaff(actor, 'grading:write')
  const { question, reason } = input
  const score = input.score === null ? null : toMilliPoints(input.score)
  const attempt = await appendStaffEvent(deps, {
    attempt: input.attempt,
    requestKey: input.requestKey,
    decide: ({ outcome }) => {
      const { maxScore } = question === null ? outcome : questionOf(outcome, question)
      if (score === null) return { type: 'overridden', body: { question, score, reason, by } }
      checkScore(score, maxScore)
      return { type: 'overridden', body: { question, score, of: maxScore, reason, by } }
    },
    isSame: ({ type, body }) =>
      type === 'overridden' && body.question === question && body.score === score && body.reason === reason,
  })
  return graded(deps, attempt, question)
}
