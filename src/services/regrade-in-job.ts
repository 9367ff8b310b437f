import type { Deps } from '../deps.ts'
import { insertChange, selectChange } from '../db/regrade-changes.ts'
import type { JobRow } from '../db/jobs.ts'
import type { AttemptEvent } from '../grading/log.ts'
import { Fold, type Outcome, type Targets } from '../grading/replay.ts'
import { sameJson } from '../grading/same-json.ts'
import type { Standing } from '../grading/standing.ts'
import { passedOf } from './_attempt-view.ts'
import { loadAttempt, type LoadedAttempt } from './_folded-attempt.ts'
import { loadGradedRevision } from './_graded-revision.ts'
import type { JobStep, Progress } from './_job.ts'
import { countRegrade, type RegradeRequest, requestOf } from './_regrade.ts'
import { append, nextMoment } from './_staff-event.ts'
import { settleIfOver } from './settle-attempt.ts'

/** Regrades one attempt, by an event that has the job's id, so that it is there once; of a dry run there is none. */
export const regradeInJob: JobStep = async (deps, job, { id, revision }) => {
  const request = requestOf(job.request)
  if (!request.revisions.includes(revision)) return {}
  let attempt = await settleIfOver(deps, await loadAttempt(deps, id))
  for (;;) {
    if (attempt.outcome.events.has(job.id)) return countDone(deps, job, attempt)
    const comparison = await compare(deps, job, request, attempt)
    const { before, after } = comparison
    const change = { job: job.id, attempt: id, before, after }
    const [note] = sameJson(before, after) ? [] : [insertChange(deps.db, change, request)]
    if (!comparison.regraded || request.dryRun) {
      if (note) await deps.db.batch([note])
      return countRegrade(before, after, { ...comparison, finished: attempt.outcome.finished !== null })
    }
    attempt = await append(deps, attempt, comparison.event, note ? [note] : [])
  }
}

interface Comparison {
  readonly event: AttemptEvent
  readonly before: Standing
  readonly after: Standing
  /** Whether the regrade changes what scores the attempt. */
  readonly regraded: boolean
}

async function compare(
  deps: Deps,
  job: JobRow,
  { regrading, reason }: RegradeRequest,
  { row, quiz, revision, log, targets: known }: LoadedAttempt,
): Promise<Comparison> {
  const target = await loadGradedRevision(deps, regrading.revision)
  if (!target) throw new Error('Revisions are never deleted.')
  const targets: Targets = new Map([...known, [target.id, target]])
  const fold = new Fold(row, revision, targets)
  for (const event of log) fold.take(event)
  const scoredBy = fold.scoredBy()
  const before = standingOf(quiz, fold.outcome())
  const event: AttemptEvent = {
    seq: (log.at(-1)?.seq ?? 0) + 1,
    id: job.id,
    at: nextMoment(deps, { row, log }),
    type: 'regraded',
    body: { regrade: job.id, ...regrading, reason, by: job.createdBy },
  }
  fold.take(event)
  return { event, before, after: standingOf(quiz, fold.outcome()), regraded: fold.scoredBy() !== scoredBy }
}

/** What an attempt that was regraded before the job was cut off adds to the counts: the same as it would have then. */
async function countDone(deps: Deps, job: JobRow, { row, quiz, outcome }: LoadedAttempt): Promise<Progress> {
  const [[change]] = await deps.db.batch([selectChange(deps.db, { job: job.id, attempt: row.id })])
  const now = standingOf(quiz, outcome)
  const { before, after } = change ?? { before: now, after: now }
  return countRegrade(before, after, { regraded: true, finished: outcome.finished !== null })
}

function standingOf(quiz: LoadedAttempt['quiz'], outcome: Outcome): Standing {
  const { score, maxScore, finished } = outcome
  return { score, maxScore, passed: finished ? passedOf(quiz, outcome) : null }
}
