import { eq } from 'drizzle-orm'
import type { Database } from '../../src/db/database.ts'
import {
  accommodations,
  attemptEvents,
  attempts,
  regradeChanges,
  requestKeys,
  webhookDeliveries,
} from '../../src/db/schema.ts'
import type { Answer, CallOptions } from './client.ts'
import { ROOT_KEY, type TestHost } from './host.ts'
import type { Json } from './quiz-document.ts'

/** What staff do about a learner. */

export const learnerPath = (learner: string) => `/v1/learners/${encodeURIComponent(learner)}`

const withKey = (key: string | undefined): CallOptions =>
  key === undefined ? { token: ROOT_KEY } : { token: ROOT_KEY, headers: { 'Idempotency-Key': key } }

export function setRules(host: TestHost, learner: string, rules: readonly Json[], key?: string): Promise<Answer> {
  const path = `${learnerPath(learner)}/accommodations`
  return host.client.call('PUT', path, { ...withKey(key), body: { rules } })
}

export function rulesOf(host: TestHost, learner: string, quiz?: string): Promise<Answer> {
  const query = quiz === undefined ? '' : `?quiz=${quiz}`
  return host.client.call('GET', `${learnerPath(learner)}/accommodations${query}`, { token: ROOT_KEY })
}

export function clearRules(host: TestHost, learner: string, key?: string): Promise<Answer> {
  return host.client.call('DELETE', `${learnerPath(learner)}/accommodations`, withKey(key))
}

export function exportOf(host: TestHost, learner: string, query = '', options: CallOptions = {}): Promise<Answer> {
  return host.client.call('GET', `${learnerPath(learner)}${query}`, { token: ROOT_KEY, ...options })
}

export function erase(host: TestHost, learner: string, key?: string): Promise<Answer> {
  return host.client.call('DELETE', learnerPath(learner), withKey(key))
}

/** Rows that belong to nothing any more: events, changes, notes and deliveries of attempts that are gone. */
export async function orphansIn(db: Database): Promise<Record<string, string[]>> {
  const [ids, events, changes, notes, deliveries] = await db.batch([
    db.select({ id: attempts.id }).from(attempts),
    db.selectDistinct({ attempt: attemptEvents.attempt }).from(attemptEvents),
    db.select({ attempt: regradeChanges.attempt }).from(regradeChanges),
    db.select({ subject: requestKeys.subject }).from(requestKeys),
    db.select({ body: webhookDeliveries.body }).from(webhookDeliveries),
  ])
  const known = new Set(ids.map(({ id }) => id))
  const orphans = (rows: readonly { attempt: string }[]) =>
    rows.map(({ attempt }) => attempt).filter((attempt) => !known.has(attempt))
  const noted = notes.map(({ subject }) => ({ attempt: subject })).filter(({ attempt }) => attempt.startsWith('att_'))
  const told = deliveries.flatMap(({ body }) => {
    const { data } = JSON.parse(body) as { data: { attempt?: string } }
    return data.attempt === undefined ? [] : [{ attempt: data.attempt }]
  })
  return { events: orphans(events), changes: orphans(changes), notes: orphans(noted), deliveries: orphans(told) }
}

export const NO_ORPHANS = { events: [], changes: [], notes: [], deliveries: [] }

/** Everything in the tables that names a learner. */
export async function tracesOf(db: Database, learner: string): Promise<unknown[]> {
  const [own, rules, notes, deliveries] = await db.batch([
    db.select().from(attempts).where(eq(attempts.learnerId, learner)),
    db.select().from(accommodations).where(eq(accommodations.learner, learner)),
    db.select().from(requestKeys),
    db.select().from(webhookDeliveries),
  ])
  const told = deliveries.filter(({ body }) => body.includes(`"${learner}"`))
  return [...own, ...rules, ...told, ...notes.filter(({ subject }) => subject.includes(learner))]
}
