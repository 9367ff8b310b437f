import type { Actor, Deps } from '../deps.ts'
import { selectLog, toEvent } from '../db/attempt-events.ts'
import type { AttemptRow } from '../db/attempts.ts'
import { AnswerkeyError } from '../errors.ts'
import type { AttemptEvent, SentResponse } from '../grading/log.ts'
import { replay } from '../grading/replay.ts'
import { allResults, attemptQuestions } from '../grading/results.ts'
import { sameJson } from '../grading/same-json.ts'
import type { Attempt, Learner, Result } from '../grading/wire.ts'
import { passedOf, receiptFor, viewAttempt } from './_attempt-view.ts'
import { checkResponses } from './_check-responses.ts'
import { notFound } from './_current-quiz.ts'
import { fold, foldAttempt, type LoadedAttempt } from './_folded-attempt.ts'
import { type GradedRevision, loadGradedRevision } from './_graded-revision.ts'
import { hashRequestKey, randomId, type RequestKey } from './_ids.ts'
import {
  decideOnCurrentQuiz,
  findRepeated,
  insertNewAttempt,
  keyReused,
  newAttempt,
  sameRequest,
} from './_new-attempt.ts'
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
    if (repeated) return render(deps, await foldRepeated(deps, repeated.row, input))
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
  const { quiz, answerKey } = revision
  const attempt = newAttempt(deps, revision, { ...input, metadata: {} }, requestKey)
  const log = wholeLog(deps, attempt.startedAt, input.responses)
  const outcome = replay({ id: attempt.id, startedAt: attempt.startedAt, deadline: null }, quiz, answerKey, log)
  const finished = {
    ...attempt,
    finishedAt: attempt.startedAt,
    settled: outcome.seq,
    score: outcome.score,
    passed: passedOf(quiz, outcome),
  }
  const inserted = await insertNewAttempt(deps, finished, quiz.policy.attemptsPerLearner, { events: log })
  if (!inserted) return null
  if (inserted.kind === 'inserted') return fold(deps, { row: inserted.row, revision, targets: new Map() }, log)
  if (inserted.kind === 'active') {
    throw new AnswerkeyError('attempt-active', 'The learner has an attempt at this quiz that is not finished.')
  }
  if (inserted.kind !== 'expired') return foldRepeated(deps, inserted.row, input)
  // Time is up for the learner's active attempt: it is settled and counts, and the submission is decided again.
  await settleAttempt(deps, inserted.row.id)
  return null
}

function wholeLog(deps: Deps, at: number, responses: readonly SentResponse[]): AttemptEvent[] {
  return [
    { seq: 1, id: randomId(deps, 'evt'), at, type: 'responded', body: { responses } },
    { seq: 2, id: randomId(deps, 'evt'), at, type: 'finished', body: {} },
  ]
}

/** The attempt that the same request made before; another request with its key is refused. */
async function foldRepeated(deps: Deps, row: AttemptRow, input: SubmitQuizInput): Promise<LoadedAttempt> {
  sameRequest(row, { ...input, metadata: {} })
  const [log] = await deps.db.batch([selectLog(deps.db, row.id)])
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
