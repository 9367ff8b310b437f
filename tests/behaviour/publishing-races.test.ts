import { beforeAll, describe, expect, it } from 'vitest'
import { newQuizId, publish } from '../support/actions.ts'
import { atOnce, countBy } from '../support/at-once.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { revisionsOf } from '../support/rows.ts'

let host: TestHost
let other: TestHost

beforeAll(async () => {
  host = await createHost()
  other = await host.isolate()
})

const put = (quiz: string, index: number, title: string, headers: Record<string, string> = {}) =>
  (index % 2 === 0 ? host : other).client.call('PUT', `/v1/quizzes/${quiz}`, {
    token: ROOT_KEY,
    body: quizDocument({ title }),
    headers,
  })
const numbers = async (quiz: string) => (await revisionsOf(host.deps.db, quiz)).map(({ number }) => number)

describe('publications at two isolates at once', () => {
  for (const count of [2, 4]) {
    it(`of ${count} documents are ${count} revisions, numbered without a gap`, async () => {
      const quiz = newQuizId()
      const answers = await atOnce(count, (index) => put(quiz, index, `Title ${index}`))
      expect(countBy(answers, ({ status, body }) => `${status} ${body.created}`)).toEqual({ '201 true': count })
      const expected = [1, 2, 3, 4].slice(0, count)
      expect(new Set(answers.map(({ body }) => body.number))).toEqual(new Set(expected))
      expect(await numbers(quiz)).toEqual(expected)
    })
  }

  it('of which one finds nothing changed do not bring back what the other archived', async () => {
    const quiz = await publish(host, quizDocument({ title: 'First' }))
    host.faults.meanwhile(3, async () => {
      await put(quiz, 1, 'Second')
      await other.client.call('DELETE', `/v1/quizzes/${quiz}`, { token: ROOT_KEY })
    })
    const answer = await put(quiz, 0, 'First')
    const current = await host.client.call('GET', `/v1/quizzes/${quiz}`)
    expect(answer.body).toMatchObject({ number: 3, created: true, revision: current.body.revision })
    expect(current.body.title).toBe('First')
  })

  it('of one document are one revision', async () => {
    const quiz = newQuizId()
    const answers = await atOnce(10, (index) => put(quiz, index, 'The same'))
    expect(countBy(answers, ({ body }) => `created ${body.created}`)).toEqual({ 'created true': 1, 'created false': 9 })
    expect(new Set(answers.map(({ body }) => body.revision)).size).toBe(1)
    expect(await numbers(quiz)).toEqual([1])
  })

  it('that all name the revision which they replace: one gets through', async () => {
    const quiz = await publish(host)
    const [current] = await revisionsOf(host.deps.db, quiz)
    const answers = await atOnce(20, (index) => put(quiz, index, `Title ${index}`, { 'If-Match': `"${current!.id}"` }))
    expect(countBy(answers, ({ status, body }) => body.code ?? status)).toEqual({ 201: 1, 'revision-changed': 19 })
    expect(await numbers(quiz)).toEqual([1, 2])
  })

  it('that all want to be the first: one is', async () => {
    const quiz = newQuizId()
    const answers = await atOnce(20, (index) => put(quiz, index, `Title ${index}`, { 'If-None-Match': '*' }))
    expect(countBy(answers, ({ status, body }) => body.code ?? status)).toEqual({ 201: 1, 'revision-changed': 19 })
    expect(await numbers(quiz)).toEqual([1])
  })

  it('with one Idempotency-Key are one revision, and all are told that it is new', async () => {
    const quiz = newQuizId()
    const answers = await atOnce(50, (index) => put(quiz, index, 'With a key', { 'Idempotency-Key': 'one-key' }))
    expect(countBy(answers, ({ status }) => status)).toEqual({ 201: 50 })
    expect(new Set(answers.map(({ body }) => body.revision)).size).toBe(1)
    expect(await numbers(quiz)).toEqual([1])
  })
})

describe('a publication that another one overtakes between its decision and its write', () => {
  const cases = [
    { name: 'comes after it', matches: false, title: 'Late', answer: [201, undefined, 3] },
    { name: 'makes nothing where the other was the same', matches: false, title: 'Early', answer: [200, undefined, 2] },
    {
      name: 'is refused where it named the revision',
      matches: true,
      title: 'Late',
      answer: [412, 'revision-changed', undefined],
    },
  ]
  for (const { name, matches, title, answer } of cases) {
    it(name, async () => {
      const quiz = newQuizId()
      const { body: first } = await put(quiz, 0, 'First')
      // Now the isolate has in mind what the quiz stands at: its batches are the decision and the write.
      await put(quiz, 0, 'First')
      host.faults.meanwhile(2, () => put(quiz, 1, 'Early'))
      const { status, body } = await put(quiz, 0, title, matches ? { 'If-Match': `"${first.revision}"` } : {})
      expect([status, body.code, body.number]).toEqual(answer)
      expect(await numbers(quiz)).toEqual(status === 201 ? [1, 2, 3] : [1, 2])
    })
  }

  it('is refused where it wanted to be the first', async () => {
    const quiz = newQuizId()
    host.faults.meanwhile(2, () => put(quiz, 1, 'Early'))
    const late = await put(quiz, 0, 'Late', { 'If-None-Match': '*' })
    expect([late.status, late.body.code]).toEqual([412, 'revision-changed'])
    expect(await numbers(quiz)).toEqual([1])
  })
})
