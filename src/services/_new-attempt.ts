import type { Deps } from '../deps.ts'
import type { AttemptRow, NewAttempt } from '../db/attempts.ts'
import type { QuizRow } from '../db/quizzes.ts'
import { AnswerkeyError } from '../errors.ts'
import type { PublicQuiz } from '../grading/quiz.ts'
import { sameJson } from '../grading/same-json.ts'
import type { Learner, Metadata } from '../grading/wire.ts'
import type { LoadedRevision } from './_caches.ts'
import { attemptId, type RequestKey } from './_ids.ts'

/** What a start and the one-call form share: who may begin, and the row that they begin with. */
export interface StartInput {
  readonly quiz: string
  readonly learner: Learner | null
  readonly metadata: Metadata
  readonly requestKey: RequestKey | null
}

/** Throws what a start is refused for before anything is written. */
export function checkMayStart(quiz: QuizRow, learner: Learner | null): void {
  if (quiz.archivedAt !== null) {
    throw new AnswerkeyError('quiz-closed', 'The quiz is archived and takes no new attempts.')
  }
  if (quiz.access === 'restricted' && learner === null) {
    throw new AnswerkeyError('invalid-input', 'Attempts at a restricted quiz belong to a named learner.', {
      errors: [{ pointer: '/learner', code: 'invalid-shape', detail: 'A learner is missing here.' }],
    })
  }
}

export function newAttempt(
  deps: Deps,
  revision: LoadedRevision,
  input: StartInput,
  requestKey: string | null,
): NewAttempt {
  const startedAt = deps.now()
  const deadline = deadlineOf(revision.quiz, startedAt)
  return {
    id: attemptId(deps),
    quiz: input.quiz,
    revision: revision.id,
    learnerId: input.learner?.id ?? null,
    learnerName: input.learner?.name ?? null,
    metadata: Object.keys(input.metadata).length > 0 ? input.metadata : null,
    requestKey,
    startedAt,
    deadline,
    due: deadline === null ? null : deadline + revision.quiz.policy.graceSeconds * 1000,
  }
}

function deadlineOf({ policy }: PublicQuiz, startedAt: number): number | null {
  return policy.timeLimitSeconds === null ? null : startedAt + policy.timeLimitSeconds * 1000
}

/** A request key stands for one request: the attempt that it made must be the one that is asked for. */
export function sameRequest(row: AttemptRow, input: StartInput): AttemptRow {
  const same =
    row.quiz === input.quiz &&
    row.learnerId === (input.learner?.id ?? null) &&
    row.learnerName === (input.learner?.name ?? null) &&
    sameJson(row.metadata ?? {}, input.metadata)
  if (same) return row
  throw keyReused()
}

export function keyReused(): AnswerkeyError {
  return new AnswerkeyError('idempotency-key-reused', 'This Idempotency-Key came with another request before.')
}

export function noAttemptsLeft(): AnswerkeyError {
  return new AnswerkeyError('no-attempts-left', 'The learner has used up the attempts at this quiz.')
}
