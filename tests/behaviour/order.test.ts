import { beforeAll, describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/content/parse-document.ts'
import { split } from '../../src/content/split.ts'
import { present } from '../../src/grading/present.ts'
import type { PublicQuiz } from '../../src/grading/quiz.ts'
import { shuffle } from '../../src/grading/shuffle.ts'
import { attemptId } from '../../src/services/_ids.ts'
import { publish, start } from '../support/actions.ts'
import { chiSquare, RARELY_EXCEEDED } from '../support/chi-square.ts'
import { countedBytes } from '../support/counted-bytes.ts'
import { createHost, START, type TestHost } from '../support/host.ts'
import { type Json, multipleChoice, quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

interface Listed {
  readonly id: string
  readonly options?: readonly { readonly id: string }[]
}

const idsOf = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).join('')
const optionsOf = (questions: readonly Listed[], question: string) =>
  idsOf(questions.find(({ id }) => id === question)!.options!)

/** A quiz whose author put the options of `one` and `two` in this order. */
function ordered(ids: string, change: Json = {}): Json {
  return quizDocument({
    questions: [singleChoice('one', { key: 'a', ...change, ids }), singleChoice('two', { key: 'a', ...change, ids })],
  })
}

const questionsOf = async (quiz: string): Promise<Listed[]> =>
  (await host.client.call('GET', `/v1/quizzes/${quiz}/questions`)).body.questions

/** Takes a shuffle back, as anyone can who knows its seed. */
function unshuffled(served: string, seed: string): string {
  const positions = shuffle(
    Array.from(served, (_, index) => index),
    seed,
  )
  return positions.map((_, index) => served[positions.indexOf(index)]).join('')
}

describe('the questions of a quiz', () => {
  it.each(['abcd', 'dcba', 'bdac'])('have their options in id order where the author wrote %s', async (ids) => {
    const questions = await questionsOf(await publish(host, ordered(ids)))
    expect(optionsOf(questions, 'one')).toBe('abcd')
    expect(optionsOf(questions, 'two')).toBe('abcd')
  })

  it.each(['a', 'b', 'c', 'd'])('have their options in id order where %s is right', async (key) => {
    const questions = await questionsOf(await publish(host, ordered('cbad', { key })))
    expect(optionsOf(questions, 'one')).toBe('abcd')
  })

  it('sort ids by code unit, which no locale changes', async () => {
    const options = ['b', 'B', 'a', '10', '9', 'a-', 'a0', 'A', 'aa', 'Z_'].map((id) => ({ id, text: `The ${id}` }))
    const quiz = await publish(host, quizDocument({ questions: [singleChoice('one', { options })] }))
    const [question] = await questionsOf(quiz)
    expect(question!.options!.map(({ id }) => id)).toEqual(['10', '9', 'A', 'B', 'Z_', 'a', 'a-', 'a0', 'aa', 'b'])
  })

  it('stand in id order within their section where attempts shuffle them', async () => {
    const sections = [
      { id: 'two', title: 'Two' },
      { id: 'one', title: 'One' },
    ]
    const questions = ['m', 'z', 'b', 'y', 'a'].map((id, index) =>
      trueFalse(id, { section: index % 2 === 0 ? 'one' : 'two' }),
    )
    const shuffled = { sections, questions, policy: { shuffle: { questions: true } } }
    const quiz = await publish(host, quizDocument(shuffled))
    expect(idsOf(await questionsOf(quiz))).toBe('yzabm')
    const run = await start(host, quiz)
    const served = idsOf(run.started.body.questions)
    expect(unshuffled(served.slice(0, 2), `${run.id}/two`)).toBe('yz')
    expect(unshuffled(served.slice(2), `${run.id}/one`)).toBe('abm')
    expect(idsOf(run.started.body.attempt.questions)).toBe(served)
  })
})

describe('an attempt', () => {
  it('shuffles options from id order: who undoes the shuffle finds nothing of the author', async () => {
    for (const ids of ['abcd', 'dcba', 'bdac']) {
      const run = await start(host, await publish(host, ordered(ids)))
      for (const question of ['one', 'two']) {
        const served = optionsOf(run.started.body.questions, question)
        expect(unshuffled(served, `${run.id}/${question}/options`)).toBe('abcd')
      }
    }
  })

  it('keeps its order when it is resumed, on another isolate too', async () => {
    const run = await start(host, await publish(host, ordered('abcdefgh')))
    expect((await run.resume()).body.questions).toEqual(run.started.body.questions)
    const elsewhere = await host.isolate()
    const resumed = await elsewhere.client.call('GET', `/v1/attempts/${run.id}`, { token: run.token })
    expect(resumed.body.questions).toEqual(run.started.body.questions)
  })

  it.each([
    { name: 'a question', document: () => ordered('cadb', { shuffle: false }) },
    { name: 'the policy', document: () => ({ ...ordered('cadb'), policy: { shuffle: { options: false } } }) },
  ])('keeps the order of the author where $name says so', async ({ document }) => {
    const quiz = await publish(host, document())
    const run = await start(host, quiz)
    expect(optionsOf(run.started.body.questions, 'one')).toBe('cadb')
    expect(optionsOf(await questionsOf(quiz), 'one')).toBe('cadb')
  })
})

function publicPart(document: Json): PublicQuiz {
  const parsed = parseDocument(document)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  return split(parsed.value).quiz
}

/** Ids as starts give them out, one a second. */
function attemptIds(count: number): string[] {
  const clock = { now: START }
  const edges = { randomBytes: countedBytes(), now: () => (clock.now += 1000) }
  return Array.from({ length: count }, () => attemptId(edges))
}

describe('presentation', () => {
  it('is the same for the same attempt whatever the order of the author and the key', () => {
    const documents = [ordered('abcd'), ordered('dbca', { key: 'd' }), ordered('cdab')]
    const quizzes = documents.map(publicPart)
    for (const id of attemptIds(50)) {
      const [first, ...others] = quizzes.map((quiz) => JSON.stringify(present(quiz, id)))
      for (const other of others) expect(other).toBe(first)
    }
  })

  it('of questions is the same for the same attempt whatever the order of the author', () => {
    const questions = ['a', 'b', 'c', 'd', 'e'].map((id) => trueFalse(id))
    const policy = { shuffle: { questions: true } }
    const quizzes = [questions, questions.toReversed()].map((each) =>
      publicPart(quizDocument({ questions: each, policy })),
    )
    for (const id of attemptIds(50)) {
      const [first, other] = quizzes.map((quiz) => idsOf(present(quiz, id)))
      expect(other).toBe(first)
    }
  })

  it('puts every option into every place equally often, so no place says anything of the right one', () => {
    const quiz = publicPart(quizDocument({ questions: [singleChoice('one', { ids: 'abcd' }), multipleChoice('two')] }))
    const orders = attemptIds(400).map((id) => optionsOf(present(quiz, id), 'one'))
    for (const option of 'abcd') {
      const counts = [0, 1, 2, 3].map((place) => orders.filter((order) => order.indexOf(option) === place).length)
      expect(chiSquare(counts)).toBeLessThan(RARELY_EXCEEDED[3])
    }
  })

  it('gives every order equally often: the one of the author, too', () => {
    const quiz = publicPart(ordered('abcd'))
    const orders = attemptIds(960).map((id) => optionsOf(present(quiz, id), 'one'))
    const counts = [...Map.groupBy(orders, (order) => order).values()].map((same) => same.length)
    expect(counts).toHaveLength(24)
    expect(chiSquare(counts)).toBeLessThan(RARELY_EXCEEDED[23])
  })

  it('says nothing of one question by the order of another', () => {
    const quiz = publicPart(ordered('abcd'))
    const pairs = attemptIds(960).map((id) => {
      const questions = present(quiz, id)
      return `${optionsOf(questions, 'one').indexOf('a')}${optionsOf(questions, 'two').indexOf('a')}`
    })
    const counts = [...Map.groupBy(pairs, (pair) => pair).values()].map((same) => same.length)
    expect(counts).toHaveLength(16)
    expect(chiSquare(counts)).toBeLessThan(RARELY_EXCEEDED[15])
  })
})
