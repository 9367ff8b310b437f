import { beforeAll, describe, expect, it } from 'vitest'
import { newQuizId, publish, start } from '../support/actions.ts'
import type { CallOptions } from '../support/client.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import { type Json, multipleChoice, quizDocument, singleChoice, trueFalse } from '../support/quiz-document.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const get = (path: string, options: CallOptions = {}) => host.client.call('GET', path, options)
const staff: CallOptions = { token: ROOT_KEY }
const timed = () => quizDocument({ policy: { timeLimitSeconds: 60 } })

/** The reads that anyone may make of a quiz, and may keep for a while. */
const reads = (quiz: string) => ['/v1/quizzes', `/v1/quizzes/${quiz}`, `/v1/quizzes/${quiz}/questions`]

const text = (question: string, option: string) => ({
  id: option,
  text: {
    markdown: `Option **${option}** of ${question}`,
    html: `<p>Option <strong>${option}</strong> of ${question}</p>`,
  },
})

const common = (id: string, type: string, points: number) => ({
  id,
  section: 'one',
  type,
  points,
  prompt: { markdown: `Prompt of \`${id}\``, html: `<p>Prompt of <code>${id}</code></p>` },
})

describe('a quiz', () => {
  it('is summed up without its questions', async () => {
    const sections = [
      { id: 'one', title: 'One' },
      { id: 'two', title: 'Two' },
    ]
    const questions = [singleChoice('a', { points: 0.5 }), multipleChoice('b'), trueFalse('c', { section: 'two' })]
    const quiz = await publish(host, quizDocument({ description: '*Short*', sections, questions }))
    const { body } = await get(`/v1/quizzes/${quiz}`)
    expect(body).toMatchObject({
      id: quiz,
      title: 'Three questions',
      description: { markdown: '*Short*', html: '<p><em>Short</em></p>' },
      language: 'en',
      access: 'public',
      questionCount: 3,
      maxScore: 4.5,
      sections: [
        { id: 'one', title: 'One', questionCount: 2 },
        { id: 'two', title: 'Two', questionCount: 1 },
      ],
    })
    const names = ['id', 'title', 'description', 'language', 'revision', 'access', 'questionCount', 'maxScore']
    expect(Object.keys(body)).toEqual([...names, 'sections', 'policy'])
  })

  it('shows its questions with exactly what the contract names, options in id order', async () => {
    const document = quizDocument({
      questions: [
        singleChoice('single', { ids: 'cab', shuffle: true }),
        multipleChoice('multiple'),
        trueFalse('truth'),
      ],
    })
    const quiz = await publish(host, document)
    const { body } = await get(`/v1/quizzes/${quiz}/questions`)
    expect(body).toEqual({
      quiz,
      revision: (await get(`/v1/quizzes/${quiz}`)).body.revision,
      questions: [
        { ...common('single', 'single-choice', 1), options: [...'abc'].map((option) => text('single', option)) },
        {
          ...common('multiple', 'multiple-choice', 3),
          options: [...'pqrst'].map((option) => text('multiple', option)),
        },
        common('truth', 'true-false', 1),
      ],
    })
  })

  it('with a time limit gives its questions out by a start alone, whoever asks and whatever tag they name', async () => {
    const quiz = await publish(host, timed())
    const { revision } = (await get(`/v1/quizzes/${quiz}`)).body
    for (const options of [{}, staff, { headers: { 'If-None-Match': `"${revision}"` } }]) {
      const answer = await get(`/v1/quizzes/${quiz}/questions`, options)
      expect(problemOf(answer)).toEqual([403, 'start-required'])
      expect(answer.headers.get('ETag')).toBeNull()
    }
    const atOnce = { body: { responses: [] } }
    expect(problemOf(await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, atOnce))).toEqual([
      403,
      'start-required',
    ])
    expect((await start(host, quiz)).started.body.questions).toHaveLength(3)
  })

  it('that is restricted is absent without a key', async () => {
    const quiz = await publish(host, quizDocument({ access: 'restricted' }))
    for (const path of reads(quiz).slice(1)) {
      const absent = await get(path)
      expect(problemOf(absent), path).toEqual([404, 'not-found'])
      expect(absent.body.detail).toBe((await get(path.replace(quiz, 'never-published'))).body.detail)
      expect((await get(path, staff)).status, path).toBe(200)
    }
    expect(problemOf(await host.client.call('POST', `/v1/quizzes/${quiz}/attempts`))).toEqual([404, 'not-found'])
  })

  it('may name its parts like what every object inherits', async () => {
    const options = ['constructor', 'valueOf', 'toString'].map((id) => ({ id, text: id }))
    const document = quizDocument({
      sections: [{ id: 'toString', title: 'T' }],
      questions: [singleChoice('hasOwnProperty', { section: 'toString', options, key: 'valueOf' })],
    })
    const run = await start(host, await publish(host, document, 'constructor'))
    const releases = ['hasOwnProperty']
    const answer = await run.respond('hasOwnProperty', { choice: 'valueOf' }, { releases })
    expect(answer.body.results[0].status).toBe('correct')
    expect(problemOf(await run.respond('constructor', { choice: 'valueOf' }))).toEqual([
      422,
      'invalid-input',
      '/responses/0/question unknown-id',
    ])
  })
})

const tagOf = async () => (await get('/v1/quizzes?limit=200')).headers.get('ETag')

describe('a read that may be kept', () => {
  it('is not sent again while its tag is named: alone, in a list, weak, or as *', async () => {
    const quiz = await publish(host)
    for (const path of reads(quiz)) {
      const first = await get(path)
      const etag = first.headers.get('ETag')!
      for (const tag of [etag, `W/${etag}`, '*', `"other", ${etag}`, `W/"other",${etag}, "x"`]) {
        const again = await get(path, { headers: { 'If-None-Match': tag } })
        expect([again.status, again.text], `${path} ${tag}`).toEqual([304, ''])
        for (const name of ['ETag', 'Vary', 'Cache-Control']) {
          expect(again.headers.get(name), `${path} ${name}`).toBe(first.headers.get(name))
        }
      }
      for (const tag of ['"other"', etag.slice(1, -1), `"${etag}"`, '']) {
        expect((await get(path, { headers: { 'If-None-Match': tag } })).status, `${path} ${tag}`).toBe(200)
      }
    }
  })

  it('has the revision as its tag, and a new one after publishing', async () => {
    const quiz = await publish(host)
    const before = await Promise.all(reads(quiz).map((path) => get(path)))
    const { revision } = before[1]!.body
    expect(before.slice(1).map((answer) => answer.headers.get('ETag'))).toEqual([`"${revision}"`, `"${revision}"`])
    await publish(host, quizDocument({ title: 'Other' }), quiz)
    const after = await Promise.all(
      reads(quiz).map((path, index) =>
        get(path, { headers: { 'If-None-Match': before[index]!.headers.get('ETag')! } }),
      ),
    )
    expect(after.map((answer) => answer.status)).toEqual([200, 200, 200])
  })

  it('changes the tag of a list that gains or loses a quiz', async () => {
    const before = await tagOf()
    const quiz = await publish(host)
    const during = await tagOf()
    await host.client.call('DELETE', `/v1/quizzes/${quiz}`, staff)
    expect(during).not.toBe(before)
    expect(await tagOf()).toBe(before)
  })

  it('may be kept by anyone where nobody identified themselves, and by nobody else', async () => {
    for (const path of reads(await publish(host))) {
      const anyone = await get(path)
      expect(anyone.headers.get('Cache-Control'), path).toBe('public, no-cache')
      expect(anyone.headers.get('Vary'), path).toBe('Authorization, Origin')
      const known = await get(path, staff)
      expect(known.headers.get('Cache-Control'), path).toBe('private, no-store')
      expect(known.headers.get('Vary'), path).toBe('Authorization, Origin')
    }
  })

  it('is answered to HEAD with the same headers and no body', async () => {
    for (const path of [
      ...reads(await publish(host)),
      '/v1/quizzes/never-published',
      '/openapi.json',
      '/docs',
      '/version',
    ]) {
      for (const options of [{}, staff]) {
        const [read, head] = [await get(path, options), await host.client.call('HEAD', path, options)]
        const headers = ({ headers: all }: typeof read) => [...all].filter(([name]) => name !== 'x-request-id')
        expect([head.status, head.text], path).toEqual([read.status, ''])
        expect(headers(head), path).toEqual(headers(read))
      }
    }
  })

  it('is refused to an Authorization that is no API key, though anyone may read it without', async () => {
    const quiz = await publish(host)
    const { token } = await start(host, quiz)
    const wrong = [`Bearer ${token}`, 'Bearer nonsense', 'Bearer', 'Bearer ', '', 'Basic cm9vdDpyb290', ROOT_KEY]
    for (const Authorization of [...wrong, `Bearer ${ROOT_KEY} x`, `Bearer ${ROOT_KEY}x`, `Token ${ROOT_KEY}`]) {
      for (const path of reads(quiz)) {
        const answer = await get(path, { headers: { Authorization } })
        expect(problemOf(answer), `${path} ${Authorization}`).toEqual([401, 'unauthorized'])
        expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Bearer/)
        expect(answer.headers.get('Cache-Control')).toBe('private, no-store')
      }
    }
    expect((await get(`/v1/quizzes/${quiz}`, { headers: { Authorization: `bearer ${ROOT_KEY}` } })).status).toBe(200)
  })
})

describe('an attempt that staff read', () => {
  it('shows everything, released or not, and brings no token', async () => {
    const never: Json = { feedback: 'never', review: { finished: [] } }
    const run = await start(host, await publish(host, quizDocument({ policy: never })))
    await run.respond('single', { choice: 'a' })
    const path = `/v1/attempts/${run.id}`
    const running = await get(path, { ...staff, releases: 'everything' })
    expect(running.body).toMatchObject({ token: null, receipt: null, attempt: { status: 'active', score: 0 } })
    expect(running.body.results[0]).toMatchObject({ status: 'incorrect', score: 0, answer: { choice: 'b' } })
    expect(running.body.results[0].explanation.markdown).toContain('canary')
    const finished = await run.finish()
    expect(finished.body).toMatchObject({ receipt: null, attempt: { score: null, passed: null } })
    const over = await get(path, { ...staff, releases: 'everything' })
    expect(over.body).toMatchObject({ token: null, receipt: expect.any(String), attempt: { score: 0, passed: false } })
    expect(over.headers.get('Cache-Control')).toBe('private, no-store')
  })

  it('is read by nobody without a key or its own token', async () => {
    const quiz = await publish(host)
    const [run, other] = [await start(host, quiz), await start(host, quiz)]
    const path = `/v1/attempts/${run.id}`
    expect(problemOf(await get(path))).toEqual([401, 'unauthorized'])
    expect(problemOf(await get(path, { token: 'nonsense' }))).toEqual([401, 'unauthorized'])
    expect(problemOf(await get(path, { token: other.token }))).toEqual([404, 'not-found'])
    expect(problemOf(await get('/v1/attempts/att_none', { token: run.token }))).toEqual([404, 'not-found'])
    expect(problemOf(await get('/v1/attempts/att_none', staff))).toEqual([404, 'not-found'])
    expect(problemOf(await get(`/v1/attempts/${newQuizId()}`, staff))).toEqual([404, 'not-found'])
  })
})
