import type { Deps } from '../deps.ts'
import { selectAttemptsAfter } from '../db/attempts.ts'
import { advanceJob, claimJob, type JobRow, releaseJob } from '../db/jobs.ts'
import { AnswerkeyError } from '../errors.ts'
import { traced } from '../telemetry/in-trace.ts'
import { add, type AttemptInJob, type JobStep, type Progress } from './_job.ts'
import { extendInJob } from './extend-in-job.ts'
import { regradeInJob } from './regrade-in-job.ts'

const STEPS: Readonly<Record<JobRow['kind'], JobStep>> = { regrade: regradeInJob, extension: extendInJob }

/** Which attempts at its quiz a job is about. */
const WHICH: Readonly<Record<JobRow['kind'], (job: JobRow) => { quiz: string; runningAt?: number }>> = {
  regrade: ({ quiz }) => ({ quiz }),
  extension: ({ quiz, createdAt }) => ({ quiz, runningAt: createdAt }),
}

/** How long whoever works on a job is left alone, from page to page. */
const LEASE_MS = 60_000

/** Attempts of a run behind an answer: an invocation of a Worker may make a thousand queries, and one takes about ten. */
const FIRST_RUN = 50

/** Attempts between two writings of how far a job has come. */
const PAGE = 25

/**
 * Carries jobs on, the oldest first, until they are done or `limit` attempts have been looked at. It may be cut off
 * anywhere: the next run goes on from the last page that was written, and an attempt that is met twice is left as it is.
 */
export async function runJobs(deps: Deps, limit: number): Promise<void> {
  let left = limit
  while (left > 0 && !deps.isDraining()) {
    const now = deps.now()
    const [[job]] = await deps.db.batch([claimJob(deps.db, { now, until: now + LEASE_MS })])
    if (!job) return
    const most = left
    left = await traced(deps, job.kind, (scope) => runJob(scope, job, most))
  }
}

/** Lets jobs go on behind the answer to the call that made one. What this does not come to, the timer does. */
export function beginJobs(deps: Deps): void {
  const work = runJobs(deps, FIRST_RUN).catch(() => deps.log({ level: 'error', event: 'job-failed' }))
  deps.background(work)
}

/** Gives back how many attempts may still be looked at. A job that fails keeps no other waiting: they come before it next time. */
async function runJob(deps: Deps, claimed: JobRow, limit: number): Promise<number> {
  let job: JobRow | null = claimed
  let left = limit
  let failedAt: number | undefined = deps.now()
  try {
    while (job && left > 0 && !deps.isDraining()) {
      const done = await runPage(deps, job, Math.min(PAGE, left))
      left -= Math.max(1, done.attempts)
      job = done.job
    }
    failedAt = undefined
    return left
  } finally {
    await deps.db.batch([releaseJob(deps.db, claimed.id, failedAt)])
  }
}

/** Gives the job as it goes on; null when it is done, or when someone else has come further: then the work is theirs. */
async function runPage(deps: Deps, job: JobRow, size: number): Promise<{ attempts: number; job: JobRow | null }> {
  const { db } = deps
  const [page] = await db.batch([selectAttemptsAfter(db, { ...WHICH[job.kind](job), after: job.cursor, limit: size })])
  const counted: Progress[] = []
  for (const attempt of page) counted.push(await step(deps, job, attempt))
  const now = deps.now()
  const reached = {
    cursor: page.at(-1)?.id ?? job.cursor,
    progress: counted.reduce(add, job.progress),
    finishedAt: page.length < size ? now : null,
    leasedUntil: now + LEASE_MS,
  }
  const [advanced] = await db.batch([advanceJob(db, job, reached)])
  const goesOn = advanced.length > 0 && reached.finishedAt === null
  return { attempts: page.length, job: goesOn ? { ...job, ...reached } : null }
}

/** One that has been erased in the meantime is nothing to a job, and none is to one that someone else has done. */
async function step(deps: Deps, job: JobRow, attempt: AttemptInJob): Promise<Progress> {
  try {
    return await STEPS[job.kind](deps, job, attempt)
  } catch (error) {
    if (error instanceof AnswerkeyError && error.code === 'not-found') return {}
    throw error
  }
}
