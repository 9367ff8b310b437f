import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start, startFor } from '../support/actions.ts'
import type { Answer, CallOptions } from '../support/client.ts'
import { costOf } from '../support/cost.ts'
import { createHost, onD1, ROOT_KEY, type TestHost } from '../support/host.ts'
import { manyAnswersQuiz, RIGHT_ANSWER, wrongAnswer } from '../support/many-answers.ts'
import { insertEvents } from '../support/rows.ts'

interface Budget {
  readonly trips: number
  /** Told by D1 alone. */
  readonly written: number
  /** No more than so many rows. */
  readonly read?: number
}

/** Holds what an action costs to its budget. Trips may be saved; rows written are what they are. */
async function expectCost(host: TestHost, budget: Budget, act: () => Promise<Answer | Run>): Promise<void> {
  let answer: Answer | Run | undefined
  const cost = await costOf(host, async () => (answer = await act()))
  expect((answer && 'started' in answer ? answer.started : answer)?.status).toBeLessThan(300)
  expect(cost.trips).toBeLessThanOrEqual(budget.trips)
  if (!onD1) return
  expect(cost.rowsWritten).toBe(budget.written)
  if (budget.read !== undefined) expect(cost.rowsRead).toBeLessThanOrEqual(budget.read)
}

const released = { releases: ['many'] }
const withKey = (name: string) => ({ headers: { 'Idempotency-Key': `a-key-for-${name}-of-this-test` } })
const named = (learner: string) => ({ token: ROOT_KEY, body: { learner: { id: learner } } })

let host: TestHost
/** A quiz whose revision and key the host has in mind, as in an isolate that has been running. */
let quiz: string
let timed: string

async function warm(policy: Record<string, unknown>): Promise<string> {
  const id = await publish(host, manyAnswersQuiz(policy))
  await (await start(host, id)).finish()
  return id
}

beforeAll(async () => {
  host = await createHost()
  quiz = await warm({ tries: null })
  timed = await warm({ tries: null, timeLimitSeconds: 60 })
})

describe('a start costs', () => {
  it('one round trip and two rows', () => expectCost(host, { trips: 1, written: 2, read: 4 }, () => start(host, quiz)))

  it('one row more with an Idempotency-Key, and nothing is written for its repetition', async () => {
    await expectCost(host, { trips: 1, written: 3 }, () => start(host, quiz, withKey('start')))
    await expectCost(host, { trips: 2, written: 0 }, () => start(host, quiz, withKey('start')))
  })

  it('one row more with a deadline', () => expectCost(host, { trips: 1, written: 3 }, () => start(host, timed)))

  it('for a named learner two round trips and three rows, and nothing is written to resume', async () => {
    await expectCost(host, { trips: 2, written: 3 }, () => startFor(host, quiz, 'ada'))
    await expectCost(host, { trips: 2, written: 0 }, () => startFor(host, quiz, 'ada'))
  })

  it('for a named learner, with a deadline and a key, two rows more', () =>
    expectCost(host, { trips: 2, written: 5 }, () => startFor(host, timed, 'grace', withKey('grace'))))

  it('for a named learner who loses a race three round trips', async () => {
    const other = await host.isolate()
    host.faults.meanwhile(1, () => startFor(other, quiz, 'late'))
    await expectCost(host, { trips: 3, written: 0 }, () => startFor(host, quiz, 'late'))
  })

  it('as many rows read on a quiz with many attempts as on one with none', async () => {
    const busy = await warm({})
    const first = await costOf(host, () => startFor(host, busy, 'first'))
    for (let index = 0; index < 50; index++) await startFor(host, busy, `learner-${index}`)
    expect((await costOf(host, () => startFor(host, busy, 'last'))).rowsRead).toBe(first.rowsRead)
  })

  it('one round trip more where the isolate has to get the revision, and one for where the quiz points', async () => {
    const cold = await host.isolate()
    await expectCost(cold, { trips: 3, written: 2 }, () => start(cold, quiz))
    await expectCost(cold, { trips: 1, written: 2 }, () => start(cold, quiz))
  })
})

describe('a request with responses costs', () => {
  for (const logged of [0, 1, 10, 100]) {
    it(`one round trip and one row written, and reads its log once: ${logged} events`, async () => {
      const run = await start(host, quiz)
      await insertEvents(host.deps.db, run.id, logged, (index) => ({
        responses: [{ question: 'many', response: wrongAnswer(index) }],
      }))
      const budget = { trips: 1, written: 1, read: logged + 6 }
      await expectCost(host, budget, () => run.respond('many', wrongAnswer(200), released))
      // Nothing new, and the event is appended all the same: the log has grown by one.
      await expectCost(host, { ...budget, read: logged + 7 }, () => run.respond('many', wrongAnswer(200), released))
    })
  }

  it('one round trip more where the isolate has neither revision nor key', async () => {
    const run = await start(host, quiz)
    const cold = await host.isolate()
    const respondAt = () =>
      cold.client.call('POST', `/v1/attempts/${run.id}/responses`, {
        token: run.token,
        body: { responses: [{ question: 'many', response: wrongAnswer(1) }] },
        ...released,
      })
    await expectCost(cold, { trips: 2, written: 1 }, respondAt)
    await expectCost(cold, { trips: 1, written: 1 }, respondAt)
  })
})

describe('the one-call form costs', () => {
  const submit = (learner: string | null, options: CallOptions = {}) =>
    host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
      token: learner === null ? null : ROOT_KEY,
      body: { responses: [{ question: 'many', response: RIGHT_ANSWER }], ...(learner && { learner: { id: learner } }) },
      ...released,
      ...options,
    })

  it('one round trip and four rows', () => expectCost(host, { trips: 1, written: 4 }, () => submit(null)))

  it('one row more for a named learner', () => expectCost(host, { trips: 2, written: 5 }, () => submit('alan')))

  it('one row more with an Idempotency-Key', () =>
    expectCost(host, { trips: 1, written: 5 }, () => submit(null, withKey('submission'))))
})

describe('a finish costs', () => {
  it('two round trips and four rows, and nothing is written for its repetition', async () => {
    const run = await start(host, quiz)
    await run.respond('many', wrongAnswer(1), released)
    await expectCost(host, { trips: 2, written: 4 }, () => run.finish(released))
    await expectCost(host, { trips: 2, written: 0 }, () => run.finish(released))
  })

  it('the same with a deadline', async () => {
    const run = await start(host, timed)
    await expectCost(host, { trips: 2, written: 4 }, () => run.finish())
  })
})

describe('reading costs', () => {
  it('one round trip for an attempt, running or finished, and nothing is written', async () => {
    const run = await start(host, quiz)
    await run.respond('many', wrongAnswer(1), released)
    await expectCost(host, { trips: 1, written: 0, read: 3 }, () => run.resume(released))
    await run.finish(released)
    await expectCost(host, { trips: 1, written: 0, read: 4 }, () => run.resume(released))
  })

  it('nothing for questions while the isolate believes where the quiz points, then one round trip', async () => {
    const own = await createHost()
    const id = await publish(own, manyAnswersQuiz({}))
    const questions = () => own.client.call('GET', `/v1/quizzes/${id}/questions`)
    await questions()
    own.clock.now += 9_999
    await expectCost(own, { trips: 0, written: 0 }, questions)
    own.clock.now += 1
    await expectCost(own, { trips: 1, written: 0 }, questions)
  })
})

describe('an attempt that is found expired costs a finish, once', () => {
  /** Time has passed for this host alone. */
  async function later(): Promise<TestHost> {
    const own = await createHost({ signingKeys: host.signingKeys, clock: { now: host.clock.now + 61_000 } })
    await (await start(own, timed)).resume()
    return own
  }

  it('when it is read', async () => {
    const [run, own] = [await start(host, timed), await later()]
    const read = () => own.client.call('GET', `/v1/attempts/${run.id}`, { token: run.token })
    await expectCost(own, { trips: 1 + 2, written: 0 + 4 }, read)
    await expectCost(own, { trips: 1, written: 0 }, read)
  })

  it('when it is answered, the late response being a row of the log', async () => {
    const [run, own] = [await start(host, timed), await later()]
    await run.respond('many', wrongAnswer(1), released)
    const respondAt = (number: number) =>
      own.client.call('POST', `/v1/attempts/${run.id}/responses`, {
        token: run.token,
        body: { responses: [{ question: 'many', response: wrongAnswer(number) }] },
        ...released,
      })
    await expectCost(own, { trips: 1 + 2, written: 1 + 4 }, () => respondAt(1))
    await expectCost(own, { trips: 1, written: 0 }, () => respondAt(1))
  })

  it('when its learner starts again', async () => {
    await startFor(host, timed, 'expired')
    const own = await later()
    await expectCost(own, { trips: 3 + 2, written: 4 + 4 }, () => start(own, timed, named('expired')))
  })
})
