import { asc, eq } from 'drizzle-orm'
import type { Database } from '../../src/db/database.ts'
import {
  accommodations,
  answerKeys,
  apiKeys,
  attemptEvents,
  attempts,
  jobs,
  quizzes,
  revisions,
  webhookDeliveries,
  webhookEndpoints,
} from '../../src/db/schema.ts'

/**
 * Everything that the tables hold of a quiz, and of API keys and webhooks that are named after it, without what is random: so two
 * quizzes to which the same has happened look the same. An event that a retry has logged twice is there once.
 */
export async function snapshotOf(db: Database, quiz: string) {
  const { attempt, type, body } = attemptEvents
  const [[pointer], published, keys, started, events, named, rules, made, listening, told] = await db.batch([
    db.select().from(quizzes).where(eq(quizzes.id, quiz)),
    db.select().from(revisions).where(eq(revisions.quiz, quiz)).orderBy(asc(revisions.number)),
    db
      .select({ revision: answerKeys.revision })
      .from(answerKeys)
      .innerJoin(revisions, eq(revisions.id, answerKeys.revision))
      .where(eq(revisions.quiz, quiz)),
    db.select().from(attempts).where(eq(attempts.quiz, quiz)).orderBy(asc(attempts.startedAt)),
    db
      .select({ attempt, type, body })
      .from(attemptEvents)
      .innerJoin(attempts, eq(attempts.id, attemptEvents.attempt))
      .where(eq(attempts.quiz, quiz))
      .orderBy(asc(attemptEvents.attempt), asc(attemptEvents.seq)),
    db.select().from(apiKeys).where(eq(apiKeys.name, quiz)).orderBy(asc(apiKeys.id)),
    db.select().from(accommodations).where(eq(accommodations.quiz, quiz)).orderBy(asc(accommodations.learner)),
    db.select().from(jobs).where(eq(jobs.quiz, quiz)).orderBy(asc(jobs.createdAt), asc(jobs.id)),
    db.select().from(webhookEndpoints).where(eq(webhookEndpoints.description, quiz)).orderBy(asc(webhookEndpoints.id)),
    db.select().from(webhookDeliveries).orderBy(asc(webhookDeliveries.createdAt), asc(webhookDeliveries.type)),
  ])
  const numberOf = (id: string) => published.find((revision) => revision.id === id)?.number ?? null
  const logOf = (id: string) => events.filter((event) => event.attempt === id)
  return {
    pointer: pointer && {
      number: numberOf(pointer.revision),
      access: pointer.access,
      archived: pointer.archivedAt !== null,
    },
    revisions: published.map(({ id, number, document }) => ({
      number,
      title: document.title,
      keys: keys.filter((key) => key.revision === id).length,
    })),
    apiKeys: named.map(({ scopes, createdBy, revokedAt }) => ({ scopes, createdBy, revoked: revokedAt !== null })),
    rules: rules.map(({ factor, extraSeconds, unlimited, extraAttempts, reason, setBy }) => ({
      gives: [factor, extraSeconds, unlimited, extraAttempts],
      reason,
      setBy,
    })),
    jobs: made.map(({ kind, finishedAt, progress }) => ({ kind, done: finishedAt !== null, progress })),
    webhooks: listening.map(({ id, url, events: wanted, disabledReason, previousSecret }) => ({
      url,
      events: wanted,
      disabledReason,
      rotated: previousSecret !== null,
      told: told.filter((each) => each.endpoint === id).map((each) => [each.type, each.status]),
    })),
    attempts: started.map((row) => ({
      // A learner may be called after their quiz.
      learner: row.learnerId?.replace(quiz, 'the quiz') ?? null,
      revision: numberOf(row.revision),
      finished: row.finishedAt !== null,
      settled: row.settled !== null,
      score: row.score,
      maxScore: row.maxScore,
      passed: row.passed,
      due: row.due === null ? null : row.due - row.startedAt,
      events: [...new Set(logOf(row.id).map((event) => JSON.stringify(withoutChance(event, row.startedAt))))],
    })),
  }
}

export type Snapshot = Awaited<ReturnType<typeof snapshotOf>>

/**
 * How a quiz may stand whose attempts are being finished: not settled yet, or settled and nothing done that waited for
 * it.
 */
export function whileFinishing(before: Snapshot, after: Snapshot): Snapshot[] {
  const known = after.attempts.slice(0, before.attempts.length)
  const unsettled = known.map((attempt, index) => {
    const { score, maxScore, passed } = before.attempts[index]!
    return { ...attempt, settled: false, score, maxScore, passed }
  })
  return [
    { ...after, attempts: unsettled },
    { ...after, attempts: known },
  ]
}

/** How a quiz may stand on which a job is at work: nothing is done yet, or it has not been written down that it is. */
export function whileWorking(before: Snapshot, after: Snapshot): Snapshot[] {
  const begun = after.jobs.map((job) => ({ ...job, done: false, progress: {} }))
  return [before, after].flatMap(({ attempts: stood }) => [
    { ...after, jobs: begun, attempts: stood },
    { ...after, attempts: stood },
  ])
}

/** An event without ids, with times from the start of its attempt on: so that it is alike in two attempts. */
function withoutChance({ type, body }: Pick<typeof attemptEvents.$inferSelect, 'type' | 'body'>, startedAt: number) {
  if ('regrade' in body) return [type, { ...body, regrade: null, revision: null }]
  if ('deadline' in body) return [type, { ...body, deadline: body.deadline && body.deadline - startedAt }]
  return [type, body]
}
