import type { Actor, Deps } from '../deps.ts'
import { insertLog } from '../db/attempt-events.ts'
import {
  type AttemptRow,
  countAttempts,
  insertAttempt,
  type NewAttempt,
  selectActiveAttempt,
  selectAttempt,
  selectAttemptByRequestKey,
} from '../db/attempts.ts'
import { type QuizRow, selectQuiz } from '../db/quizzes.ts'
import { noteStart, selectNotedAttempt, selectNotedRequest } from '../db/request-keys.ts'
import { AnswerkeyError } from '../errors.ts'
import type { AttemptEvent } from '../grading/log.ts'
import { maxScoreOf } from '../grading/draw.ts'
import type { PublicQuiz } from '../grading/quiz.ts'
import { sameJson } from '../grading/same-json.ts'
import type { Learner, Metadata } from '../grading/wire.ts'
import type { LoadedRevision } from './_caches.ts'
import { forgetPointer, loadQuizForStart } from './_current-quiz.ts'
import { attemptId, type RequestKey } from './_ids.ts'

/** What a start and the one-call form share: who may begin, the row that they begin with, and the guards of its insert. */

export interface StartInput {
  readonly quiz: string
  readonly learner: Learner | null
  readonly metadata: Metadata
  readonly requestKey: RequestKey | null
}

/** How often a start is decided anew because what it was decided on had moved. */
const MAX_DECISIONS = 5

/**
 * Decides on where the quiz points, as far as it is remembered, and again on what the database says when the decision
 * comes to nothing: when the guards of the insert found that something had moved. A refusal is believed only on what the
 * database says, for what is remembered may be old.
 */
export async function decideOnCurrentQuiz<Result>(
  deps: Deps,
  actor: Actor,
  { quiz, learner }: Pick<StartInput, 'quiz' | 'learner'>,
  decide: (row: QuizRow) => Promise<Result | null>,
): Promise<Result> {
  for (let decision = 0; decision < MAX_DECISIONS; decision++) {
    const { row, remembered } = await loadQuizForStart(deps, actor, quiz, { fresh: decision > 0 })
    try {
      checkMayStart(row, learner)
      const result = await decide(row)
      if (result) return result
    } catch (error) {
      if (!remembered || !(error instanceof AnswerkeyError)) throw error
    }
    forgetPointer(deps, quiz)
  }
  throw new AnswerkeyError('unavailable', 'The quiz is changing too fast: try again.')
}

/** Throws what a start is refused for before anything is written. */
function checkMayStart(quiz: QuizRow, learner: Learner | null): void {
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
    maxScore: maxScoreOf(revision.quiz),
  }
}

function deadlineOf({ policy }: PublicQuiz, startedAt: number): number | null {
  return policy.timeLimitSeconds === null ? null : startedAt + policy.timeLimitSeconds * 1000
}

/** The attempt that the same request has made before; or has once returned, then noted with a digest of what it asked. */
export type Repeated =
  | { readonly kind: 'repeated'; readonly row: AttemptRow }
  | { readonly kind: 'noted'; readonly row: AttemptRow; readonly digest: string | null }

/** An attempt that stands in the way of an insert: a repeated one, or the learner's active one, perhaps expired. */
export type Standing = Repeated | { readonly kind: 'active' | 'expired'; readonly row: AttemptRow }

export type Insertion = Standing | { readonly kind: 'inserted'; readonly row: AttemptRow }

/** What goes into the batch of an insert: the attempt's first events; and, of a start, what to note of its request. */
interface Attached {
  readonly events?: readonly AttemptEvent[]
  readonly digest?: string
}

/**
 * Inserts an attempt in one batch. Null when the quiz no longer points where the decision assumed; throws
 * `no-attempts-left`.
 */
export async function insertNewAttempt(
  deps: Deps,
  attempt: NewAttempt,
  attemptsPerLearner: number | null,
  { events = [], digest }: Attached,
): Promise<Insertion | null> {
  const { db } = deps
  const { id, quiz, revision } = attempt
  const learnerId = attempt.learnerId ?? ''
  const key = attempt.requestKey ?? ''
  const now = attempt.startedAt
  const note = digest === undefined ? [] : [noteStart(db, { key, digest }, { quiz, learnerId, now })]
  const [, [own], [made], [noted], [request], [active], [counted], [current]] = await db.batch([
    insertAttempt(db, attempt, { revision, attemptsPerLearner }),
    selectAttempt(db, id),
    ...selectRepeated(db, key),
    selectActiveAttempt(db, quiz, learnerId),
    countAttempts(db, quiz, learnerId),
    selectQuiz(db, quiz),
    ...insertLog(db, id, events),
    ...note,
  ])
  if (own) return { kind: 'inserted', row: own }
  const repeated = toRepeated(made, noted, request)
  if (repeated) return repeated
  if (!current || current.archivedAt !== null) return null
  if (active) return { kind: active.due !== null && now > active.due ? 'expired' : 'active', row: active }
  if (attemptsPerLearner !== null && counted && counted.count >= attemptsPerLearner) {
    throw new AnswerkeyError('no-attempts-left', 'The learner has used up the attempts at this quiz.')
  }
  return null
}

/** The attempt that a request with this key has made or returned before, if any. */
export async function findRepeated({ db }: Deps, key: string): Promise<Repeated | null> {
  const [[made], [noted], [request]] = await db.batch(selectRepeated(db, key))
  return toRepeated(made, noted, request)
}

function selectRepeated(db: Deps['db'], key: string) {
  return [selectAttemptByRequestKey(db, key), selectNotedAttempt(db, key), selectNotedRequest(db, key)] as const
}

function toRepeated(
  made: AttemptRow | undefined,
  noted: AttemptRow | undefined,
  request: { digest: string | null } | undefined,
): Repeated | null {
  if (made) return { kind: 'repeated', row: made }
  return noted && request ? { kind: 'noted', row: noted, digest: request.digest } : null
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
