import type { Deps } from '../deps.ts'
import { appendEvent, selectLog } from '../db/attempt-events.ts'
import { markFinished, selectAttempt, settleAttempt as settle } from '../db/attempts.ts'
import { AnswerkeyError } from '../errors.ts'
import { insertDeliveries, isToldUpTo } from '../db/webhook-deliveries.ts'
import { repeatable } from '../db/retries.ts'
import { passedOf } from './_attempt-view.ts'
import { foldAttempt, isExpired, loadAttempt, type LoadedAttempt } from './_folded-attempt.ts'
import { randomId } from './_ids.ts'
import { noticesOf } from './_notices.ts'
import { beginDeliveries } from './deliver-webhooks.ts'

/** How often an attempt is folded anew because its log had grown in between: more than ever speak at once. */
const MAX_FOLDS = 64

/**
 * Brings an attempt to its end in two batches that anyone may repeat: the first appends `finished` and sets the finish
 * time, the second writes what the fold says of the log, only while the log still ends there.
 */
export async function finish(deps: Deps, id: string): Promise<LoadedAttempt> {
  return settleFinished(deps, await appendFinished(deps, id))
}

/** Finishes an attempt whose time is up, and settles one that was cut off between the two batches. */
export async function settleIfOver(deps: Deps, loaded: LoadedAttempt): Promise<LoadedAttempt> {
  let attempt = loaded
  for (let folds = 0; folds < MAX_FOLDS; folds++) {
    if (attempt.outcome.finished) return settleFinished(deps, attempt)
    if (!isExpired(attempt, deps.now())) return attempt
    attempt = await appendFinished(deps, attempt.row.id, attempt.outcome.seq)
  }
  throw movedTooFast()
}

/** The same for an attempt that nobody has loaded yet: what the hosts' timer does. */
export async function settleAttempt(deps: Deps, id: string): Promise<void> {
  await settleIfOver(deps, await loadAttempt(deps, id))
}

async function appendFinished(deps: Deps, id: string, onlyAfter?: number): Promise<LoadedAttempt> {
  const { db } = deps
  const event = { attempt: id, id: randomId(deps, 'evt'), type: 'finished', at: deps.now(), body: {} } as const
  const [, , [row], log] = await db.batch(
    repeatable([
      appendEvent(db, onlyAfter === undefined ? event : { ...event, onlyAfter }),
      markFinished(db, id),
      selectAttempt(db, id),
      selectLog(db, id),
    ]),
  )
  return foldAttempt(deps, row, log)
}

async function settleFinished(deps: Deps, loaded: LoadedAttempt): Promise<LoadedAttempt> {
  let attempt = loaded
  for (let folds = 0; folds < MAX_FOLDS; folds++) {
    const { row, quiz, outcome } = attempt
    if (!outcome.finished || row.settled === outcome.seq) return attempt
    const settled = {
      id: row.id,
      seq: outcome.seq,
      finishedAt: outcome.finished.at,
      score: outcome.score,
      maxScore: outcome.maxScore,
      passed: passedOf(quiz, outcome),
      updatedAt: deps.now(),
    }
    const when = isToldUpTo(row.id, { announced: row.announced, seq: outcome.seq })
    const outbox = (await noticesOf(deps, attempt)).map((notice) =>
      insertDeliveries(deps.db, notice, { now: settled.updatedAt, when, trace: deps.trace.traceparent }),
    )
    // Settling says that everything is told, so it comes after.
    const [first, ...rest] = [...outbox, settle(deps.db, settled)]
    const results = await deps.db.batch(repeatable([first, ...rest]))
    if (results.slice(0, -1).some((deliveries) => deliveries.length > 0)) beginDeliveries(deps)
    if (results.at(-1)!.length > 0) return attempt
    attempt = await loadAttempt(deps, row.id)
  }
  throw movedTooFast()
}

function movedTooFast(): AnswerkeyError {
  return new AnswerkeyError('unavailable', 'The attempt is changing too fast: try again.')
}
