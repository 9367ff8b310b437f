import type { Actor, Deps } from '../deps.ts'
import { selectAttemptsByLearner } from '../db/attempt-lists.ts'
import { selectSummary } from '../db/quizzes.ts'
import { gradeBy, type GradedAttempt, type GradedAttempts } from '../grading/grade-by.ts'
import { toPoints } from '../grading/points.ts'
import type { Policy } from '../grading/policy.ts'
import type { Learner } from '../grading/wire.ts'
import { requireStaff } from './_authorise.ts'
import { learnerOf, toTime } from './_attempt-view.ts'
import { notFound } from './_current-quiz.ts'

/** What a learner's attempts at a quiz come to. */
export interface Grade {
  readonly learner: Learner
  readonly score: number
  readonly maxScore: number
  readonly passed: boolean | null
  /** How many settled attempts there were to choose from, or to take the mean of. */
  readonly attempts: number
  readonly gradedBy: Policy['gradeBy']
  readonly updatedAt: string
}

type Row = Awaited<ReturnType<typeof selectAttemptsByLearner>>[number]

/**
 * A page of grades in the order of learners' ids, by the rule that the quiz has now. A learner has a grade as soon as an
 * attempt of theirs is settled; nobody is named by anonymous ones.
 */
export async function listGrades(
  deps: Deps,
  actor: Actor,
  { quiz, after, limit }: { quiz: string; after: string; limit: number },
): Promise<{ grades: Grade[]; next: string | null }> {
  requireStaff(actor, 'attempts:read')
  const [[current], rows] = await deps.db.batch([
    selectSummary(deps.db, quiz),
    selectAttemptsByLearner(deps.db, { quiz, after, limit: limit + 1 }),
  ])
  if (!current) throw notFound()
  const byLearner = [...Map.groupBy(rows, (row) => row.learnerId).values()]
  const all = byLearner.flatMap((own) => gradeOf(own, current.summary.policy))
  const grades = all.slice(0, limit)
  return { grades, next: all.length > limit ? grades.at(-1)!.learner.id : null }
}

/** The grade of one learner's attempts, which come in the order of their starts: none where none is settled. */
function gradeOf(own: readonly Row[], policy: Policy): [Grade] | [] {
  const settled = own.filter((row) => row.settled !== null)
  const [first, ...others] = settled.map(toGraded)
  if (!first) return []
  const attempts: GradedAttempts = [first, ...others]
  const { score, maxScore, passed } = gradeBy(policy, attempts)
  return [
    {
      learner: learnerOf(own.findLast((row) => row.learnerName !== null) ?? own[0]!)!,
      score: toPoints(score),
      maxScore: toPoints(maxScore),
      passed,
      attempts: attempts.length,
      gradedBy: policy.gradeBy,
      updatedAt: toTime(settled.reduce((latest, row) => Math.max(latest, row.updatedAt), 0)),
    },
  ]
}

function toGraded({ score, maxScore, passed, certainty }: Row): GradedAttempt {
  return { score: score ?? 0, maxScore, passed, certainty: certainty === 1 }
}
