import type { Actor, Deps } from '../deps.ts'
import { selectRulesFor } from '../db/accommodations.ts'
import { insertLog } from '../db/attempt-events.ts'
import { type AttemptRow, insertAttempt, type NewAttempt, selectAttempt } from '../db/attempts.ts'
import type { QuizRow } from '../db/quizzes.ts'
import { insertDeliveries, isThere, type Notice } from '../db/webhook-deliveries.ts'
import { repeatable } from '../db/retries.ts'
import { AnswerkeyError } from '../errors.ts'
import { maxScoreOf } from '../grading/draw.ts'
import type { AttemptEvent } from '../grading/log.ts'
import { sameJson } from '../grading/same-json.ts'
import { type Allowance, attemptsAllowed, ruleFor } from '../grading/timing.ts'
import type { Learner, Metadata } from '../grading/wire.ts'
import { toRule } from './_rules.ts'
import type { LoadedRevision } from './_caches.ts'
import { forgetPointer, loadQuizForStart } from './_current-quiz.ts'
import { attemptId, type RequestKey } from './_ids.ts'
import { checkIsOpen } from './_opening.ts'
import { startNotice } from './_start-notice.ts'
import { type Asking, noteRunning, selectSituation, type Situation, situationOf, type Standing } from './_standing.ts'
import { beginDeliveries } from './deliver-webhooks.ts'

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

/** An attempt that is about to begin. */
export interface Beginning {
  readonly revision: LoadedRevision
  readonly input: StartInput
  /** The Idempotency-Key, hashed; and, of a start, what to note of its request. */
  readonly requestKey: string | null
  readonly digest: string | null
}

/** What becomes of the row that every attempt begins with, and the first events of its log. */
export type Completion = (attempt: NewAttempt, allowance: Allowance | null) => Promise<Begun> | Begun

interface Begun {
  readonly attempt: NewAttempt
  readonly events: readonly AttemptEvent[]
  /** What there is to tell of it beside that it has begun. */
  readonly notices: readonly Notice[]
}

export type Insertion = Standing | { readonly kind: 'inserted'; readonly row: AttemptRow }

/**
 * Inserts an attempt in one batch. For a named learner another one comes before, which reads what they are given beyond the
 * policy, and finds what is there already: an attempt that runs is theirs also where none may begin. Null when the quiz no
 * longer points where the decision assumed.
 */
export async function beginAttempt(deps: Deps, beginning: Beginning, complete: Completion): Promise<Insertion | null> {
  const { revision, input } = beginning
  const { policy } = revision.quiz
  const found = input.learner ? await lookFor(deps, beginning) : null
  if (found?.standing) return found.standing
  if (found && found.revision !== revision.id) return null
  const allowance = found?.allowance ?? null
  const allowed = attemptsAllowed(policy.attemptsPerLearner, allowance)
  const bare = newAttempt(deps, beginning)
  checkIsOpen(policy, bare.startedAt)
  if (found) checkAttemptsLeft(found, allowed)
  const begun = await complete(bare, allowance)
  const { row, situation } = await insert(deps, beginning, begun, allowed)
  if (row) return { kind: 'inserted', row }
  if (situation.standing) return situation.standing
  if (situation.revision === revision.id) checkAttemptsLeft(situation, allowed)
  return null
}

async function lookFor(
  deps: Deps,
  beginning: Beginning,
): Promise<Situation & { readonly allowance: Allowance | null }> {
  const { db } = deps
  const asking = askingOf(beginning, deps.now())
  const [rules, ...rows] = await db.batch(
    repeatable([
      selectRulesFor(db, asking.learnerId, asking.quiz),
      ...selectSituation(db, asking),
      ...noteRunning(db, asking, beginning.digest),
    ]),
  )
  const [made, noted, request, active, counted, current] = rows
  const situation = situationOf([made, noted, request, active, counted, current], asking.now)
  return { ...situation, allowance: ruleFor(rules.map(toRule), asking.quiz) }
}

async function insert(
  deps: Deps,
  beginning: Beginning,
  { attempt, events, notices }: Begun,
  attemptsPerLearner: number | null,
): Promise<{ row: AttemptRow | undefined; situation: Situation }> {
  const { db, trace } = deps
  const { id, revision, startedAt } = attempt
  const asking = askingOf(beginning, startedAt)
  const outbox = [startNotice(attempt), ...notices].map((notice) =>
    insertDeliveries(db, notice, { now: startedAt, when: isThere(id), trace: trace.traceparent }),
  )
  const [, [row], made, noted, request, active, counted, current, ...others] = await db.batch(
    repeatable([
      insertAttempt(db, attempt, { revision, attemptsPerLearner }),
      selectAttempt(db, id),
      ...selectSituation(db, asking),
      ...outbox,
      ...insertLog(db, id, events),
      ...noteRunning(db, asking, beginning.digest),
    ]),
  )
  if (others.slice(0, outbox.length).some((told) => Array.isArray(told) && told.length > 0)) beginDeliveries(deps)
  return { row, situation: situationOf([made, noted, request, active, counted, current], startedAt) }
}

function askingOf({ input, requestKey }: Beginning, now: number): Asking {
  return { quiz: input.quiz, learnerId: input.learner?.id ?? '', key: requestKey ?? '', now }
}

function checkAttemptsLeft({ count }: Situation, allowed: number | null): void {
  if (allowed === null || count < allowed) return
  throw new AnswerkeyError('no-attempts-left', 'The learner has used up the attempts at this quiz.')
}

function newAttempt(deps: Deps, { revision, input, requestKey }: Beginning): NewAttempt {
  return {
    id: attemptId(deps),
    quiz: input.quiz,
    revision: revision.id,
    learnerId: input.learner?.id ?? null,
    learnerName: input.learner?.name ?? null,
    metadata: Object.keys(input.metadata).length > 0 ? input.metadata : null,
    requestKey,
    startedAt: deps.now(),
    maxScore: maxScoreOf(revision.quiz),
  }
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
