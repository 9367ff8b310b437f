import type { AttemptEvent } from '../grading/log.ts'
import type { AnswerKey, PublicQuiz } from '../grading/quiz.ts'
import type { QuizSummary } from '../content/summary.ts'
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/**
 * The tables. Times are milliseconds since the epoch, scores thousandths of a point. Tables that a learner's call writes
 * to are WITHOUT ROWID (written into the migration by hand): one row of theirs is then one row written.
 */

/** The only mutable pointer: which revision of a quiz new attempts get. */
export const quizzes = sqliteTable('quizzes', {
  id: text().primaryKey(),
  revision: text().notNull(),
  access: text({ enum: ['public', 'restricted'] }).notNull(),
  archivedAt: integer('archived_at'),
})

/** Immutable. Holds nothing that is not public. */
export const revisions = sqliteTable(
  'revisions',
  {
    id: text().primaryKey(),
    quiz: text().notNull(),
    number: integer().notNull(),
    gradingVersion: integer('grading_version').notNull(),
    document: text({ mode: 'json' }).$type<PublicQuiz>().notNull(),
    /** Computed from the document: a list of quizzes reads no documents. */
    summary: text({ mode: 'json' }).$type<QuizSummary>().notNull(),
    publishedAt: integer('published_at').notNull(),
    publishedBy: text('published_by').notNull(),
    requestKey: text('request_key'),
  },
  (table) => [
    uniqueIndex('revisions_quiz_number').on(table.quiz, table.number),
    uniqueIndex('revisions_request_key')
      .on(table.requestKey)
      .where(sql`request_key IS NOT NULL`),
  ],
)

/** Immutable. Everything of a revision that is not public: read by `answer-keys.ts` alone. */
export const answerKeys = sqliteTable('answer_keys', {
  revision: text().primaryKey(),
  document: text({ mode: 'json' }).$type<AnswerKey>().notNull(),
})

export const attempts = sqliteTable(
  'attempts',
  {
    id: text().primaryKey(),
    quiz: text().notNull(),
    revision: text().notNull(),
    learnerId: text('learner_id'),
    learnerName: text('learner_name'),
    metadata: text({ mode: 'json' }).$type<Record<string, string>>(),
    requestKey: text('request_key'),
    startedAt: integer('started_at').notNull(),
    /** As given at the start, without grace. */
    deadline: integer(),
    // The rest is a cache of what the fold says of the log.
    finishedAt: integer('finished_at'),
    /** The seq up to which score and passed are true, and what follows from them is written. */
    settled: integer(),
    /** The current deadline with its grace. */
    due: integer(),
    score: integer(),
    passed: integer({ mode: 'boolean' }),
  },
  (table) => [
    index('attempts_quiz').on(table.quiz),
    index('attempts_learner')
      .on(table.quiz, table.learnerId)
      .where(sql`learner_id IS NOT NULL`),
    uniqueIndex('attempts_request_key')
      .on(table.requestKey)
      .where(sql`request_key IS NOT NULL`),
    // What the hosts' timer looks for: finished and not settled, or past due and not finished.
    index('attempts_unsettled')
      .on(sql`coalesce(finished_at, due)`)
      .where(sql`settled IS NULL AND coalesce(finished_at, due) IS NOT NULL`),
  ],
)

/** The append-only log that an attempt is folded from. */
export const attemptEvents = sqliteTable(
  'attempt_events',
  {
    attempt: text().notNull(),
    seq: integer().notNull(),
    id: text().notNull(),
    type: text({ enum: ['responded', 'finished'] }).notNull(),
    at: integer().notNull(),
    body: text({ mode: 'json' }).$type<AttemptEvent['body']>().notNull(),
    /** Characters of the bodies up to and with this one. */
    size: integer().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.attempt, table.seq] })],
)

/**
 * Idempotency keys of requests that made nothing, and so stand on no row of their own: a start that returned the active
 * attempt, a publication that changed nothing, an archiving.
 */
export const requestKeys = sqliteTable('request_keys', {
  key: text().primaryKey(),
  /** What the request came to: the id of an attempt, revision or quiz. */
  subject: text().notNull(),
  /** A hash of the request, where the subject does not tell what was asked for. */
  digest: text(),
})
