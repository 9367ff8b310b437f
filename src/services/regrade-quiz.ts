import type { Actor, Deps } from '../deps.ts'
import { selectPinnedRevisions } from '../db/attempts.ts'
import { selectQuiz } from '../db/quizzes.ts'
import { invalidInput } from '../errors.ts'
import { checkRegrade } from '../grading/check-regrade.ts'
import type { RegradeRequest } from '../grading/job-request.ts'
import type { PublicQuiz } from '../grading/quiz.ts'
import type { Regrading } from '../grading/regrading.ts'
import { sameJson } from '../grading/same-json.ts'
import { requireStaff } from './_authorise.ts'
import { notFound } from './_current-quiz.ts'
import type { RequestKey } from './_ids.ts'
import { createJob } from './_job.ts'
import { type RegradeJob, requestOf, viewRegrade } from './_regrade.ts'
import { loadRevision } from './_revisions.ts'
import { beginJobs } from './run-jobs.ts'

export interface RegradeInput {
  readonly quiz: string
  readonly regrading: Regrading
  readonly dryRun: boolean
  readonly reason: string
  readonly requestKey: RequestKey | null
}

/**
 * Makes a job that regrades every attempt at a quiz by the key of a revision. What cannot be decided from names alone is
 * refused before anything happens; attempts at revisions that were not looked at here are left as they are.
 */
export async function regradeQuiz(deps: Deps, actor: Actor, input: RegradeInput): Promise<RegradeJob> {
  const { keyId: createdBy } = requireStaff(actor, 'grading:write')
  const { quiz, requestKey, ...asked } = input
  const job = await createJob(deps, {
    kind: 'regrade',
    quiz,
    createdBy,
    requestKey,
    prefix: 'rgr',
    isSame: (earlier) => {
      const { revisions: _, ...request } = requestOf(earlier)
      return sameJson(request, asked)
    },
    decide: () => decide(deps, quiz, asked),
  })
  beginJobs(deps)
  return viewRegrade(job)
}

async function decide(deps: Deps, quiz: string, asked: Omit<RegradeRequest, 'revisions'>): Promise<RegradeRequest> {
  const { db } = deps
  const [[row], pinned] = await db.batch([selectQuiz(db, quiz), selectPinnedRevisions(db, quiz)])
  if (!row) throw notFound()
  const target = await loadRevision(deps, asked.regrading.revision)
  if (target?.quizId !== quiz) throw invalidInput([NOT_OF_THIS_QUIZ])
  const revisions = pinned.map(({ id }) => id).toSorted()
  const served: PublicQuiz[] = []
  for (const id of revisions) served.push(id === target.id ? target.quiz : (await loadRevision(deps, id))!.quiz)
  const issues = checkRegrade(asked.regrading, target.quiz, served)
  if (issues.length > 0) throw invalidInput(issues)
  return { ...asked, revisions }
}

const NOT_OF_THIS_QUIZ = {
  path: ['revision'],
  code: 'unknown-id',
  detail: 'The quiz has no revision with this id.',
} as const
