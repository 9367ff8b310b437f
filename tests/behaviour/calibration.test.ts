import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import { createHost, ROOT_KEY, START, type TestHost } from '../support/host.ts'
import { type Json, quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'

/** How a learner's certainty did counts right answers: it comes with the verdicts, and not before the end. */

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const IDS = ['one', 'two', 'three', 'four', 'five']
const ALL = { releases: IDS }
const STAFF = { token: ROOT_KEY, releases: 'everything' } as const

const document = (policy: Json) =>
  quizDocument({
    questions: [singleChoice('one', { points: 2 }), ...IDS.slice(1).map((id) => trueFalse(id))],
    policy: { certainty: true, ...policy },
  })
const take = async (policy: Json = {}): Promise<Run> => start(host, await publish(host, document(policy)))

const SENT = [
  { question: 'one', response: { choice: 'b' }, certainty: 3 },
  { question: 'two', response: { choice: 'false' }, certainty: 3 },
  { question: 'three', response: { choice: 'true' } },
  { question: 'four', response: { choice: 'false' } },
]

/** Worked out by hand: at 3 two points right and one wrong come to 2, 4 − 2 and 6 − 6; at 1 one right and one wrong to 1, 0 and −3. */
const TOLD = [
  { certainty: 1, count: 2, correct: 1, best: 1 },
  { certainty: 2, count: 0, correct: 0, best: null },
  { certainty: 3, count: 2, correct: 1, best: 1 },
]

describe('calibration', () => {
  it('is told to a learner at the end, on every surface that shows the attempt', async () => {
    const run = await take()
    expect(run.started.body.attempt.calibration).toBeNull()
    const sent = await run.respondAll(SENT, ALL)
    expect(sent.body.results.map(({ status }: Json) => status)).toContain('correct')
    expect(sent.body.attempt.calibration).toBeNull()
    expect((await run.resume(ALL)).body.attempt.calibration).toBeNull()
    expect((await run.finish(ALL)).body.attempt.calibration).toEqual(TOLD)
    expect((await run.finish(ALL)).body.attempt.calibration).toEqual(TOLD)
    expect((await run.resume(ALL)).body.attempt.calibration).toEqual(TOLD)
    const repeated = await run.respondAll(SENT.slice(0, 1), ALL)
    expect(repeated.body).toMatchObject({ attempt: { calibration: TOLD }, results: [{ duplicate: true }] })
  })

  it('comes with one call', async () => {
    const quiz = await publish(host, document({}))
    const submitted = await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
      body: { responses: SENT },
      ...ALL,
    })
    expect(submitted.body.attempt.calibration).toEqual(TOLD)
  })

  it('comes where time is up, with the finish and not before it', async () => {
    const own = await createHost()
    const run = await start(own, await publish(own, document({ timeLimitSeconds: 60, feedback: 'deferred' })))
    await run.respondAll(SENT)
    own.clock.now += 60_000
    expect((await run.resume()).body.attempt.calibration).toBeNull()
    own.clock.now += 1
    expect((await run.resume(ALL)).body.attempt.calibration).toEqual(TOLD)
  })

  it.each([[[]], [['score']], [['explanation', 'answer']]])(
    'is kept where the review of the end is %o',
    async (finished) => {
      const run = await take({ review: { finished }, feedback: 'deferred' })
      await run.respondAll(SENT)
      expect((await run.finish(ALL)).body.attempt.calibration).toBeNull()
      expect((await run.resume(ALL)).body.attempt.calibration).toBeNull()
      expect((await run.resume(STAFF)).body.attempt.calibration).toEqual(TOLD)
    },
  )

  it('follows the review of a closed quiz, once it has closed', async () => {
    const own = await createHost()
    const closesAt = new Date(START + 60_000).toISOString()
    const policy = { feedback: 'deferred', review: { finished: ['score'], closed: ['verdict'] }, closesAt }
    const run = await start(own, await publish(own, document(policy)))
    await run.respondAll(SENT)
    expect((await run.finish()).body.attempt.calibration).toBeNull()
    own.clock.now += 60_001
    expect((await run.resume()).body.attempt.calibration).toEqual(TOLD)
  })

  it('is told to staff at any time', async () => {
    const run = await take({ feedback: 'never' })
    expect((await run.resume(STAFF)).body.attempt.calibration.map(({ count }: Json) => count)).toEqual([0, 0, 0])
    await run.respondAll(SENT)
    expect((await run.resume(STAFF)).body.attempt.calibration).toEqual(TOLD)
    const path = `/v1/attempts/${run.id}/overrides`
    const given = await host.client.call('POST', path, { ...STAFF, body: { question: 'one', score: 0, reason: 'x' } })
    expect(given.body.attempt.calibration).toEqual(TOLD)
  })

  it('is nothing of a quiz that does not ask for certainty, for anyone', async () => {
    const run = await take({ certainty: false })
    await run.respondAll(
      SENT.map(({ question, response }) => ({ question, response })),
      ALL,
    )
    expect((await run.finish(ALL)).body.attempt.calibration).toBeNull()
    expect((await run.resume(STAFF)).body.attempt.calibration).toBeNull()
  })
})
