import { beforeAll, describe, expect, it } from 'vitest'
import { newQuizId, publish, start } from '../support/actions.ts'
import { findCanaries } from '../support/canaries.ts'
import { everyType } from '../support/every-type.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import type { Json } from '../support/quiz-document.ts'
import { SPECIMENS } from '../support/specimens.ts'

/** What goes for every type alike: see `specimens.ts` for what each response earns, and why. */

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

/** By the places of the canaries that stand there, in the order in which they are told. */
const placesOf = (feedback: Json[]) =>
  feedback.map((each) => findCanaries(JSON.stringify((each['text'] as Json)['markdown']))[0]!.place)

describe.each(SPECIMENS)('$question', ({ question, right, partly, wrong, answer, entries }) => {
  const releases = [question]

  it('is answered wrong, in part and right, with a score each and the answer at the end', async () => {
    const run = await start(host, await publish(host, everyType({ tries: 3 })))
    const [missed] = (await run.respond(question, wrong[0].response, { releases })).body.results
    expect(missed).toMatchObject({ response: wrong[0].response, status: 'incorrect', score: 0, try: 1, triesLeft: 2 })
    expect(placesOf(missed.feedback)).toEqual(['incorrect'])
    const [half] = (await run.respond(question, partly.response, { releases })).body.results
    expect(half).toMatchObject({ response: partly.response, status: 'partially-correct', score: partly.score })
    expect(half).toMatchObject({ triesLeft: 1, answer: null, explanation: null })
    expect(placesOf(half.feedback)).toEqual(['partly'])
    const [full] = (await run.respond(question, right.response, { releases })).body.results
    expect(full).toMatchObject({ status: 'correct', score: right.score, maxScore: right.score, triesLeft: 0, answer })
    expect(placesOf(full.feedback)).toEqual(['correct', ...entries, ...(right.matched ?? [])])
  })

  it('is resumed as it stands, here and on an isolate that remembers nothing', async () => {
    const run = await start(host, await publish(host, everyType({ tries: 2 })))
    const answered = await run.respond(question, partly.response, { releases })
    const resumed = await run.resume({ releases })
    const result = resumed.body.results.find((each: Json) => each['question'] === question)
    expect(result).toEqual(answered.body.results[0])
    const isolate = await host.isolate()
    const elsewhere = await isolate.client.call('GET', `/v1/attempts/${run.id}`, { token: run.token, releases })
    expect(elsewhere.body.results).toEqual(resumed.body.results)
    expect(elsewhere.body.questions).toEqual(run.started.body.questions)
    expect(resumed.body.attempt).toMatchObject({ answeredCount: 1, score: partly.score, maxScore: 33 })
  })

  it('is the same in one call', async () => {
    const quiz = await publish(host, everyType())
    for (const { response, score } of [right, partly, ...wrong]) {
      const run = await start(host, quiz)
      await run.respond(question, response, { releases })
      const finished = await run.finish({ releases })
      const body = { responses: [{ question, response }] }
      const submitted = await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body, releases })
      const byQuestion = (results: Json[]) => Map.groupBy(results, (result) => result['question']).get(question)
      expect(byQuestion(submitted.body.results)).toEqual(byQuestion(finished.body.results))
      expect(submitted.body.attempt).toMatchObject({ score, maxScore: 33, answeredCount: 1 })
    }
  })

  it('is saved in a deferred quiz, where the last save counts', async () => {
    const run = await start(host, await publish(host, everyType({ feedback: 'deferred' })))
    for (const { response } of [right, wrong[0], partly]) {
      const [saved] = (await run.respond(question, response)).body.results
      expect(saved).toMatchObject({ status: 'answered', response, score: null, try: null, duplicate: false })
    }
    const finished = await run.finish({ releases })
    const result = finished.body.results.find((each: Json) => each['question'] === question)
    expect(result).toMatchObject({ status: 'partially-correct', score: partly.score, answer })
    expect(placesOf(result.feedback)).toEqual(['partly', ...entries, ...(partly.matched ?? [])])
  })
})

describe('a document with every type', () => {
  it('comes back complete: published again it changes nothing', async () => {
    const quiz = newQuizId()
    const put = (body: Json) => host.client.call('PUT', `/v1/quizzes/${quiz}`, { token: ROOT_KEY, body })
    const sent = everyType()
    const { revision } = (await put(sent)).body
    const read = await host.client.call('GET', `/v1/quizzes/${quiz}/revisions/${revision}`, {
      token: ROOT_KEY,
      releases: 'everything',
    })
    const { document } = read.body
    expect(document).toMatchObject(sent)
    expect(document.questions.map((question: Json) => (question['scoring'] as Json)['method'])).toEqual([
      'exact',
      'net-correct',
      'exact',
      'absolute-position',
      'partial-order',
      'per-part',
      'exact',
      'exact',
      'exact',
      'per-part',
      'exact',
    ])
    expect((await put(document)).body).toMatchObject({ revision, created: false })
  })

  it('is worth what all of its right answers are worth, but for what a person has to grade', async () => {
    const quiz = await publish(host, everyType({ feedback: 'never' }))
    const responses = [
      { question: 'single', response: { choice: 'b' } },
      { question: 'multiple', response: { choices: ['r', 'q', 'p'] } },
      { question: 'truth', response: { choice: 'true' } },
      ...SPECIMENS.map(({ question, right }) => ({ question, response: right.response })),
    ]
    const submitted = await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body: { responses } })
    // 33 points, of which the essay that nobody wrote has five.
    expect(submitted.body.attempt).toMatchObject({ score: 28, maxScore: 33, passed: true })
  })
})
