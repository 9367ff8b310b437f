import { describe, expect, it } from 'vitest'
import { runJobs } from '../../src/services/run-jobs.ts'
import { publish, startFor } from '../support/actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { quizDocument, singleChoice } from '../support/quiz-document.ts'
import { insertEvents } from '../support/rows.ts'

const everything = { releases: 'everything' } as const

const document = (key: string) =>
  quizDocument({
    access: 'restricted',
    policy: { feedback: 'deferred', timeLimitSeconds: 600 },
    questions: [singleChoice('single', { key })],
  })

async function revise(host: TestHost, quiz: string, key: string): Promise<string> {
  const published = await host.client.call('PUT', `/v1/quizzes/${quiz}`, { token: ROOT_KEY, body: document(key) })
  return published.body.revision
}

async function regrade(host: TestHost, quiz: string, revision: string): Promise<string> {
  const body = { revision, rule: 'new-key', reason: 'The key was wrong.' }
  const answer = await host.client.call('POST', `/v1/quizzes/${quiz}/regrades`, { token: ROOT_KEY, body })
  expect(answer.status).toBe(202)
  return `/v1/quizzes/${quiz}/regrades/${answer.body.id}`
}

const statusOf = async (host: TestHost, path: string) =>
  (await host.client.call('GET', path, { token: ROOT_KEY })).body.status

async function takers(host: TestHost, quiz: string, count: number) {
  const runs = []
  for (let index = 0; index < count; index++) {
    host.clock.now += 1
    const run = await startFor(host, quiz, `learner-${index}`)
    await run.respond('single', { choice: 'b' })
    await run.finish(everything)
    runs.push(run)
  }
  return runs
}

describe('two regrades of one quiz', () => {
  it('go one after the other, though another isolate would be faster with the later one', async () => {
    const host = await createHost()
    const other = await host.isolate()
    const quiz = await publish(host, document('a'))
    const runs = await takers(host, quiz, 8)
    const [wrong, right] = [await revise(host, quiz, 'b'), await revise(host, quiz, 'c')]
    let later = ''
    host.faults.meanwhile(12, async () => {
      later = await regrade(other, quiz, right)
      await other.idle()
    })
    const earlier = await regrade(host, quiz, wrong)
    await host.idle()
    await runJobs(host.deps, 1000)
    expect([await statusOf(host, earlier), await statusOf(host, later)]).toEqual(['done', 'done'])
    for (const run of runs) {
      const { body } = await host.client.call('GET', `/v1/attempts/${run.id}`, { token: ROOT_KEY, ...everything })
      expect([body.attempt.score, body.results[0].answer]).toEqual([0, { choice: 'c' }])
    }
  })

  it('go one after the other, though a run of the earlier one was given up and still goes on', async () => {
    const host = await createHost()
    const quiz = await publish(host, document('a'))
    const runs = await takers(host, quiz, 4)
    // The first changes nothing, and so leaves no trace in a log; the second does.
    const same = runs[0]!.started.body.attempt.revision
    const right = await revise(host, quiz, 'c')
    const fast = await createHost({ clock: { now: host.clock.now + 600_000 }, signingKeys: host.signingKeys })
    host.faults.meanwhile(8, async () => {
      await runJobs(fast.deps, 1000)
      await regrade(fast, quiz, right)
      await fast.idle()
    })
    const given = await regrade(host, quiz, same)
    await host.idle()
    await runJobs(host.deps, 1000)
    expect(await statusOf(host, given)).toBe('done')
    for (const run of runs) {
      const { body } = await host.client.call('GET', `/v1/attempts/${run.id}`, { token: ROOT_KEY, ...everything })
      expect(body.results[0].answer).toEqual({ choice: 'c' })
    }
  })

  it('keep no extension waiting, for time runs out', async () => {
    const host = await createHost()
    const other = await host.isolate()
    const quiz = await publish(host, document('a'))
    await takers(host, quiz, 4)
    const running = await startFor(host, quiz, 'slow')
    const revision = await revise(host, quiz, 'b')
    let extended: unknown
    host.faults.meanwhile(8, async () => {
      const body = { extraSeconds: 60, reason: 'The power was out.' }
      await other.client.call('POST', `/v1/quizzes/${quiz}/extensions`, { token: ROOT_KEY, body })
      await other.idle()
      extended = (await running.resume()).body.attempt.deadline
    })
    await regrade(host, quiz, revision)
    await host.idle()
    expect(extended).toBe(new Date(Date.parse(running.started.body.attempt.deadline) + 60_000).toISOString())
  })
})

describe('a job that fails each time', () => {
  it('keeps the jobs of other quizzes waiting for one run at most', async () => {
    const host = await createHost()
    const broken = await publish(host, document('a'))
    const run = await startFor(host, broken, 'ada')
    await insertEvents(host.deps.db, run.id, 1, () => ({ responses: [{ question: 'nowhere', response: {} }] }))
    const failing = await regrade(host, broken, await revise(host, broken, 'b'))
    await host.idle()
    const sound = await publish(host, document('a'))
    await takers(host, sound, 1)
    const waiting = await regrade(host, sound, await revise(host, sound, 'b'))
    await host.idle()
    await runJobs(host.deps, 100).catch(() => {})
    expect([await statusOf(host, failing), await statusOf(host, waiting)]).toEqual(['running', 'done'])
  })
})
