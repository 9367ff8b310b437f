import type { Actor, Deps } from '../deps.ts'
import { appendEvent, selectLog } from '../db/attempt-events.ts'
import { selectAttempt } from '../db/attempts.ts'
import { repeatable } from '../db/retries.ts'
import { AnswerkeyError } from '../errors.ts'
import type { AttemptEvent, SentResponse } from '../grading/log.ts'
import type { EventOutcome } from '../grading/replay.ts'
import { resultsOf } from '../grading/results.ts'
import { sameJson } from '../grading/same-json.ts'
import type { Attempt, Result } from '../grading/wire.ts'
import { progressToken, viewAttempt } from './_attempt-view.ts'
import { checkResponses } from './_check-responses.ts'
import { countGraded } from './_count-graded.ts'
import { notFound } from './_current-quiz.ts'
import { fold, foldAttempt, isExpired, type LoadedAttempt, requireLearner } from './_folded-attempt.ts'
import { loadGradedRevision } from './_graded-revision.ts'
import { hashRequestKey, randomId, type RequestKey } from './_ids.ts'
import { settleIfOver } from './settle-attempt.ts'
import { keyReused } from './_new-attempt.ts'

export interface SubmitInput {
  readonly attempt: string
  readonly responses: readonly SentResponse[]
  readonly requestKey: RequestKey | null
}

export interface Submitted {
  readonly attempt: Attempt
  readonly results: Result[]
  readonly token: string
}

/**
 * Takes a learner's responses: appends them as one event, and lets the fold say what they came to. What decides whether
 * the request is well-formed is public, so it is decided before anything is written.
 */
export async function submitResponses(deps: Deps, actor: Actor, input: SubmitInput): Promise<Submitted> {
  requireLearner(actor, input.attempt)
  const revision = actor.kind === 'learner' ? await loadGradedRevision(deps, actor.revision) : null
  if (!revision) throw notFound()
  checkResponses(revision.quiz, input.attempt, input.responses)
  const id = input.requestKey ? await hashRequestKey(input.requestKey) : randomId(deps, 'evt')
  const appended = await append(deps, id, input)
  const own = outcomeOf(deps, appended, id, input)
  const attempt = isExpired(appended, deps.now()) ? await settleIfOver(deps, appended) : appended
  // Staff may have spoken while it was settled: the results are of the same moment as the total.
  const { responses } = attempt.outcome.events.get(id) ?? own
  const results = resultsOf(attempt, responses, 'learner')
  throwIfAllRefused(results)
  return { attempt: viewAttempt(deps, attempt, 'learner'), results, token: await progressToken(deps, attempt) }
}

async function append(deps: Deps, id: string, { attempt, responses }: SubmitInput): Promise<LoadedAttempt> {
  const { db } = deps
  const now = deps.now()
  const [, [row], log] = await db.batch(
    repeatable([
      appendEvent(db, { attempt, id, type: 'responded', at: now, body: { responses } }),
      selectAttempt(db, attempt),
      selectLog(db, attempt),
    ]),
  )
  const folded = await foldAttempt(deps, row, log)
  countGraded(deps, folded.outcome, { id, since: now })
  return folded
}

/** What the request came to. An event that could not be appended is folded all the same: it may repeat an earlier try. */
function outcomeOf(deps: Deps, attempt: LoadedAttempt, id: string, { responses }: SubmitInput): EventOutcome {
  const logged = attempt.outcome.events.get(id)
  if (logged) {
    if (logged.event.type !== 'responded' || !sameJson(logged.event.body.responses, responses)) throw keyReused()
    return logged
  }
  const last = attempt.log.at(-1)
  const unlogged: AttemptEvent = {
    id,
    seq: attempt.outcome.seq + 1,
    at: Math.max(deps.now(), last?.at ?? attempt.row.startedAt),
    type: 'responded',
    body: { responses },
  }
  const outcome = fold(deps, attempt, [...attempt.log, unlogged]).outcome.events.get(id)!
  if (outcome.responses.some((response) => !response.duplicate && response.refused === null)) {
    throw new AnswerkeyError('attempt-log-full', 'The attempt has taken as many requests as it can hold: finish it.')
  }
  return outcome
}

function throwIfAllRefused(results: readonly Result[]): void {
  const [first] = results
  if (!first?.refused || results.some((result) => result.refused === null)) return
  throw new AnswerkeyError(first.refused, REFUSALS[first.refused], { extension: { results } })
}

const REFUSALS = {
  'attempt-finished': 'The attempt is over: nothing of this request counts.',
  'no-tries-left': 'The question takes no more tries: nothing of this request counts.',
} as const
