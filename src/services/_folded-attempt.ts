import type { Actor, Deps } from '../deps.ts'
import { selectLog, toEvent } from '../db/attempt-events.ts'
import { type AttemptRow, selectAttempt } from '../db/attempts.ts'
import type { attemptEvents } from '../db/schema.ts'
import { AnswerkeyError } from '../errors.ts'
import type { AttemptEvent } from '../grading/log.ts'
import type { Viewer } from '../grading/release.ts'
import { replay, type Targets } from '../grading/replay.ts'
import { dueOf } from '../grading/timing.ts'
import { requireScope } from './_authorise.ts'
import type { FoldedAttempt } from './_attempt-view.ts'
import { notFound } from './_current-quiz.ts'
import { type GradedRevision, loadGradedRevision } from './_graded-revision.ts'
import { hasClosed } from './_opening.ts'

/** An attempt with its log, folded against the revision that it is pinned to. */
export interface LoadedAttempt extends FoldedAttempt {
  readonly revision: GradedRevision
  readonly targets: Targets
  readonly log: readonly AttemptEvent[]
}

export type LogRow = typeof attemptEvents.$inferSelect

/** Reads and folds an attempt in one round trip, and one more for a revision that is not in memory. */
export async function loadAttempt(deps: Deps, id: string): Promise<LoadedAttempt> {
  const [[row], log] = await deps.db.batch([selectAttempt(deps.db, id), selectLog(deps.db, id)])
  return foldAttempt(deps, row, log)
}

export async function foldAttempt(
  deps: Deps,
  row: AttemptRow | undefined,
  log: readonly LogRow[],
): Promise<LoadedAttempt> {
  if (!row) throw notFound()
  const revision = await loadGradedRevision(deps, row.revision)
  if (!revision) throw notFound()
  const events = log.map(toEvent)
  return fold(deps, { row, revision, targets: await loadTargets(deps, events) }, events)
}

/** What a log is folded against. */
type Folding = Pick<LoadedAttempt, 'row' | 'revision' | 'targets'>

export function fold(deps: Deps, { row, revision, targets }: Folding, log: readonly AttemptEvent[]): LoadedAttempt {
  const { quiz, answerKey } = revision
  const outcome = deps.trace.span('grade', () => replay(row, quiz, answerKey, log, targets))
  return { row, revision, targets, quiz, log, outcome, closed: hasClosed(quiz.policy, deps.now()) }
}

/** The revisions that the regrades of a log name. */
async function loadTargets(deps: Deps, log: readonly AttemptEvent[]): Promise<Targets> {
  const targets = new Map<string, GradedRevision>()
  for (const event of log) {
    if (event.type !== 'regraded' || targets.has(event.body.revision)) continue
    const target = await loadGradedRevision(deps, event.body.revision)
    if (target) targets.set(target.id, target)
  }
  return targets
}

/** Whether the attempt's time is up, and nobody has written so into its log yet. */
export function isExpired({ quiz, outcome }: LoadedAttempt, now: number): boolean {
  const due = dueOf(outcome.deadline, quiz.policy)
  return outcome.finished === null && due !== null && now > due
}

/** Who looks at an attempt: its own learner, or staff. To anyone else it is absent. */
export function viewerOf(actor: Actor, attempt: string): Viewer {
  requireScope(actor, 'attempts:read')
  if (actor.kind === 'staff') return 'staff'
  if (actor.kind === 'anonymous')
    throw new AnswerkeyError('unauthorized', 'This call needs the progress token of the attempt.')
  if (actor.attempt !== attempt) throw notFound()
  return 'learner'
}

/** Answers and finishes are the learner's own. */
export function requireLearner(actor: Actor, attempt: string): void {
  if (actor.kind === 'staff' || viewerOf(actor, attempt) === 'staff') {
    throw new AnswerkeyError('forbidden', 'Only the learner, with the progress token of the attempt, may do this.')
  }
}
