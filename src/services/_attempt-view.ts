import type { Deps } from '../deps.ts'
import type { AttemptRow } from '../db/attempts.ts'
import { toPoints, reaches } from '../grading/points.ts'
import type { PublicQuiz } from '../grading/quiz.ts'
import { releasesCalibration, releasesTotal, type Reviewed, type Viewer } from '../grading/release.ts'
import type { Outcome } from '../grading/replay.ts'
import type { Attempt } from '../grading/wire.ts'
import { signProgressToken } from '../tokens/progress-token.ts'
import { signReceipt } from '../tokens/receipt.ts'
import { randomId } from './_ids.ts'

/** What every answer about an attempt is made of. */
export interface FoldedAttempt extends Reviewed {
  readonly row: AttemptRow
}

/** An attempt as the contract shows it, without its `questions`. */
export function viewAttempt(deps: Deps, attempt: FoldedAttempt, viewer: Viewer): Attempt {
  const { row, quiz, outcome } = attempt
  const { calibration, deadline, finished } = outcome
  const total = releasesTotal(attempt, viewer)
  return {
    id: row.id,
    quiz: row.quiz,
    revision: row.revision,
    status: finished ? 'finished' : 'active',
    finishReason: finished?.reason ?? null,
    learner: learnerOf(row),
    metadata: row.metadata ?? {},
    startedAt: toTime(row.startedAt),
    deadline: deadline === null ? null : toTime(deadline),
    finishedAt: finished ? toTime(finished.at) : null,
    serverTime: toTime(deps.now()),
    questionCount: outcome.questions.length,
    answeredCount: answeredCount(outcome),
    score: total ? toPoints(outcome.score) : null,
    maxScore: toPoints(outcome.maxScore),
    passed: total && finished ? passedOf(quiz, outcome) : null,
    calibration: calibration && releasesCalibration(attempt, viewer) ? [...calibration] : null,
  }
}

/** A progress token that says of the attempt no more than its learner may see. */
export function progressToken(deps: Deps, attempt: FoldedAttempt): Promise<string> {
  const { row, outcome } = attempt
  const score = releasesTotal(attempt, 'learner') ? { score: toPoints(outcome.score) } : {}
  const progress = { answered: answeredCount(outcome), total: outcome.questions.length, ...score }
  const claims = { attempt: row.id, quiz: row.quiz, revision: row.revision, progress }
  return deps.trace.span('sign', () => signProgressToken(claims, randomId(deps, 'tok'), signingOf(deps)))
}

/** The receipt of a finished attempt, or null while it runs or where the viewer may not see the total. */
export async function receiptFor(deps: Deps, attempt: FoldedAttempt, viewer: Viewer): Promise<string | null> {
  const { row, quiz, outcome } = attempt
  if (!outcome.finished || !releasesTotal(attempt, viewer)) return null
  const claims = {
    attempt: row.id,
    learner: learnerOf(row),
    quiz: row.quiz,
    revision: row.revision,
    score: toPoints(outcome.score),
    maxScore: toPoints(outcome.maxScore),
    passed: passedOf(quiz, outcome),
    startedAt: toTime(row.startedAt),
    finishedAt: toTime(outcome.finished.at),
    seq: outcome.seq,
    final: !outcome.pending,
  }
  return deps.trace.span('sign', () => signReceipt(claims, signingOf(deps)))
}

function signingOf({ keys, config, now }: Deps) {
  return { keys, publicUrl: config.publicUrl, now: now() }
}

/** Whether a finished attempt is passed: nobody knows while something is pending. */
export function passedOf(quiz: PublicQuiz, outcome: Outcome): boolean | null {
  return outcome.pending ? null : reaches(outcome.score, quiz.policy.passingScore, outcome.points)
}

function answeredCount(outcome: Outcome): number {
  return outcome.questions.filter((question) => question.tries.length > 0).length
}

/** Null where the attempt is nobody's. */
export function learnerOf({
  learnerId,
  learnerName,
}: Pick<AttemptRow, 'learnerId' | 'learnerName'>): Attempt['learner'] {
  if (learnerId === null) return null
  return learnerName === null ? { id: learnerId } : { id: learnerId, name: learnerName }
}

/** RFC 3339, UTC. */
export function toTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
