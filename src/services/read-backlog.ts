import type { Deps } from '../deps.ts'
import { countOpenAttempts, selectOutboxState, selectReceiverState } from '../db/backlog.ts'
import type { Backlog } from '../telemetry/metrics.ts'
import { earliestAttemptId } from './_ids.ts'

/** An attempt that nobody has gone on with for a day is left rather than open. */
const OPEN_MS = 86_400_000

/** What waits in the database, in one round trip that reads the attempts of a day, what is in the outbox, and its receivers. */
export async function readBacklog({ db, now: clock }: Pick<Deps, 'db' | 'now'>): Promise<Backlog> {
  const now = clock()
  const [[attempts], [outbox], [receivers]] = await db.batch([
    countOpenAttempts(db, earliestAttemptId(now - OPEN_MS)),
    selectOutboxState(db),
    selectReceiverState(db),
  ])
  return {
    attemptsOpen: attempts!.count,
    deliveries: outbox!.count,
    overdueSeconds: secondsSince(outbox!.firstDue, now),
    failingWebhooks: receivers!.failing,
    failingSeconds: secondsSince(receivers!.since, now),
    disabledWebhooks: receivers!.givenUp,
  }
}

function secondsSince(time: number | null, now: number): number {
  return time === null ? 0 : Math.max(0, now - time) / 1000
}
