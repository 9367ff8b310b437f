import type { Actor, Deps } from '../deps.ts'
import { selectLog, toEvent } from '../db/attempt-events.ts'
import { type AttemptRow, type NewAttempt, selectAttempt } from '../db/attempts.ts'
import { AnswerkeyError } from '../errors.ts'
import type { AttemptEvent, SentResponse } from '../grading/log.ts'
import { replay } from '../grading/replay.ts'
import { allResults, attemptQuestions } from '../grading/results.ts'
import { sameJson } from '../grading/same-json.ts'
import type { Attempt, Learner, Result } from '../grading/wire.ts'
import { passedOf, receiptFor, viewAttempt } from './_attempt-view.ts'
import { checkResponses } from './_check-responses.ts'
import { countGraded } from './_count-graded.ts'
import { notFound, unlessGone } from './_current-quiz.ts'
import { fold, foldAttempt, type LoadedAttempt } from './_folded-attempt.ts'
import { type GradedRevision, loadGradedRevision } from './_graded-revision.ts'
import { hashRequestKey, randomId, type RequestKey } from './_ids.ts'
import { beginAttempt, type Completion, decideOnCurrentQuiz, keyReused, sameRequest } from './_new-attempt.ts'
import { checkIsOpen } from './_opening.ts'
import { findRepeated } from './_standing.ts'
import { noticesOf } from './_notices.ts'
import { needsStart } from './read-questions.ts'
import { settleAttempt } from './settle-attempt.ts'

export interface SubmitQuizInput {
  readonly quiz: string
  readonly learner: Learner | null
  readonly responses: readonly SentResponse[]
  readonly requestKey: RequestKey | null
}

export interface SubmittedQuiz {
  readonly attempt: Attempt
  readonly results: Result[]
  readonly receipt: string | null
}

/**
 * The one-call form: start, respond and finish in one batch. The attempt is inserted as already finished, and everything
 * else depends on its row, so nothing can come between.
 */
export async function submitQuiz(deps: Deps, actor: Actor, input: SubmitQuizInput): Promise<SubmittedQuiz> {
  const requestKey = input.requestKey && (await hashRequestKey(input.requestKey))
  try {
    return await render(deps, await decide(deps, actor, input, requestKey))
  } catch (error) {
    // A retry gets its outcome even where a new submission would be refused by now.
    const repeated = error instanceof AnswerkeyError && requestKey ? await findRepeated(deps, requestKey) : null
    const folded = repeated && (await foldRepeated(deps, repeated.row, input))
    if (folded) return render(deps, folded)
    throw error
  }
}

async function decide(
  deps: Deps,
  actor: Actor,
  input: SubmitQuizInput,
  requestKey: string | null,
): Promise<LoadedAttempt> {
  return decideOnCurrentQuiz(deps, actor, input, async ({ revision: id }) => {
    const revision = await loadGradedRevision(deps, id)
    if (!revision) throw notFound()
    if (needsStart(revision.quiz)) {
      throw new AnswerkeyError('start-required', 'This quiz is taken by starting an attempt.')
    }
    // Before it opens, a quiz tells nobody which questions it has; and no active attempt can be gone on with here.
    checkIsOpen(revision.quiz.policy, deps.now())
    checkResponses(revision.quiz, null, input.responses)
    return insert(deps, revision, input, requestKey)
  })
}

async function insert(
  deps: Deps,
  revision: GradedRevision,
  input: SubmitQuizInput,
  requestKey: string | null,
): Promise<LoadedAttempt | null> {
  let log: readonly AttemptEvent[] = []
  const complete: Completion = async (attempt) => {
    log = wholeLog(deps, attempt.startedAt, input.responses)
    const finished = finishedAttempt(attempt, revision, log)
    const folded = fold(deps, { row: rowOf(finished), revision, targets: new Map() }, log)
    return { attempt: finished, events: log, notices: await noticesOf(deps, folded) }
  }
  const beginning = { revision, input: { ...input, metadata: {} }, requestKey, digest: null }
  const inserted = await beginAttempt(deps, beginning, complete)
  if (!inserted) return null
  if (inserted.kind === 'inserted') {
    const attempt = fold(deps, { row: inserted.row, revision, targets: new Map() }, log)
    countGraded(deps, attempt.outcome, { id: log[0]!.id, since: inserted.row.startedAt })
    return attempt
  }
  if (inserted.kind === 'active') {
    throw new AnswerkeyError('attempt-active', 'The learner has an attempt at this quiz that is not finished.')
  }
  if (inserted.kind !== 'expired') return foldRepeated(deps, inserted.row, input)
  // Time is up for the learner's active attempt: it is settled and counts, and the submission is decided again.
  await unlessGone(settleAttempt(deps, inserted.row.id))
  return null
}

/** As it will stand when it is inserted, with nothing told of it yet. */
function rowOf(attempt: NewAttempt): AttemptRow {
  return { deadline: null, due: null, announced: 0, updatedAt: attempt.startedAt, ...attempt } as AttemptRow
}

/** Its time is that of its start, and nobody waits for its end: it has no deadline. */
function finishedAttempt(
  attempt: NewAttempt,
  { quiz, answerKey }: GradedRevision,
  log: readonly AttemptEvent[],
): NewAttempt {
  const outcome = replay({ id: attempt.id, startedAt: attempt.startedAt, deadline: null }, quiz, answerKey, log)
  return {
    ...attempt,
    finishedAt: attempt.startedAt,
    settled: outcome.seq,
    score: outcome.score,
    passed: passedOf(quiz, outcome),
  }
}

function wholeLog(deps: Deps, at: number, responses: readonly SentResponse[]): AttemptEvent[] {
  return [
    { seq: 1, id: randomId(deps, 'evt'), at, type: 'responded', body: { responses } },
    { seq: 2, id: randomId(deps, 'evt'), at, type: 'finished', body: {} },
  ]
}

/** The attempt that the same request made before, or null when it was erased meanwhile; another request is refused. */
async function foldRepeated(deps: Deps, found: AttemptRow, input: SubmitQuizInput): Promise<LoadedAttempt | null> {
  sameRequest(found, { ...input, metadata: {} })
  const [[row], log] = await deps.db.batch([selectAttempt(deps.db, found.id), selectLog(deps.db, found.id)])
  if (!row) return null
  const [first] = log.map(toEvent)
  if (first?.type !== 'responded' || !sameJson(first.body.responses, input.responses)) throw keyReused()
  return foldAttempt(deps, row, log)
}

async function render(deps: Deps, attempt: LoadedAttempt): Promise<SubmittedQuiz> {
  return {
    attempt: { ...viewAttempt(deps, attempt, 'learner'), questions: attemptQuestions(attempt, 'learner') },
    results: allResults(attempt, 'learner'),
    receipt: await receiptFor(deps, attempt, 'learner'),
  }
}
