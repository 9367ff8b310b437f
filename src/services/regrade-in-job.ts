import type { Deps } from '../deps.ts'
import { insertChange } from '../db/regrade-changes.ts'
import type { JobRow } from '../db/jobs.ts'
import type { RegradeRequest } from '../grading/job-request.ts'
import type { AttemptEvent } from '../grading/log.ts'
import { Fold, type Outcome, type Targets } from '../grading/replay.ts'
import { sameJson } from '../grading/same-json.ts'
import type { Standing } from '../grading/standing.ts'
import { passedOf } from './_attempt-view.ts'
import { loadAttempt, type LoadedAttempt } from './_folded-attempt.ts'
import { loadGradedRevision } from './_graded-revision.ts'
import type { JobStep } from './_job.ts'
import { type Comparison, countRegrade, requestOf } from './_regrade.ts'
import { append, nextMoment } from './_staff-event.ts'
import { settleIfOver } from './settle-attempt.ts'

/** Regrades one attempt, by an event that has the job's id, so that it is there once; of a dry run there is none. */
export const regradeInJob: JobStep = async (deps, job, { id, revision }) => {
  const request = requestOf(job.request)
  if (!request.revisions.includes(revision)) return {}
  let attempt = await settleIfOver(deps, await loadAttempt(deps, id))
  for (;;) {
    const done = attempt.log.find((event) => event.id === job.id)
    if (done) return countRegrade(compare(attempt, attempt.targets, done))
    const { event, targets } = await decide(deps, job, request, attempt)
    const comparison = compare(attempt, targets, event)
    const { before, after, regraded } = comparison
    const change = { job: job.id, attempt: id, before, after }
    const place = { dryRun: request.dryRun, seq: event.seq }
    const [note] = sameJson(before, after) ? [] : [insertChange(deps.db, change, place)]
    if (!regraded || request.dryRun) {
      if (note) await deps.db.batch([note])
      return countRegrade(comparison)
    }
    attempt = await append(deps, attempt, event, note ? [note] : [])
  }
}

/** The event that would regrade an attempt as it stands, and what is needed to fold it. */
async function decide(
  deps: Deps,
  job: JobRow,
  { regrading, reason }: RegradeRequest,
  { row, log, targets }: LoadedAttempt,
): Promise<{ event: AttemptEvent; targets: Targets }> {
  const target = await loadGradedRevision(deps, regrading.revision)
  if (!target) throw new Error('Revisions are never deleted.')
  const event: AttemptEvent = {
    seq: (log.at(-1)?.seq ?? 0) + 1,
    id: job.id,
    at: nextMoment(deps, { row, log }),
    type: 'regraded',
    body: { regrade: job.id, ...regrading, reason, by: job.createdBy },
  }
  return { event, targets: new Map([...targets, [target.id, target]]) }
}

/** What a regrade changes where it stands in the log: of one that was done before the job was cut off, the same as then. */
function compare({ row, quiz, revision, log }: LoadedAttempt, targets: Targets, event: AttemptEvent): Comparison {
  const fold = new Fold(row, revision, targets)
  for (const earlier of log) if (earlier.seq < event.seq) fold.take(earlier)
  const scoredBy = fold.scoredBy()
  const outcome = fold.outcome()
  const before = standingOf(quiz, outcome)
  fold.take(event)
  const after = standingOf(quiz, fold.outcome())
  return { before, after, regraded: fold.scoredBy() !== scoredBy, finished: outcome.finished !== null }
}

function standingOf(quiz: LoadedAttempt['quiz'], outcome: Outcome): Standing {
  const { score, maxScore, finished } = outcome
  return { score, maxScore, passed: finished ? passedOf(quiz, outcome) : null }
}
