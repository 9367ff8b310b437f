import type { JobRow } from '../db/jobs.ts'
import type { RegradeRequest } from '../grading/job-request.ts'
import type { Regrading } from '../grading/regrading.ts'
import type { Standing } from '../grading/standing.ts'
import { toPoints } from '../grading/points.ts'
import { toTime } from './_attempt-view.ts'

/** A regrade, and how far it has come. Counts and means are of attempts that have been looked at. */
export interface RegradeJob extends Regrading {
  readonly id: string
  readonly quiz: string
  readonly reason: string
  readonly dryRun: boolean
  readonly status: 'running' | 'done'
  readonly createdAt: string
  readonly createdBy: string
  readonly finishedAt: string | null
  readonly attempts: number
  /** Those whose key in force changes, whether their score does or not. */
  readonly regraded: number
  readonly becamePassed: number
  readonly becameFailed: number
  /** In points, over finished attempts; null while there is none. */
  readonly meanBefore: number | null
  readonly meanAfter: number | null
}

export function viewRegrade({ id, quiz, request, createdAt, createdBy, finishedAt, progress }: JobRow): RegradeJob {
  const { regrading, dryRun, reason } = requestOf(request)
  const count = (name: RegradeCount) => progress[name] ?? 0
  const mean = (name: RegradeCount) => (count('finished') === 0 ? null : Math.round(count(name) / count('finished')))
  return {
    id,
    quiz,
    ...regrading,
    reason,
    dryRun,
    status: finishedAt === null ? 'running' : 'done',
    createdAt: toTime(createdAt),
    createdBy,
    finishedAt: finishedAt === null ? null : toTime(finishedAt),
    attempts: count('attempts'),
    regraded: count('regraded'),
    becamePassed: count('becamePassed'),
    becameFailed: count('becameFailed'),
    meanBefore: inPoints(mean('before')),
    meanAfter: inPoints(mean('after')),
  }
}

type RegradeCount = 'attempts' | 'regraded' | 'finished' | 'before' | 'after' | 'becamePassed' | 'becameFailed'

/** What a regrade does to one attempt. */
export interface Comparison {
  readonly before: Standing
  readonly after: Standing
  /** Whether it changes what scores the attempt. */
  readonly regraded: boolean
  /** Whether the attempt was over by then. */
  readonly finished: boolean
}

/** What one attempt adds to a regrade's counts; sums are in thousandths of a point. */
export function countRegrade({ before, after, regraded, finished }: Comparison): Partial<Record<RegradeCount, number>> {
  const counts = { attempts: 1, regraded: Number(regraded) }
  if (!finished) return counts
  return {
    ...counts,
    finished: 1,
    before: before.score,
    after: after.score,
    becamePassed: Number(before.passed !== true && after.passed === true),
    becameFailed: Number(before.passed === true && after.passed !== true),
  }
}

export function requestOf(request: JobRow['request']): RegradeRequest {
  return request as RegradeRequest
}

function inPoints(milliPoints: number | null): number | null {
  return milliPoints === null ? null : toPoints(milliPoints)
}
