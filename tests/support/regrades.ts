import { asc, eq } from 'drizzle-orm'
import { jobs, regradeChanges } from '../../src/db/schema.ts'
import { runJobs } from '../../src/services/run-jobs.ts'
import type { Answer, CallOptions } from './client.ts'
import { ROOT_KEY, type TestHost } from './host.ts'
import type { Json } from './quiz-document.ts'

/** Regrades, as staff ask for them and read what came of them. */

const everything: CallOptions = { token: ROOT_KEY, releases: 'everything' }

/** Publishes another version of a quiz, and gives its revision. */
export async function publishAgain(host: TestHost, quiz: string, document: Json): Promise<string> {
  const answer = await host.client.call('PUT', `/v1/quizzes/${quiz}`, { ...everything, body: document })
  if (answer.status !== 201) throw new Error(`Publishing another version failed: ${answer.text}`)
  return answer.body.revision
}

/** Asks for a regrade: by the new key, unless it is told otherwise. */
export function askForRegrade(host: TestHost, quiz: string, body: Json, options: CallOptions = {}): Promise<Answer> {
  const asked = { rule: 'new-key', reason: 'The key was wrong', ...body }
  return host.client.call('POST', `/v1/quizzes/${quiz}/regrades`, { ...everything, body: asked, ...options })
}

export function readRegrade(host: TestHost, quiz: string, id: string, query = ''): Promise<Answer> {
  return host.client.call('GET', `/v1/quizzes/${quiz}/regrades/${id}${query}`, everything)
}

/** A regrade from its beginning to its end: what is said of it then. */
export async function regrade(host: TestHost, quiz: string, body: Json): Promise<any> {
  const asked = await askForRegrade(host, quiz, body)
  if (asked.status !== 202) throw new Error(`Regrading failed: ${asked.text}`)
  await host.idle()
  await runJobs(host.deps, 1000)
  const { body: read } = await readRegrade(host, quiz, asked.body.id, '?limit=200')
  if (read.status !== 'done') throw new Error('The regrade is not done.')
  return read
}

/** A job that is there, and that nobody has begun: the run behind the answer failed. Gives its id. */
export async function waitingRegrade(host: TestHost, quiz: string, body: Json): Promise<string> {
  // Refused, but now the revisions are in memory.
  await askForRegrade(host, quiz, { ...body, rule: {} })
  const decideAndInsert = 2
  for (let batch = 1; batch <= 20; batch++) host.faults.before(decideAndInsert + batch)
  const asked = await askForRegrade(host, quiz, body)
  await host.idle()
  host.faults.clear()
  const row = await jobRow(host, asked.body.id)
  if (row.cursor !== '' || row.leasedUntil !== 0) throw new Error('The job has begun.')
  return row.id
}

export async function jobRow({ deps: { db } }: TestHost, id: string) {
  const [[row]] = await db.batch([db.select().from(jobs).where(eq(jobs.id, id))])
  if (!row) throw new Error(`There is no job ${id}.`)
  return row
}

/** What is noted of a job, read past the code under test. */
export async function changesOf({ deps: { db } }: TestHost, id: string) {
  const [rows] = await db.batch([
    db.select().from(regradeChanges).where(eq(regradeChanges.job, id)).orderBy(asc(regradeChanges.attempt)),
  ])
  return rows
}

/** What staff see of an attempt. */
export async function staffView(host: TestHost, attempt: string): Promise<any> {
  return (await host.client.call('GET', `/v1/attempts/${attempt}`, everything)).body
}
