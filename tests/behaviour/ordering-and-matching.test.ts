import { beforeAll, describe, expect, it } from 'vitest'
import { shuffle } from '../../src/grading/shuffle.ts'
import { newQuizId, publish, start } from '../support/actions.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { matching, ordering, partialOrdering } from '../support/every-type.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { seededBytes } from '../support/seeded-bytes.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost({ randomBytes: seededBytes(20_260_106) })
})

const ids = (entries: Json[]) => entries.map((entry) => entry['id']).join('')
const quizOf = (questions: Json[], policy: Json = {}) => publish(host, quizDocument({ questions, policy }))

/** Takes a shuffle back, as anyone can who knows its seed. */
function unshuffled(served: string, seed: string): string {
  const positions = shuffle(
    Array.from(served, (_, index) => index),
    seed,
  )
  return positions.map((_, index) => served[positions.indexOf(index)]).join('')
}

describe('an ordering or a matching, as it is served', () => {
  it('has what the contract says, and no word of the key', async () => {
    const quiz = await quizOf([ordering('order'), matching('match')])
    const { questions } = (await host.client.call('GET', `/v1/quizzes/${quiz}/questions`)).body
    expect(questions).toMatchObject([
      { id: 'order', section: 'one', type: 'ordering', points: 4 },
      { id: 'match', section: 'one', type: 'matching', points: 3 },
    ])
    const common = ['id', 'points', 'prompt', 'section', 'type']
    expect(Object.keys(questions[0]).toSorted()).toEqual([...common, 'items'].toSorted())
    expect(Object.keys(questions[1]).toSorted()).toEqual([...common, 'prompts', 'options'].toSorted())
    expect(questions[0].items[0]).toEqual({
      id: 'w',
      text: { markdown: 'Entry **w** of items', html: '<p>Entry <strong>w</strong> of items</p>' },
    })
    for (const entry of [...questions[0].items, ...questions[1].prompts, ...questions[1].options]) {
      expect(Object.keys(entry).toSorted()).toEqual(['id', 'text'])
    }
  })

  it('stands in id order where there is no attempt, but for prompts, which stand in the author’s', async () => {
    for (const shuffled of [true, false]) {
      const change = { shuffle: shuffled }
      const quiz = await quizOf([ordering('order', change), matching('match', change)], {
        shuffle: { options: shuffled },
      })
      const [order, match] = (await host.client.call('GET', `/v1/quizzes/${quiz}/questions`)).body.questions
      expect([ids(order.items), ids(match.prompts), ids(match.options)]).toEqual(['wxyz', 'nlm', '1234'])
    }
  })

  it.each([
    { name: 'by default', change: {}, policy: {} },
    { name: 'with shuffle: false', change: { shuffle: false }, policy: {} },
    { name: 'where the policy shuffles no options', change: {}, policy: { shuffle: { options: false } } },
    { name: 'where neither wants it', change: { shuffle: false }, policy: { shuffle: { options: false } } },
  ])('is shuffled for every attempt anew, $name, from id order', async ({ change, policy }) => {
    const quiz = await quizOf([ordering('order', change), matching('match', change)], policy)
    const orders = new Set<string>()
    for (let index = 0; index < 12; index++) {
      const run = await start(host, quiz)
      const [order, match] = run.started.body.questions
      expect(ids(match.prompts)).toBe('nlm')
      expect(unshuffled(ids(order.items), `${run.id}/order/items`)).toBe('wxyz')
      expect(unshuffled(ids(match.options), `${run.id}/match/options`)).toBe('1234')
      expect((await run.resume()).body.questions).toEqual(run.started.body.questions)
      orders.add(ids(order.items)).add(ids(match.options))
    }
    // Of 24 orders each, 12 draws of two: fewer than eight different ones would be a rare accident.
    expect(orders.size).toBeGreaterThan(8)
  })

  it('says nothing by its order of how the author wrote it, or of what is right', async () => {
    const served: unknown[] = []
    for (const [written, key] of [
      ['wxyz', { order: [...'wxyz'] }],
      ['zyxw', { order: [...'yxzw'] }],
      ['xzwy', { dependsOn: { w: ['z'] } }],
    ] as const) {
      const same = await createHost({ randomBytes: seededBytes(7) })
      await emptyDatabase(same.deps.db)
      const items = [...written].map((id) => ({ id, text: `Item ${id}` }))
      const quiz = await publish(same, quizDocument({ questions: [ordering('order', { items, key })] }), 'one-id')
      served.push((await start(same, quiz)).started.body.questions)
    }
    expect(served[1]).toEqual(served[0])
    expect(served[2]).toEqual(served[0])
  })
})

/** What responses to the one question of a quiz earn, one attempt each. */
async function scores(question: Json, responses: readonly Json[]): Promise<unknown[]> {
  const id = question['id'] as string
  const quiz = await quizOf([question])
  const earned: unknown[] = []
  for (const response of responses) {
    const run = await start(host, quiz)
    earned.push((await run.respond(id, response, { releases: [id] })).body.results[0].score)
  }
  return earned
}

const orders = (...each: string[]) => each.map((order) => ({ order: [...order] }))

describe('an ordering', () => {
  // The right order is x, w, z, y; four points. Worked out by hand from the formula of each method.
  it.each([
    { scoring: { method: 'absolute-position' }, earned: [4, 2, 0, 2] },
    { scoring: { method: 'exact' }, earned: [4, 0, 0, 0] },
    // Right successors x-w, w-z, z-y: of three, all; x-w; none; w-z.
    { scoring: { method: 'relative-next' }, earned: [4, 1.333, 0, 1.333] },
    // The last item is y: it ends the first response and none of the others.
    { scoring: { method: 'relative-next', includeLast: true }, earned: [4, 1, 0, 1] },
    // Of eight sides: all; x before w, twice, and x first; none; w before z, twice.
    { scoring: { method: 'one-neighbour-each-side' }, earned: [4, 1.5, 0, 1] },
    // Pairs in order, of six: 6, 5, 0; y-w and y-z and y-x wrong, w-x and z-x wrong, w-z right.
    { scoring: { method: 'all-before-and-after' }, earned: [4, 3.333, 0, 0.667] },
    { scoring: { method: 'longest-ordered-subset' }, earned: [4, 3, 0, 2] },
    // x, w, z in a row with y between; none; w, z.
    { scoring: { method: 'longest-run' }, earned: [4, 3, 0, 2] },
    // Distances 0 0 0 0; 0 0 1 1; 3 1 1 3; y 3, w 0, z 0, x 3: Σ max(0, 3 − distance) of 12.
    { scoring: { method: 'relative-to-correct' }, earned: [4, 3.333, 1.333, 2] },
    // (4 − d) / 4 with d = 0, 2, 6, 4.
    { scoring: { method: 'partial-order' }, earned: [4, 2, 0, 0] },
  ])('is scored by $scoring', async ({ scoring, earned }) => {
    const responses = orders('xwzy', 'xwyz', 'yzwx', 'ywzx')
    expect(await scores(ordering('order', { scoring }), responses)).toEqual(earned)
  })

  it('by dependencies takes every valid order, and says the first one by id', async () => {
    const responses = orders('wxzy', 'wzxy', 'xwzy', 'wyxz')
    expect(await scores(partialOrdering('steps'), responses)).toEqual([4, 4, 2, 2])
    expect(await scores(partialOrdering('steps', { scoring: { method: 'exact' } }), responses)).toEqual([4, 4, 0, 0])
    const run = await start(host, await quizOf([partialOrdering('steps')]))
    const told = await run.respond('steps', { order: [...'wzxy'] }, { releases: ['steps'] })
    expect(told.body.results[0]).toMatchObject({ status: 'correct', answer: { order: [...'wxzy'] } })
  })
})

describe('a matching', () => {
  it('is scored per part or as a whole, with prompts left out, and an option given twice', async () => {
    const responses = [
      { pairs: { n: '2', l: '4', m: '2' } },
      { pairs: { n: '2', l: '4' } },
      { pairs: { n: '2', l: '2', m: '2' } },
      { pairs: { l: '2', m: '4' } },
      { pairs: {} },
    ]
    expect(await scores(matching('match'), responses)).toEqual([3, 2, 2, 0, 0])
    expect(await scores(matching('match', { scoring: { method: 'exact' } }), responses)).toEqual([3, 0, 0, 0, 0])
    expect(await scores(matching('match', { points: 1 }), responses)).toEqual([1, 0.667, 0.667, 0, 0])
  })

  it('takes {} as an answer', async () => {
    const run = await start(host, await quizOf([matching('match')]))
    const { attempt, results } = (await run.respond('match', { pairs: {} }, { releases: ['match'] })).body
    expect(results[0]).toMatchObject({ status: 'incorrect', response: { pairs: {} }, try: 1 })
    expect(attempt.answeredCount).toBe(1)
  })

  it('merges options of equal text: the first id stays, and key and samples follow', async () => {
    const options = [
      { id: '3', text: 'The **CRI**' },
      { id: '2', text: 'The CSI' },
      { id: '1', text: 'The **CRI** ', feedback: 'Of one that goes.' },
      { id: '4', text: 'The CSI' },
    ]
    const samples = [
      { response: { pairs: { n: '1', l: '4', m: '3' } }, fraction: 1 },
      { response: { pairs: { n: '4', l: '1', m: '1' } }, fraction: '1/3' },
    ]
    const quiz = await quizOf([matching('match', { options, key: { pairs: { n: '1', l: '4', m: '3' } }, samples })])
    const run = await start(host, quiz)
    expect(ids(run.started.body.questions[0].options).split('').toSorted()).toEqual(['2', '3'])
    const gone = await run.respond('match', { pairs: { n: '1' } })
    expect(gone.body.errors).toMatchObject([{ pointer: '/responses/0/response/pairs/n', code: 'unknown-id' }])
    const right = await run.respond('match', { pairs: { n: '3', l: '2', m: '3' } }, { releases: ['match'] })
    expect(right.body.results[0]).toMatchObject({ status: 'correct', answer: { pairs: { n: '3', l: '2', m: '3' } } })
    const path = `/v1/quizzes/${quiz}/revisions/${run.started.body.attempt.revision}`
    const [read] = (await host.client.call('GET', path, { token: ROOT_KEY, releases: 'everything' })).body.document
      .questions
    expect(read.options).toEqual([
      { id: '3', text: 'The **CRI**' },
      { id: '2', text: 'The CSI' },
    ])
    expect(read.key).toEqual({ pairs: { n: '3', l: '2', m: '3' } })
    expect(read.samples).toEqual([
      { response: { pairs: { n: '3', l: '2', m: '3' } }, fraction: 1 },
      { response: { pairs: { n: '2', l: '3', m: '3' } }, fraction: '1/3' },
    ])
  })

  it('whose options are all one is refused: what is left would be no choice, nor a question of the contract', async () => {
    const options = [
      { id: '1', text: 'The same' },
      { id: '2', text: 'The same ' },
    ]
    const body = quizDocument({
      questions: [matching('match', { options, key: { pairs: { n: '1', l: '2', m: '1' } } })],
    })
    const put = await host.client.call('PUT', `/v1/quizzes/${newQuizId()}`, { token: ROOT_KEY, body })
    expect(put).toMatchObject({ status: 422, body: { errors: [{ pointer: '/questions/0/options' }] } })
  })
})
