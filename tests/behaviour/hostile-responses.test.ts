import { beforeAll, describe, expect, it } from 'vitest'
import { publish, type Run, start } from '../support/actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument } from '../support/quiz-document.ts'
import { attemptsOf, logOf } from '../support/rows.ts'

let host: TestHost
let quiz: string
let run: Run

beforeAll(async () => {
  host = await createHost()
  quiz = await publish(host)
  run = await start(host, quiz)
})

/** What both ways of answering say, which is the same; neither leaves anything behind. */
async function refusal(responses: unknown): Promise<(number | string)[]> {
  const body = { responses }
  const stepwise = await host.client.call('POST', `/v1/attempts/${run.id}/responses`, { token: run.token, body })
  const atOnce = await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body })
  expect(problemOf(atOnce)).toEqual(problemOf(stepwise))
  expect(await logOf(host.deps.db, run.id)).toEqual([])
  expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(1)
  return problemOf(stepwise)
}

const invalid = (...places: string[]) => [422, 'invalid-input', ...places]
const RESPONSE = '/responses/0/response'

describe('a body that is wrong in thousands of places', () => {
  it('is told of fifty', async () => {
    const fresh = await start(host, await publish(host))
    const responses = Array.from({ length: 500 }, () => ({ question: 'nope', response: {} }))
    const answer = await fresh.respondAll(responses)
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toHaveLength(50)
  })
})

const PLACE = new RegExp(
  `^${RESPONSE}(?:/(?:choices?|sure|constructor|Choice|answer)(?:/\\d+)?)? (?:invalid-shape|unknown-field)$`,
)

describe('a response of the wrong shape is refused where it is wrong, to', () => {
  const shapeless: unknown[] = [null, true, 7, 'b', [], ['b'], {}, [{ choice: 'b' }], { Choice: 'b' }, { answer: 'b' }]
  const questions: Record<string, [response: unknown, ...at: string[]][]> = {
    single: [
      [{ choice: 'z' }, `${RESPONSE}/choice unknown-id`],
      [{ choice: 'B' }, `${RESPONSE}/choice unknown-id`],
      [{ choice: 'p' }, `${RESPONSE}/choice unknown-id`],
      [{ choice: 'true' }, `${RESPONSE}/choice unknown-id`],
      [{ choice: 'constructor' }, `${RESPONSE}/choice unknown-id`],
      [{ choices: ['b'] }, `${RESPONSE}/choice invalid-shape`, `${RESPONSE}/choices unknown-field`],
    ],
    multiple: [
      [{ choices: ['p', 'z'] }, `${RESPONSE}/choices/1 unknown-id`],
      [{ choices: ['p', 'q', 'p'] }, `${RESPONSE}/choices invalid-shape`],
      [{ choice: 'p' }, `${RESPONSE}/choices invalid-shape`, `${RESPONSE}/choice unknown-field`],
    ],
    truth: [
      [{ choice: 'false-' }, `${RESPONSE}/choice invalid-shape`],
      [{ choice: 'b' }, `${RESPONSE}/choice invalid-shape`],
      [{ choice: 'True' }, `${RESPONSE}/choice invalid-shape`],
      [{ choice: true }, `${RESPONSE}/choice invalid-shape`],
      [{ choices: ['true'] }, `${RESPONSE}/choice invalid-shape`, `${RESPONSE}/choices unknown-field`],
    ],
  }
  /** Refused by any type: in some part of the response. */
  const anywhere: unknown[] = [
    { choice: 7 },
    { choice: null },
    { choice: ['b'] },
    { choice: {} },
    { choice: '' },
    { choice: 'b ' },
    { choice: 'b', choices: ['p'] },
    { choice: 'true', sure: true },
    { choice: 'ü' },
    { choice: 'x'.repeat(65) },
    { choices: 'p' },
    { choices: [7] },
    { choices: [['p']] },
    { choices: { 0: 'p', length: 1 } },
    { choices: [null] },
    { choices: ['p'], constructor: 1 },
    { choices: Array.from({ length: 51 }, (_, index) => `o${index}`) },
  ]
  for (const [question, cases] of Object.entries(questions)) {
    it.each([...shapeless, ...anywhere])(`${question}: %j`, async (response) => {
      const [status, code, ...places] = await refusal([{ question, response }])
      expect([status, code]).toEqual([422, 'invalid-input'])
      expect(places).not.toEqual([])
      expect(places.filter((place) => !PLACE.test(String(place)))).toEqual([])
    })
    it.each(cases)(`${question}: %j at %s`, async (response, ...at) => {
      expect(await refusal([{ question, response }])).toEqual(invalid(...at))
    })
  }
})

describe('responses are refused', () => {
  const right = { question: 'single', response: { choice: 'b' } }
  it.each<[string, unknown, string[]]>([
    ['that are none', undefined, ['/responses invalid-shape']],
    ['that are no list', { 0: right }, ['/responses invalid-shape']],
    ['that are null', null, ['/responses invalid-shape']],
    ['without a question', [{ response: { choice: 'b' } }], ['/responses/0/question invalid-shape']],
    ['without a response', [{ question: 'single' }], ['/responses/0/response invalid-shape']],
    ['to a question that is not there', [{ ...right, question: 'other' }], ['/responses/0/question unknown-id']],
    ['to what every object has', [{ ...right, question: 'toString' }], ['/responses/0/question unknown-id']],
    ['to a question in a list', [{ ...right, question: ['single'] }], ['/responses/0/question invalid-shape']],
    ['twice to one question', [right, right], ['/responses/1/question duplicate']],
    ['with a score', [{ ...right, score: 1 }], ['/responses/0/score unknown-field']],
    ['with a time', [right, { ...right, at: 0 }], ['/responses/1/at unknown-field']],
    ['with a certainty where none is asked', [{ ...right, certainty: 2 }], ['/responses/0/certainty inconsistent']],
    ['with a certainty that is none', [{ ...right, certainty: 4 }], ['/responses/0/certainty invalid-shape']],
    ['with a certainty in a text', [{ ...right, certainty: '2' }], ['/responses/0/certainty invalid-shape']],
    [
      'of which one is right and others are not',
      [right, { ...right, question: 'multiple' }, { ...right, question: 'x' }],
      [
        '/responses/1/response/choices invalid-shape',
        '/responses/1/response/choice unknown-field',
        '/responses/2/question unknown-id',
      ],
    ],
    ['of more than 500', Array.from({ length: 501 }, () => right), ['/responses invalid-shape']],
  ])('%s', async (_name, responses, places) => {
    expect(await refusal(responses)).toEqual(invalid(...places))
  })

  it('that are an empty list, in an attempt; the one-call form takes it', async () => {
    const body = { responses: [] }
    const stepwise = await host.client.call('POST', `/v1/attempts/${run.id}/responses`, { token: run.token, body })
    expect(problemOf(stepwise)).toEqual(invalid('/responses invalid-shape'))
    const other = await publish(host)
    const atOnce = await host.client.call('POST', `/v1/quizzes/${other}/submissions`, { body })
    expect(atOnce.body.attempt).toMatchObject({ status: 'finished', answeredCount: 0, score: 0 })
  })
})

describe('a start is refused', () => {
  const learner = { id: 'ada' }
  const many = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, 'v']))
  it.each<[string, Json, string]>([
    ['for a learner that is a text', { learner: 'ada' }, '/learner invalid-shape'],
    ['for a learner that is null', { learner: null }, '/learner invalid-shape'],
    ['for a learner without an id', { learner: { name: 'Ada' } }, '/learner/id invalid-shape'],
    ['for a learner whose id is empty', { learner: { id: '' } }, '/learner/id invalid-shape'],
    ['for a learner whose id is a number', { learner: { id: 7 } }, '/learner/id invalid-shape'],
    ['for a learner whose id is too long', { learner: { id: 'x'.repeat(201) } }, '/learner/id invalid-shape'],
    ['for a learner with a role', { learner: { ...learner, role: 'staff' } }, '/learner/role unknown-field'],
    ['with metadata in a list', { learner, metadata: ['x'] }, '/metadata invalid-shape'],
    ['with metadata that is a number', { learner, metadata: { course: 7 } }, '/metadata/course invalid-shape'],
    [
      'with metadata that is too long',
      { learner, metadata: { course: 'x'.repeat(201) } },
      '/metadata/course invalid-shape',
    ],
    ['with too much metadata', { learner, metadata: many }, '/metadata invalid-shape'],
    ['with metadata of an odd name', { learner, metadata: { 'a/b': 'x' } }, '/metadata/a~1b invalid-shape'],
  ])('%s', async (_name, body, place) => {
    const answer = await host.client.call('POST', `/v1/quizzes/${quiz}/attempts`, { token: ROOT_KEY, body })
    expect(problemOf(answer)).toEqual(invalid(place))
    expect(await attemptsOf(host.deps.db, quiz)).toHaveLength(1)
  })

  it('with metadata that would be the prototype', async () => {
    const rawBody = '{"learner":{"id":"ada"},"metadata":{"__proto__":"x"}}'
    const options = { token: ROOT_KEY, rawBody, headers: { 'Content-Type': 'application/json' } }
    const answer = await host.client.call('POST', `/v1/quizzes/${quiz}/attempts`, options)
    expect(problemOf(answer)).toEqual(invalid('/metadata/__proto__ unknown-field'))
  })

  it('for a learner whom a caller without a key names', async () => {
    for (const [path, body] of [
      ['attempts', { learner }],
      ['submissions', { learner, responses: [] }],
    ] as const) {
      const answer = await host.client.call('POST', `/v1/quizzes/${quiz}/${path}`, { body })
      expect(problemOf(answer), path).toEqual([403, 'learner-not-allowed'])
    }
  })

  it('at a restricted quiz without a learner', async () => {
    const restricted = await publish(host, quizDocument({ access: 'restricted' }))
    for (const [path, body] of [
      ['attempts', {}],
      ['submissions', { responses: [] }],
    ] as const) {
      const answer = await host.client.call('POST', `/v1/quizzes/${restricted}/${path}`, { token: ROOT_KEY, body })
      expect(problemOf(answer), path).toEqual(invalid('/learner invalid-shape'))
    }
  })
})
