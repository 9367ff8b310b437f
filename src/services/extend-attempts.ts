import type { Actor, Deps } from '../deps.ts'
import type { JobRow } from '../db/jobs.ts'
import { selectQuiz } from '../db/quizzes.ts'
import type { Extension } from '../grading/extension.ts'
import type { ExtensionRequest } from '../grading/job-request.ts'
import { sameJson } from '../grading/same-json.ts'
import { toTime } from './_attempt-view.ts'
import { requireStaff } from './_authorise.ts'
import { notFound } from './_current-quiz.ts'
import type { RequestKey } from './_ids.ts'
import { createJob, loadJob } from './_job.ts'
import { beginJobs } from './run-jobs.ts'

export interface ExtendAllInput {
  readonly quiz: string
  readonly extension: Extension
  readonly reason: string
  readonly requestKey: RequestKey | null
}

/** An extension for all, and how far it has come. */
export interface ExtensionJob extends Extension {
  readonly id: string
  readonly quiz: string
  readonly reason: string
  readonly status: 'running' | 'done'
  readonly createdAt: string
  readonly createdBy: string
  readonly finishedAt: string | null
  /** Attempts that have been looked at, and those of them that got more time. */
  readonly attempts: number
  readonly extended: number
}

/** Gives more time to every attempt at a quiz that runs now and has a deadline. */
export async function extendAttempts(deps: Deps, actor: Actor, input: ExtendAllInput): Promise<ExtensionJob> {
  const { keyId: createdBy } = requireStaff(actor, 'attempts:write')
  const { quiz, requestKey } = input
  const request: ExtensionRequest = { extension: input.extension, reason: input.reason }
  const job = await createJob(deps, {
    kind: 'extension',
    quiz,
    createdBy,
    requestKey,
    prefix: 'ext',
    isSame: (earlier) => sameJson(earlier, request),
    decide: async () => {
      const [[row]] = await deps.db.batch([selectQuiz(deps.db, quiz)])
      if (!row) throw notFound()
      return request
    },
  })
  beginJobs(deps)
  return view(job)
}

export async function readExtension(deps: Deps, actor: Actor, quiz: string, id: string): Promise<ExtensionJob> {
  requireStaff(actor, 'attempts:write')
  return view(await loadJob(deps, { kind: 'extension', quiz, id }))
}

function view({ id, quiz, request, createdAt, createdBy, finishedAt, progress }: JobRow): ExtensionJob {
  const { extension, reason } = request as ExtensionRequest
  return {
    id,
    quiz,
    ...extension,
    reason,
    status: finishedAt === null ? 'running' : 'done',
    createdAt: toTime(createdAt),
    createdBy,
    finishedAt: finishedAt === null ? null : toTime(finishedAt),
    attempts: progress['attempts'] ?? 0,
    extended: progress['extended'] ?? 0,
  }
}
