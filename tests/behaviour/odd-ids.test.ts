import { beforeAll, describe, expect, it } from 'vitest'
import { newQuizId, publish } from '../support/actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const pairs = (written: Json): Json => ({ pairs: written })
const blanks = (written: Json): Json => ({ blanks: written })
const common = { section: 'one', explanation: 'Why.', points: 4 }

const put = (question: Json) =>
  host.client.call('PUT', `/v1/quizzes/${newQuizId()}`, {
    token: ROOT_KEY,
    body: quizDocument({ questions: [{ ...common, id: 'q', prompt: 'x', ...question }] }),
  })

describe('ids that are names of what every object has', () => {
  const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf']
  const listed = names.map((id) => ({ id, text: `The entry ${id}`, feedback: `Of ${id}.` }))
  const questions = [
    { id: 'constructor', type: 'single-choice', prompt: '1', options: listed, key: { weights: { constructor: 1 } } },
    { id: 'toString', type: 'ordering', prompt: '2', items: listed, key: { dependsOn: { constructor: ['toString'] } } },
    {
      id: 'hasOwnProperty',
      type: 'matching',
      prompt: '3',
      prompts: listed,
      options: listed,
      key: { pairs: Object.fromEntries(names.map((name) => [name, 'valueOf'])) },
    },
    {
      id: 'valueOf',
      type: 'cloze',
      prompt: '{{constructor}} {{toString}} {{valueOf}}',
      blanks: [
        { id: 'constructor', type: 'short-text' },
        { id: 'toString', type: 'numeric' },
        { id: 'valueOf', type: 'single-choice', options: listed },
      ],
      key: {
        blanks: {
          constructor: { answers: [{ text: 'x', feedback: 'Of x.' }] },
          toString: { answers: [{ value: 1 }] },
          valueOf: { choice: 'toString', weight: 2 },
        },
      },
    },
    {
      id: 'isPrototypeOf',
      type: 'numeric',
      prompt: '5',
      units: ['constructor', 'valueOf'],
      key: { answers: [{ value: 6 }], units: { valueOf: 3, constructor: { factor: 2, fraction: 0.5 } } },
    },
  ].map((question) => ({ ...common, ...question }))

  it('are as good as any other', async () => {
    const quiz = await publish(host, quizDocument({ questions }))
    const wanted: [string, Json, number][] = [
      ['constructor', { choice: 'constructor' }, 4],
      ['toString', { order: ['valueOf', 'toString', 'hasOwnProperty', 'constructor'] }, 4],
      ['hasOwnProperty', pairs({ toString: 'valueOf', constructor: 'toString', valueOf: 'valueOf' }), 2],
      ['valueOf', blanks({ constructor: 'X', valueOf: 'toString' }), 3],
      ['isPrototypeOf', { number: 3, unit: 'constructor' }, 2],
    ]
    const responses = wanted.map(([question, response]) => ({ question, response }))
    const submitted = await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body: { responses } })
    expect(submitted.body.results).toMatchObject(
      wanted.map(([question, response, score]) => ({ question, response, score })),
    )
    const answers = submitted.body.results.map(({ answer }: Json) => answer)
    expect(answers).toEqual([
      { choice: 'constructor' },
      { order: ['hasOwnProperty', 'toString', 'constructor', 'valueOf'] },
      pairs(Object.fromEntries(names.map((name) => [name, 'valueOf']))),
      blanks({ constructor: 'x', toString: '1', valueOf: 'toString' }),
      { number: '2', unit: 'valueOf' },
    ])
    const words = submitted.body.results[3].feedback.map(({ option, text }: Json) => [
      option,
      (text as Json)['markdown'],
    ])
    expect(words).toEqual([...names.toSorted().map((name) => [name, `Of ${name}.`]), ['constructor', 'Of x.']])
  })

  it.each(['__proto__', '__defineGetter__', '_x', '-x', '', 'a b', 'é', 'x'.repeat(65)])(
    'and %j, which is no id, is refused at its place',
    async (id) => {
      const entries = [{ id, text: 'One' }, ...listed]
      const key = { order: names }
      expect(problemOf(await put({ type: 'ordering', items: entries, key }))).toContain(
        '/questions/0/items/0/id invalid-shape',
      )
      const matching = { type: 'matching', prompts: entries, options: listed, key: { pairs: {} } }
      expect(problemOf(await put(matching))).toContain('/questions/0/prompts/0/id invalid-shape')
      const cloze = {
        type: 'cloze',
        blanks: [
          { id, type: 'essay' },
          { id, type: 'numeric' },
        ],
        key: { blanks: {} },
      }
      expect(problemOf(await put(cloze))).toContain('/questions/0/blanks/1/id invalid-shape')
    },
  )
})
