import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, startFor } from '../support/actions.ts'
import { atOnce } from '../support/at-once.ts'
import type { Answer } from '../support/client.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { erase, NO_ORPHANS, orphansIn, setRules, tracesOf } from '../support/learners.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { attemptsOf, logOf } from '../support/rows.ts'

let host: TestHost
/** Where erasures come from. */
let other: TestHost

beforeAll(async () => {
  host = await createHost()
  other = await host.isolate()
})

let learners = 0
const newLearner = () => `learner-${(learners += 1)}`
const everything = { releases: 'everything' } as const
const restricted = (policy: Json = {}) => quizDocument({ access: 'restricted', policy })
const NOT_FOUND = [404, 'not-found']

const startAs = (learner: string, quiz: string, headers: Record<string, string> = {}) =>
  host.client.call('POST', `/v1/quizzes/${quiz}/attempts`, {
    token: ROOT_KEY,
    body: { learner: { id: learner } },
    headers,
    ...everything,
  })
const submitAs = (learner: string, quiz: string, headers: Record<string, string> = {}) =>
  host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
    token: ROOT_KEY,
    body: { learner: { id: learner }, responses: [{ question: 'single', response: { choice: 'b' } }] },
    headers,
    ...everything,
  })

/** Every attempt of a quiz is whole, a submitted one with both of its events; and no event is without its attempt. */
async function expectWhole(quiz: string): Promise<void> {
  for (const { id, finishedAt } of await attemptsOf(host.deps.db, quiz)) {
    expect(await logOf(host.deps.db, id)).toHaveLength(finishedAt === null ? 0 : 2)
  }
  expect(await orphansIn(host.deps.db)).toEqual(NO_ORPHANS)
}

describe('a learner who is erased just before a batch of their call', () => {
  const calls: [what: string, batches: number, act: (run: Run) => Promise<Answer>][] = [
    ['a response', 1, (run) => run.respond('truth', { choice: 'true' }, everything)],
    ['a finish', 2, (run) => run.finish(everything)],
    ['a resume', 1, (run) => run.resume(everything)],
    ['the view of staff', 1, (run) => run.resume({ token: ROOT_KEY, ...everything })],
  ]
  for (const [what, batches, act] of calls) {
    for (let batch = 1; batch <= batches; batch++) {
      it(`is gone, and nothing of them comes back: ${what}, batch ${batch}`, async () => {
        const quiz = await publish(host, restricted())
        const learner = newLearner()
        const run = await startFor(host, quiz, learner)
        await run.respond('single', { choice: 'b' }, everything)
        host.faults.meanwhile(batch, () => erase(other, learner))
        expect(problemOf(await act(run))).toEqual(NOT_FOUND)
        expect(await tracesOf(host.deps.db, learner)).toEqual([])
        expect(await attemptsOf(host.deps.db, quiz)).toEqual([])
        await expectWhole(quiz)
      })
    }
  }

  for (let batch = 1; batch <= 3; batch++) {
    it(`is gone: a resume that finds the attempt over, batch ${batch}`, async () => {
      const quiz = await publish(host, restricted({ timeLimitSeconds: 60 }))
      const learner = newLearner()
      const run = await startFor(host, quiz, learner)
      await run.resume()
      host.clock.now += 61_000
      host.faults.meanwhile(batch, () => erase(other, learner))
      expect(problemOf(await run.resume(everything))).toEqual(NOT_FOUND)
      host.faults.clear()
      expect(await attemptsOf(host.deps.db, quiz)).toEqual([])
      await expectWhole(quiz)
    })
  }
})

describe('a start while its learner is erased', () => {
  const headers = { 'Idempotency-Key': 'k' }
  /** What the learner has when the start comes, and how it comes. */
  const scenes: [
    what: string,
    policy: Json,
    prepare: (learner: string, quiz: string) => Promise<unknown>,
    keyed: boolean,
  ][] = [
    [
      'with nothing before it',
      {},
      (learner) => setRules(host, learner, [{ quiz: null, factor: 2, reason: 'x' }]),
      false,
    ],
    ['that finds an active attempt', {}, startAs, false],
    ['that finds an active attempt, with a key', {}, startAs, true],
    ['that was sent before', {}, (learner, quiz) => startAs(learner, quiz, headers), true],
    [
      'that has found an active attempt before',
      {},
      async (learner, quiz) => [await startAs(learner, quiz), await startAs(learner, quiz, headers)],
      true,
    ],
    [
      'that finds an expired attempt',
      { timeLimitSeconds: 60 },
      async (learner, quiz) => {
        await startAs(learner, quiz)
        host.clock.now += 61_000
      },
      false,
    ],
    ['after the last attempt there was', { attemptsPerLearner: 1 }, (learner, quiz) => submitAs(learner, quiz), false],
  ]
  for (const [what, policy, prepare, keyed] of scenes) {
    for (let batch = 1; batch <= 6; batch++) {
      it(`${what} makes one whole attempt, or is erased with them: batch ${batch}`, async () => {
        const quiz = await publish(host, restricted(policy))
        const learner = newLearner()
        await startAs(newLearner(), quiz)
        await prepare(learner, quiz)
        host.faults.meanwhile(batch, () => erase(other, learner))
        const answer = await startAs(learner, quiz, keyed ? headers : {})
        host.faults.clear()
        const outcome = answer.status < 300 ? 'an attempt' : answer.body.code
        // Whoever was not erased in time has used up what there was.
        expect(policy['attemptsPerLearner'] ? ['an attempt', 'no-attempts-left'] : ['an attempt']).toContain(outcome)
        await expectWhole(quiz)
        await erase(host, learner)
        expect(await tracesOf(host.deps.db, learner)).toEqual([])
        const anew = await startAs(learner, quiz, keyed ? headers : {})
        expect([anew.status, anew.body.attempt.answeredCount]).toEqual([201, 0])
      })
    }
  }
})

describe('a submission while its learner is erased', () => {
  const headers = { 'Idempotency-Key': 'k' }
  for (let batch = 1; batch <= 4; batch++) {
    it(`that was sent before is made again where it is gone: batch ${batch}`, async () => {
      const quiz = await publish(host, restricted())
      const learner = newLearner()
      const first = await submitAs(learner, quiz, headers)
      host.faults.meanwhile(batch, () => erase(other, learner))
      const again = await submitAs(learner, quiz, headers)
      host.faults.clear()
      expect([again.status, again.body.attempt.score]).toEqual([201, 1])
      const rows = await attemptsOf(host.deps.db, quiz)
      expect(rows.map(({ id }) => id)).toEqual([again.body.attempt.id])
      expect(again.body.attempt.id === first.body.attempt.id).toBe(batch > 2)
      await expectWhole(quiz)
    })
  }
})

describe('everything at once', () => {
  it('leaves attempts whole or gone, and nothing that hangs on what is gone', async () => {
    const quiz = await publish(host, restricted())
    for (let round = 0; round < 6; round++) {
      const learner = newLearner()
      const run = await startFor(host, quiz, learner)
      const headers = { 'Idempotency-Key': 'k' }
      const acts = [
        () => run.respond('single', { choice: 'b' }, everything),
        () => erase(other, learner),
        () => startAs(learner, quiz),
        () => run.respond('truth', { choice: 'true' }, everything),
        () => startAs(learner, quiz, headers),
        () => run.finish(everything),
        () => submitAs(learner, quiz),
        () => erase(host, learner, 'k'),
        () => setRules(other, learner, [{ quiz: null, factor: 2, reason: 'x' }], 'k'),
        () => startAs(learner, quiz, headers),
      ]
      const answers = await atOnce(acts.length * 2, (index) => acts[(index + round) % acts.length]!())
      for (const { status } of answers) expect([200, 201, 204, 404, 409]).toContain(status)
      expect(await orphansIn(host.deps.db)).toEqual(NO_ORPHANS)
      for (const row of await attemptsOf(host.deps.db, quiz)) {
        const log = await logOf(host.deps.db, row.id)
        expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
        expect(log.at(-1)?.type === 'finished').toBe(row.finishedAt !== null)
      }
      await erase(host, learner)
      expect(await tracesOf(host.deps.db, learner)).toEqual([])
    }
  })
})
