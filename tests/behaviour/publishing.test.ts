import { beforeAll, describe, expect, it } from 'vitest'
import { newQuizId, publish, start, startFor } from '../support/actions.ts'
import type { CallOptions } from '../support/client.ts'
import { createHost, PUBLIC_URL, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { revisionsOf } from '../support/rows.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const staff = (options: CallOptions = {}): CallOptions => ({ token: ROOT_KEY, ...options })
const put = (quiz: string, document: Json = quizDocument(), headers: Record<string, string> = {}) =>
  host.client.call('PUT', `/v1/quizzes/${quiz}`, staff({ body: document, headers }))
const remove = (quiz: string) => host.client.call('DELETE', `/v1/quizzes/${quiz}`, staff())
const get = (path: string, options: CallOptions = {}) => host.client.call('GET', path, options)
const titled = (title: string) => quizDocument({ title })

const withTruth = (change: Json) => quizDocument({ questions: [trueFalse('truth', change)] })

describe('publishing', () => {
  it('makes a first revision, and says where it is', async () => {
    const quiz = newQuizId()
    const answer = await put(quiz)
    const { revision } = answer.body
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({ quiz, revision: expect.stringMatching(/^rev_/), number: 1, created: true })
    expect(answer.headers.get('ETag')).toBe(`"${revision}"`)
    expect(answer.headers.get('Location')).toBe(`${PUBLIC_URL}/v1/quizzes/${quiz}/revisions/${revision}`)
    const path = answer.headers.get('Location')!.slice(PUBLIC_URL.length)
    expect((await get(path, staff({ releases: 'everything' }))).body.revision).toBe(revision)
  })

  it('makes nothing of the same document, whatever the order of its members', async () => {
    const quiz = newQuizId()
    const first = await put(quiz)
    const reordered = Object.fromEntries(Object.entries(quizDocument()).toReversed())
    const again = await put(quiz, reordered)
    expect([again.status, again.body]).toEqual([200, { ...first.body, created: false }])
    expect(again.headers.get('ETag')).toBe(first.headers.get('ETag'))
    expect(again.headers.get('Location')).toBe(first.headers.get('Location'))
    expect(await revisionsOf(host.deps.db, quiz)).toHaveLength(1)
  })

  it('numbers the revisions of a quiz from 1, and makes a new one of an earlier document', async () => {
    const quiz = newQuizId()
    const answers = [await put(quiz, titled('A')), await put(quiz, titled('B')), await put(quiz, titled('A'))]
    expect(answers.map(({ status, body }) => [status, body.number])).toEqual([
      [201, 1],
      [201, 2],
      [201, 3],
    ])
    expect(new Set(answers.map(({ body }) => body.revision)).size).toBe(3)
  })

  it('sees a change of the key alone, and of the text of an explanation alone', async () => {
    const quiz = newQuizId()
    expect((await put(quiz, withTruth({ key: 'true' }))).body.number).toBe(1)
    expect((await put(quiz, withTruth({ key: 'false' }))).body.number).toBe(2)
    expect((await put(quiz, withTruth({ key: 'false', explanation: 'Other.' }))).body.number).toBe(3)
  })

  it('leaves attempts that run with the revision that they started at', async () => {
    const quiz = await publish(host, quizDocument({ questions: [singleChoice('single', { key: 'a' })] }))
    const run = await start(host, quiz)
    await put(quiz, quizDocument({ questions: [singleChoice('single', { key: 'b' })] }))
    const answer = await run.respond('single', { choice: 'a' }, { releases: ['single'] })
    expect(answer.body.results[0].status).toBe('correct')
    expect(answer.body.attempt.revision).toBe(run.started.body.attempt.revision)
  })

  it('refuses an id that cannot stand in a path, and names the form', async () => {
    const malformed = ['UPPER', 'under_score', '-first', 'last-', 'a.b', 'a%20b', 'a%2Fb', '%C3%BC', 'x'.repeat(65)]
    for (const id of malformed) {
      const answer = await put(id)
      expect(problemOf(answer), id).toEqual([422, 'invalid-input', ' invalid-shape'])
      expect(answer.body.errors[0].detail, id).toContain('slug')
    }
    expect((await put('x'.repeat(64))).status).toBe(201)
    expect((await put('7')).status).toBe(201)
  })
})

describe('a precondition of publishing', () => {
  it('If-Match with the current tag lets a change through, alone or in a list', async () => {
    const quiz = newQuizId()
    const first = await put(quiz, titled('A'))
    const second = await put(quiz, titled('B'), { 'If-Match': first.headers.get('ETag')! })
    expect(second.body.number).toBe(2)
    const third = await put(quiz, titled('C'), { 'If-Match': `"rev_other", ${second.headers.get('ETag')}` })
    expect(third.body.number).toBe(3)
    expect((await put(quiz, titled('D'), { 'If-Match': '*' })).body.number).toBe(4)
  })

  it('If-Match with anything else is a 412, and publishes nothing', async () => {
    const quiz = newQuizId()
    const old = await put(quiz, titled('A'))
    const current = await put(quiz, titled('B'))
    const tags = [
      old.headers.get('ETag')!,
      `W/${current.headers.get('ETag')}`,
      current.body.revision,
      '"rev_none"',
      '""',
      'nonsense',
    ]
    for (const tag of tags) {
      expect(problemOf(await put(quiz, titled('C'), { 'If-Match': tag })), tag).toEqual([412, 'revision-changed'])
    }
    expect(await revisionsOf(host.deps.db, quiz)).toHaveLength(2)
  })

  it('If-Match names no quiz that is not there', async () => {
    for (const tag of ['*', '"rev_none"']) {
      expect(problemOf(await put(newQuizId(), quizDocument(), { 'If-Match': tag }))).toEqual([412, 'revision-changed'])
    }
  })

  it('If-None-Match: * publishes a new quiz, and never over one that is there, archived or not', async () => {
    const quiz = newQuizId()
    const onlyNew = { 'If-None-Match': '*' }
    expect((await put(quiz, titled('A'), onlyNew)).status).toBe(201)
    expect(problemOf(await put(quiz, titled('A'), onlyNew))).toEqual([412, 'revision-changed'])
    expect(problemOf(await put(quiz, titled('B'), onlyNew))).toEqual([412, 'revision-changed'])
    await remove(quiz)
    expect(problemOf(await put(quiz, titled('B'), onlyNew))).toEqual([412, 'revision-changed'])
  })

  it('If-None-Match takes no tag on publishing', async () => {
    const answer = await put(newQuizId(), quizDocument(), { 'If-None-Match': '"rev_x"' })
    expect(problemOf(answer)).toEqual([422, 'invalid-input', ' if-none-match'])
  })

  it('If-Match and If-None-Match together can never both hold', async () => {
    const quiz = newQuizId()
    const both = { 'If-Match': '*', 'If-None-Match': '*' }
    expect(problemOf(await put(quiz, quizDocument(), both))).toEqual([412, 'revision-changed'])
    await put(quiz)
    expect(problemOf(await put(quiz, titled('B'), both))).toEqual([412, 'revision-changed'])
  })
})

describe('archiving', () => {
  it('makes a quiz absent without a key, and closes it to new attempts with one', async () => {
    const quiz = await publish(host)
    const archived = await remove(quiz)
    expect([archived.status, archived.text]).toEqual([204, ''])
    const body = { responses: [] }
    expect(problemOf(await get(`/v1/quizzes/${quiz}`))).toEqual([404, 'not-found'])
    expect(problemOf(await get(`/v1/quizzes/${quiz}/questions`))).toEqual([404, 'not-found'])
    for (const [path, init] of [
      ['attempts', {}],
      ['submissions', { body }],
    ] as const) {
      const call = (options: CallOptions) => host.client.call('POST', `/v1/quizzes/${quiz}/${path}`, options)
      expect(problemOf(await call(init)), path).toEqual([404, 'not-found'])
      expect(problemOf(await call(staff(init))), path).toEqual([409, 'quiz-closed'])
    }
    expect((await get(`/v1/quizzes/${quiz}`, staff())).status).toBe(200)
  })

  it('lets attempts that run go on to their end', async () => {
    const quiz = await publish(host)
    const run = await start(host, quiz)
    await remove(quiz)
    const answer = await run.respond('single', { choice: 'b' }, { releases: ['single'] })
    expect(answer.body.results[0].status).toBe('correct')
    expect((await run.finish({ releases: ['single'] })).body.attempt.score).toBe(1)
    expect((await run.resume({ releases: ['single'] })).status).toBe(200)
  })

  it('refuses a named learner a start, also where one of theirs runs', async () => {
    const quiz = await publish(host, quizDocument({ access: 'restricted' }))
    await startFor(host, quiz, 'ada')
    await remove(quiz)
    const again = await host.client.call(
      'POST',
      `/v1/quizzes/${quiz}/attempts`,
      staff({ body: { learner: { id: 'ada' } } }),
    )
    expect(problemOf(again)).toEqual([409, 'quiz-closed'])
  })

  it('twice is the same, and of what is not there a 404', async () => {
    const quiz = await publish(host)
    expect([(await remove(quiz)).status, (await remove(quiz)).status]).toEqual([204, 204])
    expect(problemOf(await remove(newQuizId()))).toEqual([404, 'not-found'])
    expect(problemOf(await remove('NOT-AN-ID'))).toEqual([404, 'not-found'])
  })

  it('ends with publishing, of the same document or another', async () => {
    const quiz = await publish(host, titled('A'))
    await remove(quiz)
    const same = await put(quiz, titled('A'))
    expect([same.status, same.body.created]).toEqual([200, false])
    expect((await start(host, quiz)).started.status).toBe(201)
    await remove(quiz)
    expect((await put(quiz, titled('B'))).status).toBe(201)
    expect((await get(`/v1/quizzes/${quiz}`)).body.title).toBe('B')
  })
})
