import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start, startFor } from '../support/actions.ts'
import type { Answer, CallOptions } from '../support/client.ts'
import { costOf } from '../support/cost.ts'
import { createHost, onD1, ROOT_KEY, type TestHost } from '../support/host.ts'
import { manyAnswersQuiz, RIGHT_ANSWER, wrongAnswer } from '../support/many-answers.ts'
import { insertEvents } from '../support/rows.ts'
import { parseDocument } from '../../src/content/parse-document.ts'
import { split } from '../../src/content/split.ts'
import type { AttemptEvent } from '../../src/grading/log.ts'
import { replay } from '../../src/grading/replay.ts'

interface Budget {
  readonly trips: number
  /** Told by D1 alone. */
  readonly written: number
  /** No more than so many rows. */
  readonly read?: number
}

/** Where an action costs other than its budget. Trips and rows read may be saved; rows written are what they are. */
async function overruns(host: TestHost, budget: Budget, act: () => Promise<Answer | Run>): Promise<string[]> {
  let answer: Answer | Run | undefined
  const cost = await costOf(host, async () => (answer = await act()))
  const status = (answer && 'started' in answer ? answer.started : answer)?.status
  const { trips, rowsRead, rowsWritten } = cost
  return [
    ...(status === undefined || status >= 300 ? [`the call failed: ${status}`] : []),
    ...(trips > budget.trips ? [`${trips} round trips for ${budget.trips}`] : []),
    ...(onD1 && rowsWritten !== budget.written ? [`${rowsWritten} rows written for ${budget.written}`] : []),
    ...(onD1 && rowsRead! > (budget.read ?? Infinity) ? [`${rowsRead} rows read for ${budget.read}`] : []),
  ]
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

const submit = (learner: string | null, options: CallOptions = {}) =>
  host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
    token: learner === null ? null : ROOT_KEY,
    body: { responses: [{ question: 'many', response: RIGHT_ANSWER }], ...(learner && { learner: { id: learner } }) },
    ...released,
    ...options,
  })

/** Time has passed for this host alone. */
async function later(): Promise<TestHost> {
  const own = await createHost({ signingKeys: host.signingKeys, clock: { now: host.clock.now + 61_000 } })
  await (await start(own, timed)).resume()
  return own
}

describe('a start costs', () => {
  it('one round trip and two rows', async () =>
    expect(await overruns(host, { trips: 1, written: 2 }, () => start(host, quiz))).toEqual([]))

  it('one row more with an Idempotency-Key, and nothing is written for its repetition', async () => {
    expect(await overruns(host, { trips: 1, written: 3 }, () => start(host, quiz, withKey('start')))).toEqual([])
    expect(await overruns(host, { trips: 2, written: 0 }, () => start(host, quiz, withKey('start')))).toEqual([])
  })

  it('one row more with a deadline', async () =>
    expect(await overruns(host, { trips: 1, written: 3 }, () => start(host, timed))).toEqual([]))

  it('for a named learner two round trips and three rows, and nothing is written to resume', async () => {
    expect(await overruns(host, { trips: 2, written: 3 }, () => startFor(host, quiz, 'ada'))).toEqual([])
    expect(await overruns(host, { trips: 2, written: 0 }, () => startFor(host, quiz, 'ada'))).toEqual([])
  })

  it('for a named learner, with a deadline and a key, two rows more', async () =>
    expect(
      await overruns(host, { trips: 2, written: 5 }, () => startFor(host, timed, 'grace', withKey('grace'))),
    ).toEqual([]))

  it('for a named learner who loses a race three round trips', async () => {
    const other = await host.isolate()
    // What runs is looked for in the first batch, and the second finds what came in between.
    host.faults.meanwhile(2, () => startFor(other, quiz, 'late'))
    expect(await overruns(host, { trips: 3, written: 0 }, () => startFor(host, quiz, 'late'))).toEqual([])
  })

  it('no more rows read on a quiz with many attempts', async () => {
    const busy = await warm({})
    const first = await costOf(host, () => startFor(host, busy, 'first'))
    for (let index = 0; index < 50; index++) await startFor(host, busy, `learner-${index}`)
    const last = await costOf(host, () => startFor(host, busy, 'last'))
    // A search may look at the entry that stands behind what it was for.
    expect(last.rowsRead ?? 0).toBeLessThanOrEqual((first.rowsRead ?? 0) + 3)
  })

  it('one round trip more where the isolate has to get the revision, and one for where the quiz points', async () => {
    const cold = await host.isolate()
    expect(await overruns(cold, { trips: 3, written: 2 }, () => start(cold, quiz))).toEqual([])
    expect(await overruns(cold, { trips: 1, written: 2 }, () => start(cold, quiz))).toEqual([])
  })
})

describe('a request with responses costs', () => {
  for (const logged of [0, 1, 10, 100]) {
    it(`one round trip and one row written, and reads its log once, ${logged} events and its own`, async () => {
      const run = await start(host, quiz)
      await insertEvents(host.deps.db, run.id, logged, (index) => ({
        responses: [{ question: 'many', response: wrongAnswer(index) }],
      }))
      const budget = { trips: 1, written: 1, read: logged + 1 + 6 }
      expect(await overruns(host, budget, () => run.respond('many', wrongAnswer(200), released))).toEqual([])
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
    expect(await overruns(cold, { trips: 2, written: 1 }, respondAt)).toEqual([])
    expect(await overruns(cold, { trips: 1, written: 1 }, respondAt)).toEqual([])
  })
})

describe('the one-call form costs', () => {
  it('one round trip and four rows', async () =>
    expect(await overruns(host, { trips: 1, written: 4 }, () => submit(null))).toEqual([]))

  it('one row more for a named learner', async () =>
    expect(await overruns(host, { trips: 2, written: 5 }, () => submit('alan'))).toEqual([]))

  it('one row more with an Idempotency-Key', async () =>
    expect(await overruns(host, { trips: 1, written: 5 }, () => submit(null, withKey('submission')))).toEqual([]))
})

describe('a finish costs', () => {
  it('two round trips and four rows, and nothing is written for its repetition', async () => {
    const run = await start(host, quiz)
    await run.respond('many', wrongAnswer(1), released)
    expect(await overruns(host, { trips: 2, written: 4 }, () => run.finish(released))).toEqual([])
    expect(await overruns(host, { trips: 2, written: 0 }, () => run.finish(released))).toEqual([])
  })

  it('the same with a deadline', async () => {
    const run = await start(host, timed)
    expect(await overruns(host, { trips: 2, written: 4 }, () => run.finish())).toEqual([])
  })
})

describe('reading costs', () => {
  it('one round trip for an attempt, running or finished, and nothing is written', async () => {
    const run = await start(host, quiz)
    await run.respond('many', wrongAnswer(1), released)
    expect(await overruns(host, { trips: 1, written: 0, read: 3 }, () => run.resume(released))).toEqual([])
    await run.finish(released)
    expect(await overruns(host, { trips: 1, written: 0, read: 4 }, () => run.resume(released))).toEqual([])
  })

  it('nothing for questions while the isolate believes where the quiz points, then one round trip', async () => {
    const own = await createHost()
    const id = await publish(own, manyAnswersQuiz({}))
    const questions = () => own.client.call('GET', `/v1/quizzes/${id}/questions`)
    await questions()
    own.clock.now += 9_999
    expect(await overruns(own, { trips: 0, written: 0 }, questions)).toEqual([])
    own.clock.now += 1
    expect(await overruns(own, { trips: 1, written: 0 }, questions)).toEqual([])
  })
})

describe('an attempt that is found expired costs a finish, once', () => {
  it('when it is read', async () => {
    const [run, own] = [await start(host, timed), await later()]
    const read = () => own.client.call('GET', `/v1/attempts/${run.id}`, { token: run.token })
    expect(await overruns(own, { trips: 1 + 2, written: 0 + 4 }, read)).toEqual([])
    expect(await overruns(own, { trips: 1, written: 0 }, read)).toEqual([])
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
    expect(await overruns(own, { trips: 1 + 2, written: 1 + 4 }, () => respondAt(1))).toEqual([])
    expect(await overruns(own, { trips: 1, written: 0 }, () => respondAt(1))).toEqual([])
  })

  it('when its learner starts again', async () => {
    await startFor(host, timed, 'expired')
    const own = await later()
    // It is found, read and finished, and then the start is decided again.
    expect(
      await overruns(own, { trips: 1 + 1 + 2 + 2, written: 4 + 4 }, () => start(own, timed, named('expired'))),
    ).toEqual([])
  })
})

describe('a fold costs', () => {
  it('a few looks at every response, however many tries came before it', () => {
    const parsed = parseDocument(manyAnswersQuiz({ tries: null }))
    if (!parsed.ok) throw new Error('The document is not valid.')
    const { quiz: document, answerKey } = split(parsed.value)
    let looks = 0
    const log = Array.from({ length: 250 }, (_, index): AttemptEvent => {
      const response = {
        get choices() {
          looks += 1
          return wrongAnswer(index).choices
        },
      }
      const body = { responses: [{ question: 'many', response }] }
      return { seq: index + 1, id: `evt_${index}`, at: 1, type: 'responded', body }
    })
    const outcome = replay({ id: 'att_fold', startedAt: 1, deadline: null }, document, answerKey, log)
    expect(outcome.questions[0]?.tries).toHaveLength(250)
    expect(looks).toBeLessThanOrEqual(250 * 4)
  })
})
