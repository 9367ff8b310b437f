import type { Actor, Deps } from '../deps.ts'
import { type ListedAttempt, selectAttempts } from '../db/attempt-lists.ts'
import { selectQuiz } from '../db/quizzes.ts'
import { toPoints } from '../grading/points.ts'
import type { Attempt } from '../grading/wire.ts'
import { requireStaff } from './_authorise.ts'
import { learnerOf, toTime } from './_attempt-view.ts'
import { notFound } from './_current-quiz.ts'

/** An attempt as its row tells it: without its log, which is read for one attempt at a time. */
export type AttemptSummary = Pick<
  Attempt,
  | 'id'
  | 'quiz'
  | 'revision'
  | 'status'
  | 'learner'
  | 'metadata'
  | 'startedAt'
  | 'deadline'
  | 'finishedAt'
  | 'score'
  | 'maxScore'
  | 'passed'
> & { readonly updatedAt: string }

export interface AttemptListInput {
  readonly quiz: string
  readonly after: string
  readonly limit: number
  readonly learner?: string | undefined
  readonly status?: 'active' | 'finished' | undefined
  readonly passed?: boolean | undefined
  /** RFC 3339, UTC. */
  readonly updatedSince?: string | undefined
}

/**
 * A page of the attempts at a quiz, archived or not, in id order. Ids sort by the millisecond of the start, so attempts that
 * begin meanwhile come last, and paging neither repeats nor skips what was there.
 */
export async function listAttempts(
  deps: Deps,
  actor: Actor,
  { limit, updatedSince, ...input }: AttemptListInput,
): Promise<{ attempts: AttemptSummary[]; next: string | null }> {
  requireStaff(actor, 'attempts:read')
  const since = updatedSince === undefined ? undefined : Date.parse(updatedSince)
  const page = { ...input, limit: limit + 1, updatedSince: since }
  const [[quiz], rows] = await deps.db.batch([selectQuiz(deps.db, input.quiz), selectAttempts(deps.db, page)])
  if (!quiz) throw notFound()
  const attempts = rows.slice(0, limit).map(summarise)
  return { attempts, next: rows.length > limit ? attempts.at(-1)!.id : null }
}

/** What is not settled has no score yet: a word of staff may have changed what the row still says. */
function summarise(row: ListedAttempt): AttemptSummary {
  const { id, quiz, revision, due, graceSeconds, finishedAt, settled, score, maxScore, passed } = row
  return {
    id,
    quiz,
    revision,
    status: finishedAt === null ? 'active' : 'finished',
    learner: learnerOf(row),
    metadata: row.metadata ?? {},
    startedAt: toTime(row.startedAt),
    deadline: due === null ? null : toTime(due - (graceSeconds ?? 0) * 1000),
    finishedAt: finishedAt === null ? null : toTime(finishedAt),
    score: settled === null || score === null ? null : toPoints(score),
    maxScore: toPoints(maxScore),
    passed: settled === null ? null : passed,
    updatedAt: toTime(row.updatedAt),
  }
}
