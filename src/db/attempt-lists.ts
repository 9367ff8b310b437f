import type { Database } from './database.ts'
import { attempts, revisions } from './schema.ts'
import { and, asc, eq, gt, gte, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm'

/** What staff's lists read of attempts: what the rows say, without their logs. */

export interface AttemptFilter {
  readonly learner?: string | undefined
  readonly status?: 'active' | 'finished' | undefined
  /** As far as it is settled. */
  readonly passed?: boolean | undefined
  readonly updatedSince?: number | undefined
}

export type ListedAttempt = Awaited<ReturnType<typeof selectAttempts>>[number]

/** Attempts at a quiz after the given id, in id order, which is that of their starts. */
export function selectAttempts(
  db: Database,
  { quiz, after, limit, learner, status, passed, updatedSince }: AttemptFilter & Page,
) {
  const { id, revision, learnerId, learnerName, metadata, startedAt } = attempts
  const { finishedAt, settled, due, score, maxScore, updatedAt } = attempts
  return db
    .select({
      id,
      quiz: attempts.quiz,
      revision,
      learnerId,
      learnerName,
      metadata,
      startedAt,
      finishedAt,
      settled,
      due,
      /** Null where nothing is due. */
      graceSeconds: sql<number | null>`CASE WHEN due IS NOT NULL THEN ${ofPolicy('graceSeconds')} END`.as('grace'),
      score,
      passed: attempts.passed,
      maxScore,
      updatedAt,
    })
    .from(attempts)
    .where(
      and(
        eq(attempts.quiz, quiz),
        learner === undefined ? undefined : and(isNotNull(learnerId), eq(learnerId, learner)),
        gt(id, after),
        status === undefined ? undefined : status === 'finished' ? isNotNull(finishedAt) : isNull(finishedAt),
        passed === undefined ? undefined : and(isNotNull(settled), eq(attempts.passed, passed)),
        updatedSince === undefined ? undefined : gte(updatedAt, updatedSince),
      ),
    )
    .orderBy(asc(id))
    .limit(limit)
}

interface Page {
  readonly quiz: string
  readonly after: string
  readonly limit: number
}

/** All attempts of so many learners after the given id who have a settled one, in the order of learners and of starts. */
export function selectAttemptsByLearner(db: Database, { quiz, after, limit }: Page) {
  const { learnerId, learnerName, settled, score, maxScore, passed, updatedAt } = attempts
  const named = and(eq(attempts.quiz, quiz), isNotNull(learnerId), gt(learnerId, after))
  const hasGrade = sql`graded.quiz = ${attempts.quiz} AND graded.learner_id IS NOT NULL AND graded.learner_id = ${learnerId} AND graded.settled IS NOT NULL`
  const learners = db
    .selectDistinct({ learnerId })
    .from(attempts)
    .where(and(named, isNotNull(settled)))
    .orderBy(asc(learnerId))
    .limit(limit)
    .as('learners')
  return db
    .select({
      // Never null here.
      learnerId: sql<string>`learner_id`.as('learner'),
      learnerName,
      settled,
      score,
      maxScore,
      passed,
      updatedAt,
      certainty: sql<number>`${ofPolicy('certainty')}`.as('certainty'),
    })
    .from(attempts)
    .where(
      and(
        named,
        lte(learnerId, sql`(SELECT max(learner_id) FROM ${learners})`),
        // In between are learners who have none, such as a class that is just sitting down to it.
        or(isNotNull(settled), sql`EXISTS (SELECT 1 FROM ${attempts} AS graded WHERE ${hasGrade})`),
      ),
    )
    .orderBy(asc(learnerId), asc(attempts.id))
}

/** A field of the policy that an attempt is taken by. */
function ofPolicy(field: 'graceSeconds' | 'certainty'): SQL {
  const path = sql.raw(`'$.policy.${field}'`)
  return sql`(SELECT json_extract(taken.summary, ${path}) FROM ${revisions} AS taken WHERE taken.id = attempts.revision)`
}
