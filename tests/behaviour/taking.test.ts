import { beforeAll, describe, expect, it } from 'vitest'
import { publish, start } from '../support/actions.ts'
import { createHost, type TestHost } from '../support/host.ts'
import { quizDocument } from '../support/quiz-document.ts'

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

describe('a quiz with immediate feedback and one try', () => {
  it('tells the verdict, and explains a question as soon as it is closed', async () => {
    const run = await start(host, await publish(host))
    const wrong = await run.respond('single', { choice: 'a' }, { releases: ['single'] })
    expect(wrong.body.results[0]).toMatchObject({
      question: 'single',
      status: 'incorrect',
      score: 0,
      maxScore: 1,
      try: 1,
      triesLeft: 0,
      duplicate: false,
      refused: null,
      answer: { choice: 'b' },
    })
    expect(wrong.body.results[0].explanation.markdown).toContain('canary')
  })

  it('is taken from start to receipt with one score', async () => {
    const run = await start(host, await publish(host))
    await run.respond('single', { choice: 'b' }, { releases: ['single'] })
    const partly = await run.respond('multiple', { choices: ['q', 'p'] }, { releases: ['multiple'] })
    expect(partly.body.results[0]).toMatchObject({ status: 'partially-correct', score: 2, maxScore: 3 })
    const finished = await run.finish({ releases: ['single', 'multiple'] })
    expect(finished.body.attempt).toMatchObject({ status: 'finished', score: 3, maxScore: 5, passed: false })
    const again = await run.resume({ releases: ['single', 'multiple'] })
    expect(again.body.results).toEqual(finished.body.results)
    expect(again.body.results[2]).toMatchObject({ question: 'truth', status: 'unanswered', answer: null })
  })
})

describe('a deferred quiz', () => {
  it('says nothing about correctness before the end', async () => {
    const run = await start(host, await publish(host, quizDocument({ policy: { feedback: 'deferred' } })))
    const saved = await run.respond('single', { choice: 'b' })
    expect(saved.body.results[0]).toMatchObject({ status: 'answered', score: null, try: null, triesLeft: null })
    const finished = await run.finish({ releases: ['single'] })
    expect(finished.body.attempt).toMatchObject({ score: 1 })
  })
})
