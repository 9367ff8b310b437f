import { asc, eq } from 'drizzle-orm'
import type { Database } from '../../src/db/database.ts'
import {
  accommodations,
  answerKeys,
  apiKeys,
  attemptEvents,
  attempts,
  quizzes,
  revisions,
} from '../../src/db/schema.ts'

/**
 * Everything that the tables hold of a quiz, and of API keys that are named after it, without what is random: so two
 * quizzes to which the same has happened look the same. An event that a retry has logged twice is there once.
 */
export async function snapshotOf(db: Database, quiz: string) {
  const { attempt, type, body } = attemptEvents
  const [[pointer], published, keys, started, events, named, rules] = await db.batch([
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
    attempts: started.map((row) => ({
      // A learner may be called after their quiz.
      learner: row.learnerId?.replace(quiz, 'the quiz') ?? null,
      revision: numberOf(row.revision),
      finished: row.finishedAt !== null,
      settled: row.settled !== null,
      score: row.score,
      passed: row.passed,
      events: [...new Set(logOf(row.id).map((event) => JSON.stringify([event.type, event.body])))],
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
  const unsettled = known.map((attempt) => ({ ...attempt, settled: false, score: null, passed: null }))
  return [
    { ...after, attempts: unsettled },
    { ...after, attempts: known },
  ]
}
