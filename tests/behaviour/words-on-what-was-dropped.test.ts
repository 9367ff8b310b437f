import { describe, expect, it } from 'vitest'
import { publish, start } from '../support/actions.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import { type Json, quizDocument, secrets } from '../support/quiz-document.ts'

const everything = { releases: 'everything' } as const
const essay = { id: 'essay', section: 'one', type: 'essay', points: 2, prompt: 'Say it.', key: {}, ...secrets('essay') }

const post = (host: TestHost, path: string, body: Json) =>
  host.client.call('POST', path, { token: ROOT_KEY, body, ...everything })

describe('of a question that was dropped', () => {
  for (const { word, path, body } of [
    { word: 'a grade', path: 'grades', body: { question: 'essay' } },
    { word: 'an override', path: 'overrides', body: { question: 'essay', reason: 'It was late.' } },
    { word: 'an override of an attempt that has no other', path: 'overrides', body: { reason: 'It was late.' } },
  ]) {
    it(`${word} is refused, for it would be a share of nothing, and nothing after the question is back`, async () => {
      const host = await createHost()
      const quiz = await publish(host, quizDocument({ questions: [essay] }))
      const run = await start(host, quiz)
      const { revision } = run.started.body.attempt
      await run.respond('essay', { text: 'It is said.' }, everything)
      await run.finish(everything)
      const regrade = (rule: string) =>
        post(host, `/v1/quizzes/${quiz}/regrades`, { revision, rule, reason: 'Unclear.' })
      await regrade('drop-question')
      await host.idle()
      const said = await post(host, `/v1/attempts/${run.id}/${path}`, { ...body, score: 0 })
      expect(said.body).toMatchObject({ status: 422, code: 'invalid-input', errors: [{ pointer: '/score' }] })
      await regrade('full-credit')
      await host.idle()
      expect((await run.resume(everything)).body.attempt).toMatchObject({ score: 2, maxScore: 2, passed: true })
    })
  }
})
