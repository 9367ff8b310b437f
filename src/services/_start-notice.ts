import type { NewAttempt } from '../db/attempts.ts'
import type { Notice } from '../db/webhook-deliveries.ts'
import { toPoints } from '../grading/points.ts'
import { writeBody } from '../webhooks/events.ts'
import { learnerOf, toTime } from './_attempt-view.ts'

/** What webhooks are told of an attempt that begins. */
export function startNotice(attempt: NewAttempt): Notice {
  const type = 'attempt.started'
  const { deadline = null } = attempt
  const data = {
    ...identityOf(attempt),
    deadline: deadline === null ? null : toTime(deadline),
    maxScore: toPoints(attempt.maxScore),
    seq: 0,
  }
  return {
    id: `msg_${attempt.id.slice(4)}_0_started`,
    type,
    quiz: attempt.quiz,
    body: writeBody(type, toTime(attempt.startedAt), data),
  }
}

/** Whose attempt it is, at what. */
export function identityOf(
  attempt: Pick<NewAttempt, 'id' | 'quiz' | 'revision' | 'learnerId' | 'learnerName' | 'metadata' | 'startedAt'>,
) {
  const { learnerId = null, learnerName = null } = attempt
  return {
    attempt: attempt.id,
    quiz: attempt.quiz,
    revision: attempt.revision,
    learner: learnerOf({ learnerId, learnerName }),
    metadata: attempt.metadata ?? {},
    startedAt: toTime(attempt.startedAt),
  }
}
