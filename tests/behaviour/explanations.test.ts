import { beforeAll, describe, expect, it } from 'vitest'
import { publish, start } from '../support/actions.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { quizDocument } from '../support/quiz-document.ts'
import { QUESTIONS, secretsIn, secretsOf } from '../support/secrets.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

describe('an explanation', () => {
  it.each(QUESTIONS)('of $question arrives with the right answer, whichever try it is', async (tested) => {
    const { question, options, wrong, right, early } = tested
    const run = await start(host, await publish(host, quizDocument({ policy: { tries: 3 } })))
    const first = await run.respond(question, wrong[0], { releases: [question] })
    expect(first.body.results[0]).toMatchObject({ status: 'incorrect', triesLeft: 2, explanation: null, answer: null })
    expect(secretsIn(first)).toEqual(secretsOf(question, '', 'incorrect', 'hint-1', ...early))
    const second = await run.respond(question, right, { releases: [question] })
    expect(second.body.results[0]).toMatchObject({ status: 'correct', triesLeft: 0, answer: right, hint: null })
    expect(second.body.results[0].explanation.markdown).toContain('explanation')
    expect(secretsIn(second)).toEqual(secretsOf(question, options, 'correct', 'explanation'))
  })

  it.each(QUESTIONS)('of $question arrives with the last wrong answer, and not before', async (tested) => {
    const { question, options, wrong, right, early } = tested
    const tries = question === 'truth' ? 1 : 2
    const run = await start(host, await publish(host, quizDocument({ policy: { tries } })))
    for (const response of wrong.slice(0, tries - 1)) {
      const open = await run.respond(question, response, { releases: [question] })
      expect(open.body.results[0]).toMatchObject({ explanation: null, answer: null })
      expect(secretsIn(open)).toEqual(secretsOf(question, '', 'incorrect', 'hint-1', ...early))
    }
    const closed = await run.respond(question, wrong[tries - 1], { releases: [question] })
    expect(closed.body.results[0]).toMatchObject({ status: 'incorrect', triesLeft: 0, answer: right, hint: null })
    expect(secretsIn(closed)).toEqual(secretsOf(question, options, 'incorrect', 'explanation'))
  })

  it.each(QUESTIONS)(
    'of $question is of that question alone, on resuming too',
    async ({ question, options, right }) => {
      const run = await start(host, await publish(host))
      await run.respond(question, right, { releases: [question] })
      const resumed = await run.resume({ releases: [question] })
      expect(secretsIn(resumed)).toEqual(secretsOf(question, options, 'correct', 'explanation'))
    },
  )

  it('of a deferred quiz arrives at the end, with every question that was answered', async () => {
    const run = await start(host, await publish(host, quizDocument({ policy: { feedback: 'deferred' } })))
    for (const { question, wrong } of QUESTIONS.slice(0, 2)) await run.respond(question, wrong[0])
    const releases = ['single', 'multiple']
    const told = [...secretsOf('single', 'abc', 'incorrect', 'explanation')].concat(
      secretsOf('multiple', 'pqrst', 'incorrect', 'explanation'),
    )
    for (const answer of [await run.finish({ releases }), await run.resume({ releases })]) {
      expect(secretsIn(answer)).toEqual(told.toSorted())
      expect(answer.body.results[2]).toMatchObject({ status: 'unanswered', answer: null, explanation: null })
    }
  })

  it('of a question that was not answered arrives only where the review says so', async () => {
    const review = { during: [], finished: ['verdict', 'explanation', 'unanswered'] }
    const ids = QUESTIONS.map(({ question }) => question)
    const run = await start(host, await publish(host, quizDocument({ policy: { review } })))
    expect(secretsIn(await run.finish({ releases: ids }))).toEqual(ids.map((id) => `${id}: explanation`).toSorted())
  })

  it('never arrives where there is no feedback: neither on the attempt nor in one call', async () => {
    const quiz = await publish(host, quizDocument({ policy: { feedback: 'never' } }))
    const run = await start(host, quiz)
    for (const { question, right } of QUESTIONS) await run.respond(question, right)
    for (const answer of [await run.finish(), await run.resume()]) {
      expect(secretsIn(answer)).toEqual([])
      expect(answer.body.attempt).toMatchObject({ score: 5, passed: true })
      for (const result of answer.body.results) {
        expect(result).toMatchObject({
          status: 'answered',
          score: null,
          feedback: null,
          explanation: null,
          answer: null,
        })
      }
    }
    const responses = QUESTIONS.map(({ question, right }) => ({ question, response: right }))
    const submitted = await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body: { responses } })
    expect(secretsIn(submitted)).toEqual([])
  })
})
