import { beforeAll, describe, expect, it } from 'vitest'
import { selectAttemptsByLearner } from '../../src/db/attempt-lists.ts'
import { attempts } from '../../src/db/schema.ts'
import { costOf } from '../support/cost.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import type { Json } from '../support/quiz-document.ts'
import { publishPoints, read } from '../support/staff-lists.ts'

let host: TestHost
let plain: string
let timed: string

const LEARNERS = 60
const ATTEMPTS_EACH = 3

/** A quiz with many settled attempts, three a learner. */
async function taken(policy: Json): Promise<string> {
  const { db } = host.deps
  const quiz = await publishPoints(host, [1], policy)
  const { revision } = (await host.client.call('GET', `/v1/quizzes/${quiz}`, { token: ROOT_KEY })).body
  const settled = { startedAt: 1, finishedAt: 1, settled: 2, score: 0, maxScore: 1000, passed: false, updatedAt: 1 }
  const insert = (index: number) =>
    db.insert(attempts).values({
      id: `att_${quiz}_${String(index).padStart(4, '0')}`,
      quiz,
      revision,
      learnerId: `learner-${String(index % LEARNERS).padStart(3, '0')}`,
      ...settled,
      ...(policy['timeLimitSeconds'] !== undefined && { due: 1000 }),
    })
  const [first, ...others] = Array.from({ length: LEARNERS * ATTEMPTS_EACH }, (_, index) => insert(index))
  await db.batch([first!, ...others])
  return quiz
}

beforeAll(async () => {
  host = await createHost()
  plain = await taken({})
  timed = await taken({ timeLimitSeconds: 60, graceSeconds: 5 })
})

/** Where a page costs other than one round trip, nothing written, and at most so many rows read: D1 alone tells of rows. */
async function overruns(path: string, budget: number): Promise<string[]> {
  let status = 0
  const cost = await costOf(host, async () => ({ status } = await read(host, path)))
  return [
    ...(status === 200 ? [] : [`the call failed: ${status}`]),
    ...(cost.trips === 1 ? [] : [`${cost.trips} round trips`]),
    ...((cost.rowsWritten ?? 0) === 0 ? [] : [`${cost.rowsWritten} rows written`]),
    ...((cost.rowsRead ?? 0) <= budget ? [] : [`${cost.rowsRead} rows read for ${budget}`]),
  ]
}

/** The quiz. */
const ONE = 1

describe('a page of a list costs one round trip', () => {
  for (const limit of [1, 10, 50]) {
    // Whether there is a next page is told by one row more.
    const more = limit + 1

    it(`and a row an attempt, ${limit} of them`, async () => {
      expect(await overruns(`/v1/quizzes/${plain}/attempts?limit=${limit}`, ONE + more)).toEqual([])
    })

    it(`and two rows an attempt that has a deadline, ${limit} of them, for the grace of its revision`, async () => {
      expect(await overruns(`/v1/quizzes/${timed}/attempts?limit=${limit}`, ONE + 2 * more)).toEqual([])
    })

    it(`and three rows for each attempt of ${limit} learners with a grade`, async () => {
      // Where the quiz points; and to know where a range ends, each of two searches looks behind it.
      const rest = 2 + 2
      expect(await overruns(`/v1/quizzes/${plain}/grades?limit=${limit}`, rest + 3 * ATTEMPTS_EACH * more)).toEqual([])
    })
  }

  it('and as much in the middle of the list as at its beginning', async () => {
    for (const [list, perRow] of [
      ['attempts', 1],
      ['grades', 3 * ATTEMPTS_EACH],
    ] as const) {
      const path = `/v1/quizzes/${plain}/${list}?limit=10`
      const { nextCursor } = (await read(host, path)).body
      expect(await overruns(`${path}&cursor=${nextCursor}`, 4 + perRow * 11)).toEqual([])
    }
  })

  it('and fetches nothing of learners who have no grade yet, however many there are', async () => {
    const { db } = host.deps
    const quiz = await publishPoints(host, [1])
    const insert = (index: number, settled: number | null) =>
      db.insert(attempts).values({
        id: `att_${quiz}_${index}`,
        quiz,
        revision: 'rev_any',
        learnerId: `learner-${String(index).padStart(3, '0')}`,
        startedAt: 1,
        settled,
      })
    const [first, ...others] = Array.from({ length: 200 }, (_, index) => insert(index, index % 100 === 99 ? 2 : null))
    await db.batch([first!, ...others])
    const [rows] = await db.batch([selectAttemptsByLearner(db, { quiz, after: '', limit: 2 })])
    expect(rows.map(({ learnerId }) => learnerId)).toEqual(['learner-099', 'learner-199'])
  })

  it('and no more than the attempts of the one learner that is asked for', async () => {
    expect(
      await overruns(`/v1/quizzes/${plain}/attempts?learner=learner-030&passed=false`, ONE + ATTEMPTS_EACH + 1),
    ).toEqual([])
    expect(await overruns(`/v1/quizzes/${plain}/attempts?learner=nobody`, ONE + 1)).toEqual([])
  })
})
