import { beforeEach, describe, expect, it } from 'vitest'
import { jobs, regradeChanges } from '../../src/db/schema.ts'
import { settleDueAttempts } from '../../src/services/settle-due-attempts.ts'
import { publish, type Run, startFor } from '../support/actions.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { createHost, ROOT_KEY, START, type TestHost } from '../support/host.ts'
import { clearRules, erase, exportOf, NO_ORPHANS, orphansIn, rulesOf, setRules, tracesOf } from '../support/learners.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { attemptRow, attemptsOf, copyAttempt, insertEvents, logOf } from '../support/rows.ts'
import { countRows } from '../support/tables.ts'

let host: TestHost

beforeEach(async () => {
  host = await createHost({ clock: { now: START } })
  await emptyDatabase(host.deps.db)
  await host.deps.db.batch([host.deps.db.delete(jobs), host.deps.db.delete(regradeChanges)])
})

const everything = { releases: 'everything' } as const
const restricted = (policy: Json = {}) => quizDocument({ access: 'restricted', policy })
const rule = { quiz: null, factor: 2, reason: 'Agreed.' }
const withKey = (key: string) => ({ headers: { 'Idempotency-Key': key } })

async function taken(quiz: string, learner: string): Promise<Run> {
  const run = await startFor(host, quiz, learner)
  await run.respond('single', { choice: 'b' }, everything)
  await run.finish(everything)
  return run
}

/** A finished attempt by the shortest way. */
function submitFor(quiz: string, learner: string, key?: string) {
  const body = { learner: { id: learner }, responses: [{ question: 'single', response: { choice: 'b' } }] }
  const options = { token: ROOT_KEY, body, ...everything, ...(key && withKey(key)) }
  return host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, options)
}

/** A regrade of a quiz that has changed these attempts. */
async function regraded(quiz: string, ...attempts: string[]): Promise<void> {
  const { db } = host.deps
  const job = `job_${quiz}_${attempts.length}`
  const standing = { score: 1, maxScore: 1, passed: null }
  const row = {
    id: job,
    kind: 'regrade',
    quiz,
    request: { extension: {}, reason: 'r' },
    createdAt: 1,
    createdBy: 'root',
    progress: {},
  } as const
  await db.batch([
    db.insert(jobs).values(row),
    db.insert(regradeChanges).values(attempts.map((attempt) => ({ job, attempt, before: standing, after: standing }))),
  ])
}

/** Of a learner everything that there can be: attempts at two quizzes, rules, notes of requests, changes by regrades. */
async function everythingOf(learner: string, quizzes: readonly [string, string]): Promise<Run[]> {
  const runs = [await taken(quizzes[0], learner), await taken(quizzes[1], learner), await taken(quizzes[0], learner)]
  const active = await startFor(host, quizzes[1], learner)
  await active.respond('truth', { choice: 'true' }, everything)
  await startFor(host, quizzes[1], learner, withKey(`a-start-of-${learner}`))
  await setRules(host, learner, [rule, { ...rule, quiz: quizzes[0] }], `rules-of-${learner}`)
  await regraded(quizzes[0], runs[0]!.id, runs[2]!.id)
  return [...runs, active]
}

describe('an erasure', () => {
  it('leaves nothing of a learner, and everything of everybody else', async () => {
    const quizzes = [await publish(host, restricted()), await publish(host, restricted())] as const
    await everythingOf('bob', quizzes)
    await host.deps.db.delete(jobs)
    const before = await countRows(host.deps.db)
    await everythingOf('ada', quizzes)
    expect(await tracesOf(host.deps.db, 'ada')).toHaveLength(4 + 2 + 1)
    const erased = await erase(host, 'ada')
    expect([erased.status, erased.text]).toEqual([204, ''])
    expect(await tracesOf(host.deps.db, 'ada')).toEqual([])
    expect(await countRows(host.deps.db)).toEqual({ ...before, jobs: 1 })
    expect(await orphansIn(host.deps.db)).toEqual(NO_ORPHANS)
    expect((await exportOf(host, 'bob', '', everything)).body.attempts).toHaveLength(4)
    expect(JSON.stringify(host.log)).not.toContain('ada')
  })

  it('makes the tokens of the attempts name nothing', async () => {
    const quizzes = [await publish(host, restricted()), await publish(host, restricted())] as const
    const runs = await everythingOf('ada', quizzes)
    await erase(host, 'ada')
    for (const to of [host, await host.isolate()]) {
      for (const { id, token } of runs) {
        const path = `/v1/attempts/${id}`
        const body = { responses: [{ question: 'single', response: { choice: 'b' } }] }
        expect((await to.client.call('GET', path, { token })).status).toBe(404)
        expect((await to.client.call('GET', path, { token: ROOT_KEY })).status).toBe(404)
        expect((await to.client.call('POST', `${path}/responses`, { token, body })).status).toBe(404)
        expect((await to.client.call('POST', `${path}/finish`, { token })).status).toBe(404)
      }
    }
    expect(await orphansIn(host.deps.db)).toEqual(NO_ORPHANS)
  })

  it('makes room for all attempts that the policy allows, without the rules there were', async () => {
    const quiz = await publish(host, restricted({ attemptsPerLearner: 1, timeLimitSeconds: 60 }))
    await setRules(host, 'ada', [rule])
    await taken(quiz, 'ada')
    await erase(host, 'ada')
    const run = await startFor(host, quiz, 'ada')
    expect(run.started.status).toBe(201)
    expect((await attemptRow(host.deps.db, run.id)).deadline).toBe(START + 60_000)
    expect((await rulesOf(host, 'ada')).body.rules).toEqual([])
  })

  it('is one of a learner with rules alone, or with a note alone', async () => {
    await setRules(host, 'ada', [rule])
    expect((await erase(host, 'ada')).status).toBe(204)
    await clearRules(host, 'ada', 'a-key')
    expect((await erase(host, 'ada', 'k')).status).toBe(204)
    expect(await tracesOf(host.deps.db, 'ada')).toEqual([])
    expect(problemOf(await erase(host, 'ada'))).toEqual([404, 'not-found'])
  })

  it('is none of someone who is not known', async () => {
    for (const key of [undefined, 'k']) {
      const before = await countRows(host.deps.db)
      expect(problemOf(await erase(host, 'nobody', key))).toEqual([404, 'not-found'])
      expect(await countRows(host.deps.db)).toEqual(before)
    }
  })

  it('of someone who is called like another’s attempt leaves that alone', async () => {
    const quiz = await publish(host, restricted())
    const run = await startFor(host, quiz, 'bob')
    await startFor(host, quiz, 'bob', withKey('a-start-of-bob'))
    await setRules(host, run.id, [rule], 'k')
    expect((await erase(host, run.id)).status).toBe(204)
    await run.finish(everything)
    const again = await startFor(host, quiz, 'bob', withKey('a-start-of-bob'))
    expect([again.started.status, again.id]).toEqual([200, run.id])
  })

  it('keeps an attempt that has run out from the timer', async () => {
    const quiz = await publish(host, restricted({ timeLimitSeconds: 60 }))
    await startFor(host, quiz, 'ada')
    await erase(host, 'ada')
    host.clock.now += 61_000
    expect(await settleDueAttempts(host.deps)).toBe(0)
    expect(host.log.filter(({ event }) => event === 'settle-failed')).toEqual([])
  })
})

describe('after an erasure', () => {
  it('a start that is sent again with its key starts anew', async () => {
    const quiz = await publish(host, restricted())
    const first = await startFor(host, quiz, 'ada', withKey('k'))
    const returned = await startFor(host, quiz, 'ada', withKey('l'))
    expect([returned.started.status, returned.id]).toEqual([200, first.id])
    await erase(host, 'ada')
    for (const key of ['k', 'l']) {
      const again = await startFor(host, quiz, 'ada', withKey(key))
      expect(again.id).not.toBe(first.id)
      expect(again.started.status).toBe(key === 'k' ? 201 : 200)
      expect(again.started.body.attempt.answeredCount).toBe(0)
    }
    expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(1)
  })

  it('so does a submission, and rules are set again', async () => {
    const quiz = await publish(host, restricted())
    const first = await submitFor(quiz, 'ada', 'k')
    await setRules(host, 'ada', [rule], 'k')
    await erase(host, 'ada')
    const again = await submitFor(quiz, 'ada', 'k')
    expect(again.status).toBe(201)
    expect(again.body.attempt.id).not.toBe(first.body.attempt.id)
    expect((await setRules(host, 'ada', [rule], 'k')).body.rules).toMatchObject([rule])
  })

  it('sent again without a key it is a 404, and erases what began since', async () => {
    const quiz = await publish(host, restricted())
    await taken(quiz, 'ada')
    expect((await erase(host, 'ada')).status).toBe(204)
    expect((await erase(host, 'ada')).status).toBe(404)
    await taken(quiz, 'ada')
    expect((await erase(host, 'ada')).status).toBe(204)
    expect(await tracesOf(host.deps.db, 'ada')).toEqual([])
  })

  it('sent again with its key it is a 204, and leaves what began since, be it in the same millisecond', async () => {
    const quiz = await publish(host, restricted())
    await taken(quiz, 'ada')
    await setRules(host, 'ada', [rule])
    expect((await erase(host, 'ada', 'k')).status).toBe(204)
    expect((await erase(host, 'ada', 'k')).status).toBe(204)
    const run = await startFor(host, quiz, 'ada')
    await setRules(host, 'ada', [rule])
    for (const to of [host, await host.isolate()]) expect((await erase(to, 'ada', 'k')).status).toBe(204)
    expect((await run.resume()).status).toBe(200)
    expect((await rulesOf(host, 'ada')).body.rules).toHaveLength(1)
    expect((await erase(host, 'ada', 'l')).status).toBe(204)
    expect(await tracesOf(host.deps.db, 'ada')).toEqual([])
  })

  it('its key is another key for another learner, and names nobody in the tables', async () => {
    const quiz = await publish(host, restricted())
    await taken(quiz, 'ada')
    await taken(quiz, 'bob')
    await erase(host, 'ada', 'k')
    expect((await erase(host, 'bob', 'k')).status).toBe(204)
    expect(await attemptsOf(host.deps.db, quiz)).toEqual([])
    expect([...(await tracesOf(host.deps.db, 'ada')), ...(await tracesOf(host.deps.db, 'bob'))]).toEqual([])
  })

  it('refused, its key stands for nothing yet', async () => {
    expect((await erase(host, 'ada', 'k')).status).toBe(404)
    await taken(await publish(host, restricted()), 'ada')
    expect((await erase(host, 'ada', 'k')).status).toBe(204)
    expect(await tracesOf(host.deps.db, 'ada')).toEqual([])
  })
})

/** How many attempts of a learner are there, each with the log that it had. */
async function left(quiz: string): Promise<number> {
  const rows = await attemptsOf(host.deps.db, quiz)
  for (const { id } of rows) expect(await logOf(host.deps.db, id)).toHaveLength(2)
  expect(await orphansIn(host.deps.db)).toEqual(NO_ORPHANS)
  return rows.length
}

describe('an erasure of many attempts', () => {
  const ATTEMPTS = 45

  async function many(): Promise<string> {
    const quiz = await publish(host, restricted())
    const { body } = await submitFor(quiz, 'ada')
    await copyAttempt(host.deps.db, body.attempt.id, ATTEMPTS - 1)
    await setRules(host, 'ada', [rule], 'rules')
    return quiz
  }

  it('takes them in batches, none of them larger than one full log', async () => {
    const quiz = await publish(host, restricted())
    for (const events of [1999, 1, 1200, 700, 200, 3]) {
      // They are taken in the order in which they began.
      host.clock.now += 1
      const run = await startFor(host, quiz, 'ada')
      await insertEvents(host.deps.db, run.id, events, () => ({ responses: [] }))
      await run.finish(everything)
    }
    const trips = host.meter.trips
    await erase(host, 'ada')
    // With the events that finished them: 2000, then 2 + 1201 + 701, then 201 + 4; each read and then deleted.
    expect(host.meter.trips - trips).toBe(6)
    expect(await tracesOf(host.deps.db, 'ada')).toEqual([])
    expect(await orphansIn(host.deps.db)).toEqual(NO_ORPHANS)
  })

  for (const [how, key, batches] of [
    ['without a key', undefined, 6],
    ['with a key', 'k', 7],
  ] as const) {
    it(`that is cut off anywhere loses no way back: sent again ${how} it is completed`, async () => {
      for (let batch = 1; batch <= batches; batch++) {
        for (const kind of ['before', 'after'] as const) {
          const quiz = await many()
          const trips = host.meter.trips
          host.faults[kind](batch)
          const cut = await erase(host, 'ada', key && `${key}-${batch}-${kind}`)
          host.faults.clear()
          expect(problemOf(cut)).toEqual([503, 'unavailable'])
          expect(host.meter.trips - trips).toBe(batch)
          const remaining = await left(quiz)
          const complete = batch === batches && kind === 'after'
          expect(remaining === 0).toBe(complete)
          // Their rules go with the last of them, so that there is always something to be found.
          expect((await rulesOf(host, 'ada')).body.rules).toHaveLength(complete ? 0 : 1)
          const again = await erase(host, 'ada', key && `${key}-${batch}-${kind}`)
          expect(again.status).toBe(complete && !key ? 404 : 204)
          expect(await left(quiz)).toBe(0)
          expect(await tracesOf(host.deps.db, 'ada')).toEqual([])
        }
      }
    })
  }

  it('that was cut off spares what began since, when it is sent again with its key', async () => {
    const quiz = await many()
    host.faults.before(5)
    expect((await erase(host, 'ada', 'k')).status).toBe(503)
    expect(await left(quiz)).toBe(ATTEMPTS - 20)
    host.clock.now += 1
    const since = await submitFor(quiz, 'ada')
    await setRules(host, 'ada', [{ ...rule, factor: 3 }])
    expect((await erase(host, 'ada', 'k')).status).toBe(204)
    expect((await attemptsOf(host.deps.db, quiz)).map(({ id }) => id)).toEqual([since.body.attempt.id])
    expect((await rulesOf(host, 'ada')).body.rules).toMatchObject([{ factor: 3 }])
  })

  it('takes also those of an isolate whose clock is ahead, when it is sent again with its key', async () => {
    const quiz = await many()
    host.clock.now += 60_000
    await submitFor(quiz, 'ada')
    host.clock.now -= 60_000
    host.faults.before(3)
    expect((await erase(host, 'ada', 'k')).status).toBe(503)
    expect((await erase(host, 'ada', 'k')).status).toBe(204)
    expect(await left(quiz)).toBe(0)
  })

  it('at two isolates at once is one', async () => {
    const quiz = await many()
    const other = await host.isolate()
    const answers = await Promise.all([erase(host, 'ada', 'k'), erase(other, 'ada', 'k'), erase(other, 'ada')])
    for (const { status } of answers) expect([204, 404]).toContain(status)
    expect(await left(quiz)).toBe(0)
    expect(await tracesOf(host.deps.db, 'ada')).toEqual([])
  })
})
