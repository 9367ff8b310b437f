import { eq } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import { webhookDeliveries } from '../../src/db/schema.ts'
import { deliverWebhooks } from '../../src/services/deliver-webhooks.ts'
import { publish, startFor } from '../support/actions.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { erase, exportOf, NO_ORPHANS, orphansIn, tracesOf } from '../support/learners.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { copyAttempt } from '../support/rows.ts'
import { listen, receiver } from '../support/told.ts'

const everything = { releases: 'everything' } as const
const restricted = quizDocument({ access: 'restricted' })

let host: TestHost
let status: number
let told: string[]

beforeEach(async () => {
  status = 500
  told = []
  host = await createHost({
    outgoing: async (_url, { body }) => {
      told.push(body as string)
      return new Response(null, { status })
    },
  })
  await emptyDatabase(host.deps.db)
})

async function taken(quiz: string, learner: string) {
  const run = await startFor(host, quiz, learner)
  await run.respond('single', { choice: 'b' }, everything)
  await run.finish(everything)
  await host.idle()
  return run
}

/** What is kept of the attempts of these learners, by the endpoint. */
async function kept(): Promise<string[]> {
  const [rows] = await host.deps.db.batch([host.deps.db.select().from(webhookDeliveries)])
  return rows.map(({ endpoint, type, body }) => {
    const { data } = JSON.parse(body) as { data: { learner?: { id: string } } }
    return `${endpoint} ${data.learner?.id ?? '-'} ${type}`
  })
}

it('an erasure takes what was told of a learner and what waits, to every endpoint, and nothing of anyone else', async () => {
  const one = await listen(host, { url: 'https://one.school.edu/', events: ['attempt.finished', 'quiz.published'] })
  const two = await listen(host, { url: 'https://two.school.edu/', events: ['attempt.started', 'attempt.finished'] })
  const quiz = await publish(host, restricted)
  await taken(quiz, 'ada')
  status = 204
  await taken(quiz, 'ada')
  const { body } = await host.client.call('POST', `/v1/webhooks/${one.id}/test`, { token: ROOT_KEY })
  await host.idle()
  await taken(quiz, 'bob')
  expect((await kept()).filter((line) => line.includes(' ada '))).toHaveLength(2 * 3)
  expect((await tracesOf(host.deps.db, 'ada')).length).toBeGreaterThan(6)
  expect((await erase(host, 'ada')).status).toBe(204)
  expect(await tracesOf(host.deps.db, 'ada')).toEqual([])
  expect(await orphansIn(host.deps.db)).toEqual(NO_ORPHANS)
  expect((await kept()).toSorted()).toEqual(
    [
      `${one.id} - ping`,
      `${one.id} - quiz.published`,
      `${one.id} bob attempt.finished`,
      `${two.id} bob attempt.finished`,
      `${two.id} bob attempt.started`,
    ].toSorted(),
  )
  expect(body.type).toBe('ping')
})

it('what waited for a receiver is not sent after the erasure, whenever it comes back', async () => {
  const { id } = await listen(host, { events: ['attempt.finished'] })
  const quiz = await publish(host, restricted)
  await taken(quiz, 'ada')
  await taken(quiz, 'bob')
  await erase(host, 'ada')
  const tried = told.length
  status = 204
  host.clock.now += 3_600_000
  await deliverWebhooks(host.deps)
  const since = { since: '2020-01-01T00:00:00Z' }
  const replayed = await host.client.call('POST', `/v1/webhooks/${id}/replay`, { token: ROOT_KEY, body: since })
  await host.idle()
  expect(replayed.body).toEqual({ deliveries: 1 })
  const learners = told.slice(tried).map((text) => JSON.parse(text).data.learner.id as string)
  expect([...new Set(learners)]).toEqual(['bob'])
})

it('what is told while an erasure is under way is erased with it', async () => {
  await listen(host, { events: ['attempt.started', 'attempt.finished'] })
  const quiz = await publish(host, restricted)
  const run = await startFor(host, quiz, 'ada')
  await Promise.all([erase(host, 'ada'), run.finish(everything).catch(() => null)])
  await host.idle()
  expect(await orphansIn(host.deps.db)).toEqual(NO_ORPHANS)
  expect(await tracesOf(host.deps.db, 'ada')).toEqual([])
})

it('an erasure of many attempts takes their deliveries in each of its batches', async () => {
  await listen(host, { events: ['attempt.finished'] })
  const quiz = await publish(host, restricted)
  const first = await taken(quiz, 'ada')
  const { db } = host.deps
  const [[delivery]] = await db.batch([db.select().from(webhookDeliveries)])
  await copyAttempt(db, first.id, 45)
  for (let copy = 0; copy < 45; copy++) {
    const [id, body] = [delivery!.id, delivery!.body].map((text) =>
      text.replace(first.id.slice(4), `${first.id.slice(4)}-${copy}`),
    )
    await db.batch([db.insert(webhookDeliveries).values({ ...delivery!, id: id!, body: body! })])
  }
  const ofEndpoint = eq(webhookDeliveries.endpoint, delivery!.endpoint)
  expect((await db.batch([db.select().from(webhookDeliveries).where(ofEndpoint)]))[0]).toHaveLength(46)
  await erase(host, 'ada')
  expect((await db.batch([db.select().from(webhookDeliveries).where(ofEndpoint)]))[0]).toEqual([])
})

it('an export holds no deliveries: what they tell is what the attempts say', async () => {
  const { outgoing, told: sent } = receiver()
  const other = await createHost({ outgoing })
  await listen(other, { events: ['attempt.finished'] })
  const quiz = await publish(other, restricted)
  const run = await startFor(other, quiz, 'ada')
  await run.finish(everything)
  await other.idle()
  const { body } = await exportOf(other, 'ada', '', everything)
  expect(Object.keys(body).toSorted()).toEqual(['accommodations', 'attempts', 'learner', 'nextCursor'])
  const { score, maxScore, passed, finishedAt } = sent.find(({ data }) => data.attempt === run.id)!.data
  expect(body.attempts[0].attempt).toMatchObject({ score, maxScore, passed, finishedAt })
})
