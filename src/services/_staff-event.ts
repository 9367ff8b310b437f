import type { Deps } from '../deps.ts'
import { appendEvent, selectLog } from '../db/attempt-events.ts'
import type { insertChange } from '../db/regrade-changes.ts'
import { moveDue, selectAttempt, unsettle } from '../db/attempts.ts'
import { repeatable } from '../db/retries.ts'
import { AnswerkeyError } from '../errors.ts'
import type { AttemptEvent, EventBody } from '../grading/log.ts'
import { dueOf } from '../grading/timing.ts'
import { foldAttempt, loadAttempt, type LoadedAttempt } from './_folded-attempt.ts'
import { notFound } from './_current-quiz.ts'
import { hashRequestKey, randomId, type RequestKey } from './_ids.ts'
import { keyReused } from './_new-attempt.ts'
import { settleIfOver } from './settle-attempt.ts'

/** How often a word of staff is decided anew because the log had grown in between: more than ever speak at once. */
const MAX_DECISIONS = 64

interface StaffEvent {
  readonly attempt: string
  readonly requestKey: RequestKey | null
  /** What is to be appended at this moment to the attempt as it stands; throws what it is refused for. */
  readonly decide: (attempt: LoadedAttempt, at: number) => EventBody
  /** Whether what came with the same Idempotency-Key was asked for in the same words. */
  readonly isSame: (event: AttemptEvent) => boolean
}

/**
 * Appends a word of staff to an attempt's log. One that is there already, of the same request, is not appended again.
 */
export async function appendStaffEvent(deps: Deps, event: StaffEvent): Promise<LoadedAttempt> {
  const { attempt: id, requestKey, decide, isSame } = event
  const eventId = requestKey ? await hashRequestKey(requestKey) : randomId(deps, 'evt')
  let attempt = await settleIfOver(deps, await loadAttempt(deps, id))
  for (let decisions = 0; decisions < MAX_DECISIONS; decisions++) {
    const logged = attempt.outcome.events.get(eventId)
    if (logged) {
      if (!isSame(logged.event)) throw keyReused()
      return attempt
    }
    const at = nextMoment(deps, attempt)
    attempt = await append(deps, attempt, { id: eventId, at, ...decide(attempt, at) })
  }
  throw new AnswerkeyError('unavailable', 'The attempt is changing too fast: try again.')
}

/** Logged times never go back, though the clocks of isolates differ. */
export function nextMoment(deps: Deps, { log, row }: Pick<LoadedAttempt, 'log' | 'row'>): number {
  return Math.max(deps.now(), log.at(-1)?.at ?? row.startedAt)
}

/**
 * Appends an event only while the log ends where it was decided on, and settles a finished attempt anew. Gives the attempt
 * as it stands then, with the event or without it; for a job that is done by now there is nothing more to do. `alongside`
 * goes into the same batch.
 */
export async function append(
  deps: Deps,
  { row: { id }, quiz, outcome }: LoadedAttempt,
  event: Pick<AttemptEvent, 'id' | 'at'> & EventBody,
  alongside: readonly ReturnType<typeof insertChange>[] = [],
): Promise<LoadedAttempt> {
  const { db } = deps
  const place = { attempt: id, event: event.id, at: event.at }
  const [, , [row], log] = await db.batch(
    repeatable([
      appendEvent(db, { ...event, attempt: id, onlyAfter: outcome.seq }),
      event.type === 'extended'
        ? moveDue(db, { ...place, due: dueOf(event.body.deadline, quiz.policy) })
        : unsettle(db, place),
      selectAttempt(db, id),
      selectLog(db, id),
      ...alongside,
    ]),
  )
  const attempt = await foldAttempt(deps, row, log)
  if (attempt.outcome.seq === outcome.seq) throw notFound()
  return settleIfOver(deps, attempt)
}
