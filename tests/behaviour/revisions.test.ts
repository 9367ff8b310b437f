import { beforeAll, describe, expect, it } from 'vitest'
import { newQuizId, publish } from '../support/actions.ts'
import type { CallOptions } from '../support/client.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, quizDocument, singleChoice } from '../support/quiz-document.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const staff = (options: CallOptions = {}): CallOptions => ({ token: ROOT_KEY, ...options })
const put = (quiz: string, body: Json = quizDocument()) =>
  host.client.call('PUT', `/v1/quizzes/${quiz}`, staff({ body }))
const get = (path: string, options: CallOptions = {}) => host.client.call('GET', path, options)
const titled = (title: string) => quizDocument({ title })

const read = async (quiz: string, revision: string) =>
  (await get(`/v1/quizzes/${quiz}/revisions/${revision}`, staff({ releases: 'everything' }))).body

describe('a revision that is read back', () => {
  it('has every default filled in', async () => {
    const quiz = newQuizId()
    const { key, prompt, explanation } = { key: { choice: 'true' }, prompt: 'True?', explanation: 'Yes.' }
    const question = { id: 'truth', section: 'one', type: 'true-false', prompt, explanation, key }
    const publishedAt = host.clock.now
    const { revision } = (await put(quiz, quizDocument({ questions: [question] }))).body
    const all = ['verdict', 'score', 'feedback', 'explanation', 'answer']
    expect(await read(quiz, revision)).toEqual({
      quiz,
      revision,
      number: 1,
      publishedAt: new Date(publishedAt).toISOString(),
      publishedBy: 'root',
      document: {
        title: 'Three questions',
        description: '',
        language: 'en',
        access: 'public',
        sections: [{ id: 'one', title: 'One' }],
        policy: {
          feedback: 'immediate',
          review: { during: all, finished: all, closed: all },
          tries: 1,
          penalty: 0,
          retryScoring: 'last',
          tryPoints: null,
          certainty: false,
          timeLimitSeconds: null,
          graceSeconds: 0,
          attemptsPerLearner: null,
          gradeBy: 'highest',
          passingScore: 0.7,
          shuffle: { questions: false, options: true },
          draw: null,
          opensAt: null,
          closesAt: null,
        },
        questions: [
          { ...question, points: 1, feedback: {}, hints: [], scoring: { method: 'exact' }, shuffle: true, samples: [] },
        ],
      },
    })
  })

  it('can be published again, and is then unchanged', async () => {
    const samples = [
      { response: { choices: ['p', 'q'] }, fraction: '2/3' },
      { response: { choices: [] }, fraction: 0 },
    ]
    const rich = quizDocument({
      description: 'Cafe\u0301 **&** <b>',
      language: 'de-AT',
      access: 'restricted',
      sections: [
        { id: 'one', title: 'One' },
        { id: 'two', title: 'Two' },
      ],
      policy: {
        feedback: 'deferred',
        review: { closed: [] },
        attemptsPerLearner: 3,
        timeLimitSeconds: 60,
        penalty: 0.1,
      },
      questions: [
        singleChoice('single', { section: 'two', shuffle: false, points: 0.125 }),
        { ...(quizDocument()['questions'] as Json[])[1], samples, scoring: { method: 'net-correct' } },
      ],
    })
    for (const document of [quizDocument(), rich]) {
      const quiz = newQuizId()
      const first = await put(quiz, document)
      const { document: complete } = await read(quiz, first.body.revision)
      expect((await put(quiz, complete)).body).toEqual({ ...first.body, created: false })
      expect((await put(newQuizId(), complete)).status).toBe(201)
    }
  })

  it('belongs to its quiz, and is absent under another or without a key', async () => {
    const quiz = newQuizId()
    const { revision } = (await put(quiz)).body
    const other = await publish(host)
    for (const path of [
      `/v1/quizzes/${other}/revisions/${revision}`,
      `/v1/quizzes/${quiz}/revisions/rev_none`,
      `/v1/quizzes/${quiz}/revisions/nonsense`,
      `/v1/quizzes/${newQuizId()}/revisions`,
    ]) {
      expect(problemOf(await get(path, staff())), path).toEqual([404, 'not-found'])
    }
    expect(problemOf(await get(`/v1/quizzes/${quiz}/revisions/${revision}`))).toEqual([401, 'unauthorized'])
  })
})

describe('the history of a quiz', () => {
  it('is listed newest first, page by page, without documents', async () => {
    const quiz = newQuizId()
    for (const title of ['A', 'B', 'C', 'D', 'E']) {
      await put(quiz, titled(title))
      host.clock.now += 1000
    }
    const pages: number[][] = []
    let cursor = ''
    do {
      const page = await get(`/v1/quizzes/${quiz}/revisions?limit=2${cursor}`, staff())
      pages.push(page.body.revisions.map((revision: { number: number }) => revision.number))
      expect(Object.keys(page.body.revisions[0])).toEqual(['quiz', 'revision', 'number', 'publishedAt', 'publishedBy'])
      cursor = page.body.nextCursor === null ? '' : `&cursor=${page.body.nextCursor}`
    } while (cursor !== '' && pages.length < 9)
    expect(pages).toEqual([[5, 4], [3, 2], [1]])
  })

  it('takes no cursor of another list', async () => {
    const quiz = await publish(host)
    for (const cursor of ['abc', btoa('not-a-number').replaceAll('=', ''), btoa('-1').replaceAll('=', ''), 'A']) {
      const answer = await get(`/v1/quizzes/${quiz}/revisions?cursor=${cursor}`, staff())
      expect(problemOf(answer), cursor).toEqual([422, 'invalid-input', ' invalid-shape'])
    }
  })
})
