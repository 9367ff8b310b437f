import type { JobRequest } from '../grading/job-request.ts'
import type { AttemptEvent } from '../grading/log.ts'
import type { AnswerKey, PublicQuiz } from '../grading/quiz.ts'
import type { Standing } from '../grading/standing.ts'
import type { QuizSummary } from '../content/summary.ts'
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

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
    maxScore: integer('max_score').notNull().default(0),
    /** When what the row says last changed: the start, the end, a word of staff. */
    updatedAt: integer('updated_at').notNull().default(0),
    /** The seq up to which webhooks have been told of it. */
    announced: integer().notNull().default(0),
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
    type: text({ enum: ['responded', 'finished', 'extended', 'graded', 'overridden', 'regraded'] }).notNull(),
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
export const requestKeys = sqliteTable(
  'request_keys',
  {
    key: text().primaryKey(),
    /** What the request came to: the id of an attempt, revision, quiz or learner. */
    subject: text().notNull(),
    /** A hash of the request, where the subject does not tell what was asked for. */
    digest: text(),
  },
  (table) => [
    // Erasing a learner finds what is noted of their attempts.
    index('request_keys_subject')
      .on(table.subject)
      .where(sql`digest IS NOT NULL`),
  ],
)

/** What a learner is given beyond the policy: for one quiz, or with an empty `quiz` for all that have no rule of their own. */
export const accommodations = sqliteTable(
  'accommodations',
  {
    learner: text().notNull(),
    quiz: text().notNull(),
    factor: real(),
    extraSeconds: integer('extra_seconds'),
    unlimited: integer({ mode: 'boolean' }).notNull(),
    extraAttempts: integer('extra_attempts'),
    reason: text().notNull(),
    setAt: integer('set_at').notNull(),
    setBy: text('set_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.learner, table.quiz] })],
)

/** Scoped API keys: of the secret itself only its SHA-256 is kept. */
export const apiKeys = sqliteTable(
  'api_keys',
  {
    id: text().primaryKey(),
    hash: text().notNull(),
    name: text().notNull(),
    scopes: text({ mode: 'json' }).$type<string[]>().notNull(),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    revokedAt: integer('revoked_at'),
    requestKey: text('request_key'),
  },
  (table) => [
    uniqueIndex('api_keys_hash').on(table.hash),
    uniqueIndex('api_keys_request_key')
      .on(table.requestKey)
      .where(sql`request_key IS NOT NULL`),
  ],
)

/**
 * Work on many attempts that goes on attempt by attempt, in the order of their ids, and may be cut off anywhere: a regrade,
 * an extension for all that run.
 */
export const jobs = sqliteTable(
  'jobs',
  {
    id: text().primaryKey(),
    kind: text({ enum: ['regrade', 'extension'] }).notNull(),
    quiz: text().notNull(),
    request: text({ mode: 'json' }).$type<JobRequest>().notNull(),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    requestKey: text('request_key'),
    /** The last attempt that is done; empty before the first. */
    cursor: text().notNull().default(''),
    /** Counts over the attempts that are done. */
    progress: text({ mode: 'json' }).$type<Record<string, number>>().notNull(),
    finishedAt: integer('finished_at'),
    /** Until when whoever works on it is left alone. */
    leasedUntil: integer('leased_until').notNull().default(0),
  },
  (table) => [
    uniqueIndex('jobs_request_key')
      .on(table.requestKey)
      .where(sql`request_key IS NOT NULL`),
    index('jobs_quiz').on(table.quiz),
    index('jobs_unfinished')
      .on(table.createdAt)
      .where(sql`finished_at IS NULL`),
  ],
)

/** How far work has come that goes through attempts in the order of their ids, again and again. */
export const cursors = sqliteTable('cursors', {
  /** What is done. */
  name: text().primaryKey(),
  /** The last attempt that it has passed. */
  attempt: text().notNull(),
})

/** What a regrade changed, or as a dry run would change: one row an attempt. */
export const regradeChanges = sqliteTable(
  'regrade_changes',
  {
    job: text().notNull(),
    attempt: text().notNull(),
    before: text({ mode: 'json' }).$type<Standing>().notNull(),
    after: text({ mode: 'json' }).$type<Standing>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.job, table.attempt] })],
)

/** Who is told what, and by which secrets it is signed. They are kept as they are: signing needs them. */
export const webhookEndpoints = sqliteTable('webhook_endpoints', {
  id: text().primaryKey(),
  url: text().notNull(),
  events: text({ mode: 'json' }).$type<string[]>().notNull(),
  /** Null for every quiz. */
  quizzes: text({ mode: 'json' }).$type<string[]>(),
  description: text().notNull(),
  headers: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
  secret: text().notNull(),
  /** Signs beside the new one for a while after a rotation. */
  previousSecret: text('previous_secret'),
  previousUntil: integer('previous_until'),
  createdAt: integer('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  /** Since when nothing has arrived; null while things do. */
  failingSince: integer('failing_since'),
  disabledAt: integer('disabled_at'),
  disabledReason: text('disabled_reason', { enum: ['gone', 'failing', 'staff'] }),
  lastFailedAt: integer('last_failed_at'),
})

/** What is to be told to whom: the outbox. A row is written in the batch of what it tells about. */
export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    endpoint: text().notNull(),
    /** The webhook-id: the same over every try, and made from what is told about, so that nothing is told twice. */
    id: text().notNull(),
    type: text().notNull(),
    body: text().notNull(),
    createdAt: integer('created_at').notNull(),
    status: text({ enum: ['pending', 'delivered', 'failed'] }).notNull(),
    tries: integer().notNull(),
    /** When to try next; null when there is nothing to try. */
    due: integer(),
    leasedUntil: integer('leased_until').notNull(),
    lastTriedAt: integer('last_tried_at'),
    /** A class of HTTP status, or why there was none. */
    lastStatus: text('last_status'),
    lastAnswer: text('last_answer'),
    /** The `traceparent` of what made it: every try goes on with that trace. */
    trace: text(),
  },
  (table) => [
    primaryKey({ columns: [table.endpoint, table.id] }),
    index('webhook_deliveries_due')
      .on(table.endpoint, table.due)
      .where(sql`due IS NOT NULL`),
  ],
)
