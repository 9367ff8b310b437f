import type { Deps } from '../deps.ts'
import type { Notice } from '../db/webhook-deliveries.ts'
import type { AttemptEvent } from '../grading/log.ts'
import { toPoints } from '../grading/points.ts'
import { Fold, type Outcome } from '../grading/replay.ts'
import { type EventType, writeBody } from '../webhooks/events.ts'
import { passedOf, receiptFor, toTime } from './_attempt-view.ts'
import type { LoadedAttempt } from './_folded-attempt.ts'
import { identityOf } from './_start-notice.ts'

/** What webhooks are told of an attempt. Staff's: totals and the receipt, and never an answer, an explanation or the key. */

/** Events of the log after which there is something to tell, once the attempt is finished. */
const TELLING: ReadonlySet<AttemptEvent['type']> = new Set(['finished', 'graded', 'overridden', 'regraded'])

/** Everything that has happened in a finished attempt and was not told yet, each as the attempt stood then. */
export async function noticesOf(deps: Deps, attempt: LoadedAttempt): Promise<Notice[]> {
  const { row, quiz, log, outcome } = attempt
  const untold = log.filter(({ type, seq }) => TELLING.has(type) && seq > row.announced)
  const [only] = untold
  if (only?.type === 'finished' && only.seq === outcome.seq) return noticesAfter(deps, attempt, only, null)
  const fold = new Fold(row, attempt.revision, attempt.targets)
  const notices: Notice[] = []
  let passed: boolean | null = null
  for (const event of log) {
    if (!fold.take(event) || !TELLING.has(event.type)) continue
    const then = fold.outcome()
    if (!then.finished) continue
    if (untold.includes(event))
      notices.push(...(await noticesAfter(deps, { ...attempt, outcome: then }, event, passed)))
    passed = passedOf(quiz, then)
  }
  return notices
}

/** What an event comes to for those who are told of it: a pass that came with a regrade is told by that alone. */
async function noticesAfter(
  deps: Deps,
  attempt: Pick<LoadedAttempt, 'row' | 'quiz' | 'outcome' | 'closed'>,
  event: AttemptEvent,
  passedBefore: boolean | null,
): Promise<Notice[]> {
  const { row, quiz, outcome } = attempt
  const passed = passedOf(quiz, outcome)
  const data = { ...standing(row, outcome, passed), receipt: await receiptFor(deps, attempt, 'staff') }
  const notice = (type: EventType, more: object = {}): Notice => ({
    id: `msg_${row.id.slice(4)}_${outcome.seq}_${type.slice(8)}`,
    type,
    quiz: row.quiz,
    body: writeBody(type, toTime(event.at), { ...data, ...more }),
  })
  if (event.type === 'regraded') return [notice('attempt.regraded', { passedBefore })]
  const flipped = passed === true && passedBefore !== true ? [notice('attempt.passed')] : []
  return [notice(event.type === 'finished' ? 'attempt.finished' : 'attempt.graded'), ...flipped]
}

function standing(row: LoadedAttempt['row'], outcome: Outcome, passed: boolean | null) {
  return {
    ...identityOf(row),
    finishedAt: outcome.finished ? toTime(outcome.finished.at) : null,
    finishReason: outcome.finished?.reason ?? null,
    score: toPoints(outcome.score),
    maxScore: toPoints(outcome.maxScore),
    passed,
    final: !outcome.pending,
    seq: outcome.seq,
  }
}
