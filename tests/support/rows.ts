import { asc, eq } from 'drizzle-orm'
import type { Database } from '../../src/db/database.ts'
import { attemptEvents, attempts, quizzes, revisions } from '../../src/db/schema.ts'

/** What stands in the tables, read past the code under test. */

export async function attemptRow(db: Database, id: string) {
  const [[row]] = await db.batch([db.select().from(attempts).where(eq(attempts.id, id))])
  if (!row) throw new Error(`There is no attempt ${id}.`)
  return row
}

export async function attemptsOf(db: Database, quiz: string) {
  const [rows] = await db.batch([
    db.select().from(attempts).where(eq(attempts.quiz, quiz)).orderBy(asc(attempts.startedAt), asc(attempts.id)),
  ])
  return rows
}

export async function logOf(db: Database, attempt: string) {
  const [rows] = await db.batch([
    db.select().from(attemptEvents).where(eq(attemptEvents.attempt, attempt)).orderBy(asc(attemptEvents.seq)),
  ])
  return rows
}

export async function revisionsOf(db: Database, quiz: string) {
  const [rows] = await db.batch([
    db.select().from(revisions).where(eq(revisions.quiz, quiz)).orderBy(asc(revisions.number)),
  ])
  return rows
}

export async function pointerOf(db: Database, quiz: string) {
  const [[row]] = await db.batch([db.select().from(quizzes).where(eq(quizzes.id, quiz))])
  return row ?? null
}

/** Fills the log of a new attempt with as many events as a learner would take an hour for. */
export async function insertEvents(
  db: Database,
  attempt: string,
  count: number,
  bodyOf: (index: number) => (typeof attemptEvents.$inferInsert)['body'],
): Promise<void> {
  const { startedAt } = await attemptRow(db, attempt)
  const events = Array.from({ length: count }, (_, index) => ({
    attempt,
    seq: index + 1,
    id: `evt_${attempt}_${index + 1}`,
    type: 'responded' as const,
    at: startedAt,
    body: bodyOf(index),
    size: 0,
  }))
  // Few enough that a statement stays below D1's limit of bound parameters.
  const inserts = Array.from({ length: Math.ceil(count / 14) }, (_, page) =>
    db.insert(attemptEvents).values(events.slice(page * 14, page * 14 + 14)),
  )
  const [first, ...rest] = inserts
  if (first) await db.batch([first, ...rest])
}

/** Makes attempts that are like one, log and all, faster than anyone could take them. */
export async function copyAttempt(db: Database, id: string, count: number): Promise<void> {
  const [row, log] = [await attemptRow(db, id), await logOf(db, id)]
  const copies = Array.from({ length: count }, (_, index) => `${id}-${index}`)
  const inserts = copies.flatMap((copy) => [
    db.insert(attempts).values({ ...row, id: copy, requestKey: null }),
    db.insert(attemptEvents).values(log.map((event) => ({ ...event, attempt: copy }))),
  ])
  const [first, ...rest] = inserts
  if (first) await db.batch([first, ...rest])
}
