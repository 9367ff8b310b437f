import { beforeAll, describe, expect, it } from 'vitest'
import { publish, startFor } from '../support/actions.ts'
import { atOnce, countBy } from '../support/at-once.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { clearRules, rulesOf, setRules } from '../support/learners.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { attemptRow, attemptsOf } from '../support/rows.ts'

let host: TestHost
let other: TestHost

beforeAll(async () => {
  host = await createHost()
  other = await host.isolate()
})

let learners = 0
const newLearner = () => `learner-${(learners += 1)}`
const restricted = (policy: Json) => quizDocument({ access: 'restricted', policy })
const releases = ['single', 'multiple', 'truth']

const startAt = (to: TestHost, quiz: string, learner: string) =>
  to.client.call('POST', `/v1/quizzes/${quiz}/attempts`, { token: ROOT_KEY, body: { learner: { id: learner } } })
const submitAt = (to: TestHost, quiz: string, learner: string) =>
  to.client.call('POST', `/v1/quizzes/${quiz}/submissions`, {
    token: ROOT_KEY,
    body: { learner: { id: learner }, responses: [] },
    releases,
  })
const give = (learner: string, ...rules: Json[]) =>
  setRules(
    host,
    learner,
    rules.map((rule) => ({ quiz: null, reason: 'Agreed.', ...rule })),
  )

describe('a learner with more time', () => {
  const LIMIT = { timeLimitSeconds: 61, graceSeconds: 5 }
  const examples: [what: string, rules: (quiz: string) => Json[], milliseconds: number | null][] = [
    ['none', () => [], 61_000],
    ['half as much again', () => [{ factor: 1.5 }], 91_500],
    ['a hundredth more, and a second', () => [{ factor: 1.01, extraSeconds: 1 }], 62_610],
    ['seconds alone', () => [{ extraSeconds: 10 }], 71_000],
    ['all the time there is', () => [{ unlimited: true }], null],
    ['nothing at this quiz for more attempts', () => [{ extraAttempts: 2 }], 61_000],
    ['what the rule for this quiz says', (quiz) => [{ factor: 4 }, { quiz, factor: 2 }], 122_000],
    ['nothing by a rule for this quiz about attempts', (quiz) => [{ factor: 4 }, { quiz, extraAttempts: 1 }], 61_000],
    ['nothing by a rule for another quiz', () => [{ quiz: 'elsewhere', factor: 2 }], 61_000],
  ]
  it.each(examples)('gets it: %s', async (_what, rules, milliseconds) => {
    const quiz = await publish(host, restricted(LIMIT))
    const learner = newLearner()
    await give(learner, ...rules(quiz))
    const run = await startFor(host, quiz, learner)
    const { startedAt, deadline, due } = await attemptRow(host.deps.db, run.id)
    expect(deadline).toBe(milliseconds === null ? null : startedAt + milliseconds)
    expect(due).toBe(milliseconds === null ? null : startedAt + milliseconds + 5000)
    const { effective } = (await rulesOf(host, learner, quiz)).body
    expect(effective[0].timeLimitSeconds).toBe(milliseconds === null ? null : Math.ceil(milliseconds / 1000))
  })

  it('answers up to the end of it, and no later', async () => {
    const own = await createHost()
    const quiz = await publish(own, restricted(LIMIT))
    const learner = newLearner()
    await give(learner, { factor: 1.5 })
    const run = await startFor(own, quiz, learner)
    own.clock.now += 96_500
    expect((await run.respond('single', { choice: 'b' }, { releases })).status).toBe(200)
    own.clock.now += 1
    expect(problemOf(await run.respond('truth', { choice: 'true' }, { releases }))).toEqual([409, 'attempt-finished'])
  })

  it('keeps what an attempt began with, whatever the rules say later', async () => {
    const quiz = await publish(host, restricted(LIMIT))
    const learner = newLearner()
    await give(learner, { factor: 2 })
    const run = await startFor(host, quiz, learner)
    await clearRules(host, learner)
    const again = await startFor(host, quiz, learner)
    expect(again.started.body.attempt).toMatchObject({ id: run.id, deadline: run.started.body.attempt.deadline })
    await give(learner, { factor: 3 })
    expect((await run.resume()).body.attempt.deadline).toBe(run.started.body.attempt.deadline)
  })

  it('is not everybody: who is not named gets what the policy gives', async () => {
    const quiz = await publish(host, quizDocument({ policy: LIMIT }))
    await give(newLearner(), { factor: 2 })
    const { body } = await host.client.call('POST', `/v1/quizzes/${quiz}/attempts`)
    expect(Date.parse(body.attempt.deadline) - Date.parse(body.attempt.startedAt)).toBe(61_000)
  })

  it('is known at once in an isolate that has just started someone else', async () => {
    const quiz = await publish(host, restricted(LIMIT))
    const learner = newLearner()
    await startAt(other, quiz, newLearner())
    await give(learner, { factor: 2 })
    const { attempt } = (await startAt(other, quiz, learner)).body
    expect(Date.parse(attempt.deadline) - Date.parse(attempt.startedAt)).toBe(122_000)
  })
})

describe('a learner with more attempts', () => {
  /** As many attempts as there are, each finished; what the one after them is told. */
  async function useUp(begin: typeof startAt, quiz: string, learner: string): Promise<number> {
    for (let attempts = 0; attempts < 20; attempts++) {
      const answer = await begin(host, quiz, learner)
      if (answer.status === 409 && answer.body.code === 'no-attempts-left') return attempts
      const { attempt, token } = answer.body
      if (token) await host.client.call('POST', `/v1/attempts/${attempt.id}/finish`, { token, releases })
    }
    throw new Error('There is no end to the attempts.')
  }

  it.each([
    ['starts', startAt],
    ['submits', submitAt],
  ])('%s as often as policy and rule allow together', async (_what, begin) => {
    const quiz = await publish(host, restricted({ attemptsPerLearner: 2 }))
    const learner = newLearner()
    expect(await useUp(begin, quiz, learner)).toBe(2)
    await give(learner, { extraAttempts: 3 })
    expect(await useUp(begin, quiz, learner)).toBe(3)
    await give(learner, { extraAttempts: 9 }, { quiz, extraAttempts: 1 })
    expect(await useUp(begin, quiz, learner)).toBe(0)
    await give(learner, { extraAttempts: 4 })
    expect(await useUp(begin, quiz, learner)).toBe(1)
    expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(6)
  })

  it('has as many as ever where nobody counts', async () => {
    const quiz = await publish(host, restricted({}))
    const learner = newLearner()
    await give(learner, { extraAttempts: 1 })
    for (let time = 0; time < 4; time++) expect((await submitAt(host, quiz, learner)).status).toBe(201)
  })

  it.each([
    ['starts', startAt],
    ['submissions', submitAt],
  ])('never gets more by asking twenty times at once: %s', async (_what, begin) => {
    const quiz = await publish(host, restricted({ attemptsPerLearner: 1 }))
    const learner = newLearner()
    await give(learner, { extraAttempts: 2 })
    const first = await atOnce(20, (index) => submitAt(index % 2 === 0 ? host : other, quiz, learner))
    expect(countBy(first, ({ status }) => status)).toEqual({ 201: 3, 409: 17 })
    await give(learner, { extraAttempts: 3 })
    const rest = await atOnce(20, (index) => begin(index % 2 === 0 ? host : other, quiz, learner))
    expect(rest.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(4)
  })

  it('has those that were given when the start was written, if they are taken away meanwhile', async () => {
    const quiz = await publish(host, restricted({ attemptsPerLearner: 1 }))
    const learner = newLearner()
    await give(learner, { extraAttempts: 1 })
    await submitAt(host, quiz, learner)
    host.faults.meanwhile(2, () => clearRules(other, learner))
    expect((await startAt(host, quiz, learner)).status).toBe(201)
    expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(2)
  })
})
