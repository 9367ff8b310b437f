import { beforeAll, describe, expect, it } from 'vitest'
import { learnerOf, publish, start, startFor } from '../support/actions.ts'
import { DRIVER_MESSAGE } from '../support/faults.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { type Json, multipleChoice, quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { QUESTIONS, secretsIn, secretsOf } from '../support/secrets.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const STAFF = { token: ROOT_KEY, releases: 'everything' } as const

const WHOLE = ['correct', 'explanation', 'hint-1', 'hint-2', 'incorrect', 'partly']
const EVERY_SECRET = [
  ...secretsOf('single', 'abc', ...WHOLE),
  ...secretsOf('multiple', 'pqrst', ...WHOLE),
  ...secretsOf('truth', '', ...WHOLE),
].toSorted()

const options = (word: string) => [...'abcd'].map((letter) => ({ id: `${word}-${letter}`, text: `${word} ${letter}` }))

describe('what a learner is told too early', () => {
  it('would be found: staff get every secret, at any time', async () => {
    const quiz = await publish(host, quizDocument({ policy: { feedback: 'never' } }))
    const run = await start(host, quiz)
    const { revision } = run.started.body.attempt
    const document = await host.client.call('GET', `/v1/quizzes/${quiz}/revisions/${revision}`, STAFF)
    expect(secretsIn(document)).toEqual(EVERY_SECRET)
    expect(document.body.document.questions.map(({ key }: Json) => key)).toEqual(QUESTIONS.map(({ right }) => right))
    await run.respond('single', { choice: 'a' })
    const seen = await host.client.call('GET', `/v1/attempts/${run.id}`, STAFF)
    expect(secretsIn(seen)).toEqual([
      ...secretsOf('multiple', 'pqrst', 'explanation'),
      ...secretsOf('single', 'abc', 'explanation', 'incorrect'),
      ...secretsOf('truth', '', 'explanation'),
    ])
    expect(seen.body.results.map(({ answer }: Json) => answer)).toEqual(QUESTIONS.map(({ right }) => right))
    expect(seen.body).toMatchObject({ token: null, attempt: { status: 'active', score: 0 } })
  })

  it('is nothing, on any surface that needs no answer', async () => {
    const quiz = await publish(host)
    const run = await start(host, quiz)
    const etag = (await host.client.call('GET', `/v1/quizzes/${quiz}`)).headers.get('ETag')!
    const paths = [
      '/',
      `/play/${quiz}`,
      '/verify',
      '/openapi.json',
      '/docs',
      '/problems/not-found',
      '/.well-known/jwks.json',
      '/healthz',
      '/readyz',
      '/version',
      '/v1/quizzes',
      `/v1/quizzes/${quiz}`,
      `/v1/quizzes/${quiz}/questions`,
      `/v1/quizzes/${quiz}/revisions`,
      `/v1/attempts/${run.id}`,
    ]
    for (const path of paths) {
      const token = path.startsWith('/v1/attempts') ? run.token : null
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'POST']) {
        expect(secretsIn(await host.client.call(method, path, { token })), `${method} ${path}`).toEqual([])
      }
      const headers = { 'If-None-Match': etag, Accept: 'text/html, text/csv', Origin: 'https://page.example' }
      expect(secretsIn(await host.client.call('GET', path, { token, headers })), path).toEqual([])
    }
    const restricted = await publish(host, quizDocument({ access: 'restricted' }))
    const named = await startFor(host, restricted, 'someone')
    expect(secretsIn(named.started)).toEqual([])
    expect(secretsIn(await named.resume())).toEqual([])
  })

  it('is nothing in questions: they have the fields of the contract, and options two', async () => {
    const quiz = await publish(host)
    const run = await start(host, quiz)
    const read = (await host.client.call('GET', `/v1/quizzes/${quiz}/questions`)).body.questions
    for (const questions of [read, run.started.body.questions, (await run.resume()).body.questions]) {
      for (const question of questions) {
        const fields = ['id', 'points', 'prompt', 'section', 'type']
        const listed = question.type === 'true-false' ? fields : [...fields, 'options'].toSorted()
        expect(Object.keys(question).toSorted()).toEqual(listed)
        for (const option of question.options ?? []) expect(Object.keys(option).toSorted()).toEqual(['id', 'text'])
      }
    }
  })

  it('is nothing when the request is malformed: no option is named that the request does not name', async () => {
    const questions = [
      singleChoice('single', { options: options('alpha'), key: 'alpha-b' }),
      { ...multipleChoice('multiple', { options: options('omega') }), key: { choices: ['omega-b'] } },
      trueFalse('truth'),
    ]
    const quiz = await publish(host, quizDocument({ questions }))
    const run = await start(host, quiz)
    const malformed: [string, unknown][] = [
      ['single', { choice: 'other' }],
      ['single', { choice: 7 }],
      ['single', {}],
      ['single', null],
      ['single', 'other'],
      ['single', { choices: ['other'] }],
      ['multiple', { choices: ['other', 'others'] }],
      ['multiple', { choices: 'other' }],
      ['multiple', { choice: 'other' }],
      ['truth', { choice: 'perhaps' }],
      ['alpha', { choice: 'other' }],
    ]
    for (const [question, response] of malformed) {
      const responses = [{ question, response }]
      const answers = [
        await run.respondAll(responses),
        await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body: { responses } }),
      ]
      for (const { status, text } of answers) {
        expect(status).toBe(422)
        expect(text).not.toMatch(/alpha-|omega-|"true"|results/)
      }
    }
  })

  it('is nothing when the database fails: neither secrets nor the words of its driver', async () => {
    const words = DRIVER_MESSAGE.match(/secret[-_]\w+/g)!
    expect(words).toHaveLength(2)
    const failing = await createHost()
    const quiz = await publish(failing)
    const run = await start(failing, quiz)
    const calls: [string, string, Json?, string?][] = [
      ['GET', '/v1/quizzes'],
      ['POST', `/v1/quizzes/${quiz}/attempts`],
      ['POST', `/v1/quizzes/${quiz}/submissions`, { responses: [{ question: 'single', response: { choice: 'b' } }] }],
      ['GET', `/v1/attempts/${run.id}`, undefined, run.token],
      [
        'POST',
        `/v1/attempts/${run.id}/responses`,
        { responses: [{ question: 'single', response: { choice: 'b' } }] },
        run.token,
      ],
      ['POST', `/v1/attempts/${run.id}/finish`, undefined, run.token],
      ['PUT', `/v1/quizzes/${quiz}`, quizDocument({ title: 'Another' }), ROOT_KEY],
      ['DELETE', `/v1/quizzes/${quiz}`, undefined, ROOT_KEY],
      ['GET', `/v1/quizzes/${quiz}/revisions`, undefined, ROOT_KEY],
      ['GET', '/readyz'],
    ]
    for (const [method, path, body, token = null] of calls) {
      for (const fault of ['before', 'after'] as const) {
        failing.faults[fault](1)
        const answer = await failing.client.call(method, path, { token, ...(body && { body }) })
        expect(answer.status, `${method} ${path}`).toBe(503)
        for (const word of [...words, 'Failed query', 'insert into']) {
          expect(`${answer.text}${JSON.stringify([...answer.headers])}`).not.toContain(word)
          expect(JSON.stringify(failing.log)).not.toContain(word)
        }
      }
    }
    expect(failing.log.filter(({ level }) => level === 'error')).toHaveLength(calls.length * 2)
  })

  it('is nothing when a request is sent again: a replay shows what may be seen now, and only to who sent it', async () => {
    const quiz = await publish(host, quizDocument({ policy: { tries: 2 } }))
    const headers = { 'Idempotency-Key': 'a-secret-that-two-learners-share' }
    const run = await start(host, quiz)
    const first = await run.respond('single', { choice: 'a' }, { headers, releases: ['single'] })
    const replayed = await run.respond('single', { choice: 'a' }, { headers, releases: ['single'] })
    expect(replayed.body.results).toEqual(first.body.results)
    expect(secretsIn(replayed)).toEqual(secretsOf('single', '', 'incorrect', 'hint-1', 'option-a'))
    const other = await start(host, quiz)
    const theirs = await other.respond('truth', { choice: 'false' }, { headers, releases: ['truth'] })
    expect(secretsIn(theirs)).toEqual(secretsOf('truth', '', 'incorrect', 'hint-1'))
    const reused = await run.respond('single', { choice: 'b' }, { headers })
    expect(reused.body).toMatchObject({ code: 'idempotency-key-reused' })
    expect(reused.body).not.toHaveProperty('results')
    await run.respond('single', { choice: 'b' }, { releases: ['single'] })
    const late = await run.respond('single', { choice: 'a' }, { headers, releases: ['single'] })
    expect(late.body.results[0]).toMatchObject({ try: 1, status: 'incorrect', answer: { choice: 'b' } })
  })

  it('is nothing when a start is sent again', async () => {
    const quiz = await publish(host, quizDocument({ policy: { feedback: 'deferred' } }))
    const headers = { 'Idempotency-Key': 'a-secret-of-one-learner-alone' }
    const run = await start(host, quiz, { headers })
    await run.respond('single', { choice: 'b' })
    const again = await start(host, quiz, { headers })
    expect(again.id).toBe(run.id)
    expect(secretsIn(again.started)).toEqual([])
    expect(again.started.body.attempt.questions[0]).toMatchObject({ status: 'answered', score: null })
    expect(secretsIn(await learnerOf(host, again.started).resume())).toEqual([])
  })
})
