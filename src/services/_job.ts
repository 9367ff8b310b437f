import type { Deps } from '../deps.ts'
import { insertJob, type JobRow, type NewJob, selectJob, selectJobByRequestKey } from '../db/jobs.ts'
import { notFound } from './_current-quiz.ts'
import { hashRequestKey, randomId, type RequestKey } from './_ids.ts'
import { keyReused } from './_new-attempt.ts'

/** What a job counts, by name. */
export type Progress = Readonly<Record<string, number>>

/** What a job does with one attempt, and what it counts of it. Done again it has no second effect, and counts the same. */
export type JobStep = (deps: Deps, job: JobRow, attempt: AttemptInJob) => Promise<Progress>

export interface AttemptInJob {
  readonly id: string
  readonly revision: string
}

interface CreateJobInput extends Pick<NewJob, 'kind' | 'quiz' | 'createdBy'> {
  readonly requestKey: RequestKey | null
  /** What its ids begin with. */
  readonly prefix: string
  /** Whether a job that came with the same Idempotency-Key was asked for in the same words. */
  readonly isSame: (request: JobRow['request']) => boolean
  /** What is to be done; throws what it is refused for. Not asked again when the job is there. */
  readonly decide: () => Promise<JobRow['request']>
}

/** Makes a job; a request that comes again with its key gets the job that it made. */
export async function createJob(deps: Deps, { isSame, ...job }: CreateJobInput): Promise<JobRow> {
  const requestKey = job.requestKey && (await hashRequestKey(job.requestKey))
  const row = (await findByRequestKey(deps, requestKey)) ?? (await insert(deps, job, requestKey))
  if (row?.kind !== job.kind || row.quiz !== job.quiz || !isSame(row.request)) throw keyReused()
  return row
}

async function findByRequestKey({ db }: Deps, requestKey: string | null): Promise<JobRow | undefined> {
  if (requestKey === null) return undefined
  const [[row]] = await db.batch([selectJobByRequestKey(db, requestKey)])
  return row
}

/** Of two at once with one key one is made, and both get it. */
async function insert(
  deps: Deps,
  { kind, quiz, createdBy, prefix, decide }: Omit<CreateJobInput, 'isSame'>,
  requestKey: string | null,
): Promise<JobRow | undefined> {
  const { db } = deps
  const request = await decide()
  const id = randomId(deps, prefix)
  const [, [row]] = await db.batch([
    insertJob(db, { id, kind, quiz, request, createdAt: deps.now(), createdBy, requestKey }),
    requestKey === null ? selectJob(db, id) : selectJobByRequestKey(db, requestKey),
  ])
  return row
}

/** A job of a quiz, for whoever may see it. */
export async function loadJob(deps: Deps, { kind, quiz, id }: Pick<JobRow, 'kind' | 'quiz' | 'id'>): Promise<JobRow> {
  const [[row]] = await deps.db.batch([selectJob(deps.db, id)])
  if (row?.kind !== kind || row.quiz !== quiz) throw notFound()
  return row
}

/** Adds what an attempt came to. */
export function add(progress: Progress, more: Progress): Progress {
  const sums = Object.entries(more).map(([name, count]) => [name, (progress[name] ?? 0) + count])
  return { ...progress, ...Object.fromEntries(sums) }
}
