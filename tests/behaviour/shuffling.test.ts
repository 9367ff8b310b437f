import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { type Json, quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { seededBytes } from '../support/seeded-bytes.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost({ randomBytes: seededBytes(20_260_105) })
})

const SECTIONS = [
  { id: 'one', title: 'One' },
  { id: 'two', title: 'Two' },
]
/** Ten questions, five a section; in the author's order neither their ids nor their sections are sorted. */
const MIXED = ['b5', 'a5', 'a1', 'b2', 'b1', 'a4', 'a2', 'b4', 'b3', 'a3']

function mixed(policy: Json): Json {
  const questions = MIXED.map((id) => trueFalse(id, { section: id.startsWith('a') ? 'one' : 'two' }))
  return quizDocument({ sections: SECTIONS, questions, policy })
}

const ids = (list: readonly { id: string }[]) => list.map((each) => each.id)
const orderOf = (run: Run) => ids(run.started.body.questions)
const optionsOf = (run: Run) => ids(run.started.body.questions[0].options).join('')

async function startSome(quiz: string, count = 12): Promise<Run[]> {
  const runs: Run[] = []
  for (let index = 0; index < count; index++) runs.push(await start(host, quiz))
  return runs
}

describe('questions', () => {
  it('stand in the author’s order by default, for every attempt', async () => {
    for (const run of await startSome(await publish(host, mixed({})), 3)) expect(orderOf(run)).toEqual(MIXED)
  })

  it('are shuffled within their section, and sections keep their order', async () => {
    const runs = await startSome(await publish(host, mixed({ shuffle: { questions: true } })))
    for (const run of runs) {
      expect(orderOf(run).slice(0, 5).toSorted()).toEqual(['a1', 'a2', 'a3', 'a4', 'a5'])
      expect(orderOf(run).slice(5).toSorted()).toEqual(['b1', 'b2', 'b3', 'b4', 'b5'])
    }
    for (const [from, to] of [
      [0, 5],
      [5, 10],
    ]) {
      const orders = new Set(runs.map((run) => orderOf(run).slice(from, to).join()))
      expect(orders.size).toBeGreaterThan(6)
    }
  })

  it('and what became of them stand in one order, from start to finish', async () => {
    const quiz = await publish(host, mixed({ feedback: 'deferred', shuffle: { questions: true } }))
    for (const run of await startSome(quiz, 3)) {
      const order = orderOf(run)
      await run.respond('b3', { choice: 'true' })
      await run.respond('a1', { choice: 'true' })
      const resumed = await run.resume()
      const finished = await run.finish({ releases: ['a1', 'b3'] })
      expect(ids(run.started.body.attempt.questions)).toEqual(order)
      expect(ids(resumed.body.questions)).toEqual(order)
      for (const { body } of [resumed, finished]) {
        expect(ids(body.attempt.questions)).toEqual(order)
        expect(body.results.map((result: any) => result.question)).toEqual(order)
        const answered = body.results.filter((result: any) => result.status !== 'unanswered')
        expect(answered.map((result: any) => result.question).toSorted()).toEqual(['a1', 'b3'])
      }
    }
  })

  it('stand in id order within their section where there is no attempt', async () => {
    const quiz = await publish(host, mixed({ shuffle: { questions: true } }))
    const { body } = await host.client.call('GET', `/v1/quizzes/${quiz}/questions`)
    expect(ids(body.questions)).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'b3', 'b4', 'b5'])
  })
})

/** A quiz of one question, whose options the author has put in the order c, a, d, b. */
const quizOf = (change: Json = {}, policy: Json = {}) => {
  const questions = [singleChoice('single', { ids: 'cadb', key: 'd', ...change })]
  return publish(host, quizDocument({ questions, policy }))
}

describe('options', () => {
  it('are shuffled by default, differently for each attempt', async () => {
    const orders = (await startSome(await quizOf())).map(optionsOf)
    for (const order of orders) expect([...order].toSorted().join('')).toBe('abcd')
    expect(new Set(orders).size).toBeGreaterThan(5)
    expect(new Set(orders.map((order) => order.indexOf('d'))).size).toBe(4)
  })

  it('keep the author’s order with shuffle: false', async () => {
    for (const run of await startSome(await quizOf({ shuffle: false }), 4)) expect(optionsOf(run)).toBe('cadb')
  })

  it('keep the author’s order where the policy shuffles none', async () => {
    const quiz = await quizOf({ shuffle: true }, { shuffle: { options: false } })
    for (const run of await startSome(quiz, 4)) expect(optionsOf(run)).toBe('cadb')
  })

  it('stand for an attempt as they stood at its start', async () => {
    for (const run of await startSome(await quizOf(), 6)) {
      expect((await run.resume()).body.questions).toEqual(run.started.body.questions)
      await run.finish()
      expect((await run.resume()).body.questions).toEqual(run.started.body.questions)
    }
  })

  it('stand as they stood for an isolate that knows nothing of the attempt', async () => {
    const run = await start(host, await quizOf())
    const isolate = await host.isolate()
    const read = await isolate.client.call('GET', `/v1/attempts/${run.id}`, { token: run.token })
    expect(read.body.questions).toEqual(run.started.body.questions)
  })

  it('stand in id order where there is no attempt, and in the author’s where they are not shuffled', async () => {
    for (const [change, order] of [
      [{}, 'abcd'],
      [{ shuffle: false }, 'cadb'],
    ] as const) {
      const { body } = await host.client.call('GET', `/v1/quizzes/${await quizOf(change)}/questions`)
      expect(ids(body.questions[0].options).join('')).toBe(order)
    }
  })
})
