import type { Actor, Deps } from '../deps.ts'
import {
  type AttemptRow,
  countAttempts,
  insertAttempt,
  type NewAttempt,
  selectActiveAttempt,
  selectAttempt,
  selectAttemptByRequestKey,
} from '../db/attempts.ts'
import type { QuizRow } from '../db/quizzes.ts'
import { AnswerkeyError } from '../errors.ts'
import type { PublicQuiz } from '../grading/quiz.ts'
import { sameJson } from '../grading/same-json.ts'
import type { Learner, Metadata } from '../grading/wire.ts'
import type { LoadedRevision } from './_caches.ts'
import { forgetPointer, loadQuiz, notFound } from './_current-quiz.ts'
import { attemptId, hashRequestKey, type RequestKey } from './_ids.ts'
import { loadRevision } from './_revisions.ts'

export interface StartInput {
  readonly quiz: string
  readonly learner: Learner | null
  readonly metadata: Metadata
  readonly requestKey: RequestKey | null
}

/**
 * What a start came to: a new attempt; one that the same request made before; or the learner's active one, which may have
 * expired, and is then to be settled before another start is tried.
 */
export type StartResult =
  | { readonly kind: 'started'; readonly row: AttemptRow; readonly revision: LoadedRevision }
  | { readonly kind: 'repeated' | 'active' | 'expired'; readonly row: AttemptRow }

/** How often a start is decided anew because what it was decided on had moved. */
const MAX_DECISIONS = 5

/** Starts an attempt at a quiz's current revision. One round trip, and one more when what the isolate believed was old. */
export async function startAttempt(deps: Deps, actor: Actor, input: StartInput): Promise<StartResult> {
  const requestKey = input.requestKey && (await hashRequestKey(input.requestKey))
  for (let decision = 0; decision < MAX_DECISIONS; decision++) {
    const row = await loadQuiz(deps, actor, input.quiz, { fresh: decision > 0 })
    const revision = await loadRevision(deps, row.revision)
    if (!revision) throw notFound()
    const result = await insert(deps, row, revision, input, requestKey)
    if (result) return result
    forgetPointer(deps, input.quiz)
  }
  throw new AnswerkeyError('unavailable', 'The quiz is changing too fast: try again.')
}

async function insert(
  deps: Deps,
  quizRow: QuizRow,
  revision: LoadedRevision,
  input: StartInput,
  requestKey: string | null,
): Promise<StartResult | null> {
  checkMayStart(quizRow, input)
  const { db } = deps
  const attempt = newAttempt(deps, revision, input, requestKey)
  const { attemptsPerLearner } = revision.quiz.policy
  const inserting = insertAttempt(db, attempt, { revision: revision.id, attemptsPerLearner })
  const learnerId = input.learner?.id ?? ''
  const [inserted, [own], [repeated], [active], [counted]] = await db.batch([
    inserting,
    selectAttempt(db, attempt.id),
    selectAttemptByRequestKey(db, requestKey ?? ''),
    selectActiveAttempt(db, input.quiz, learnerId),
    countAttempts(db, input.quiz, learnerId),
  ])
  if (inserted.length > 0 && own) return { kind: 'started', row: own, revision }
  if (repeated) return { kind: 'repeated', row: sameRequest(repeated, input) }
  if (active) return { kind: active.due !== null && deps.now() > active.due ? 'expired' : 'active', row: active }
  if (input.learner && attemptsPerLearner !== null && counted && counted.count >= attemptsPerLearner) {
    throw new AnswerkeyError('no-attempts-left', 'The learner has used up the attempts at this quiz.')
  }
  return null
}

/** What a start is refused for before anything is written. */
export function checkMayStart(quiz: QuizRow, { learner }: Pick<StartInput, 'learner'>): void {
  if (quiz.archivedAt !== null)
    throw new AnswerkeyError('quiz-closed', 'The quiz is archived and takes no new attempts.')
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

/** A request key stands for one request: the attempt that it made must be the one that is asked for. */
export function sameRequest(row: AttemptRow, input: StartInput): AttemptRow {
  const name = input.learner?.name ?? null
  const same =
    row.quiz === input.quiz &&
    row.learnerId === (input.learner?.id ?? null) &&
    row.learnerName === name &&
    sameJson(row.metadata ?? {}, input.metadata)
  if (same) return row
  throw keyReused()
}

export function keyReused(): AnswerkeyError {
  return new AnswerkeyError('idempotency-key-reused', 'This Idempotency-Key came with another request before.')
}

function deadlineOf({ policy }: PublicQuiz, startedAt: number): number | null {
  return policy.timeLimitSeconds === null ? null : startedAt + policy.timeLimitSeconds * 1000
}
