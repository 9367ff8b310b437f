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
