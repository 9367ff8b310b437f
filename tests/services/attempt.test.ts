import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor, Deps } from '../../src/deps.ts'
import { finishAttempt } from '../../src/services/finish-attempt.ts'
import { publishQuiz } from '../../src/services/publish-quiz.ts'
import { startAttempt } from '../../src/services/start-attempt.ts'
import { submitQuiz } from '../../src/services/submit-quiz.ts'
import { submitResponses } from '../../src/services/submit-responses.ts'
import { viewAttemptInFull } from '../../src/services/view-attempt.ts'
import { libsqlDeps } from '../support/libsql-deps.ts'
import { quizDocument } from '../support/quiz-document.ts'

const staff: Actor = { kind: 'staff', keyId: 'root' }
const anonymous: Actor = { kind: 'anonymous' }
let deps: Deps

beforeAll(async () => {
  deps = await libsqlDeps()
})

async function publish(quiz: string, change = {}) {
  return publishQuiz(deps, staff, { quiz, document: quizDocument(change), precondition: () => true, requestKey: null })
}

async function start(quiz: string): Promise<{ id: string; learner: Actor }> {
  const started = await startAttempt(deps, anonymous, { quiz, learner: null, metadata: {}, requestKey: null })
  return { id: started.row.id, learner: { kind: 'learner', attempt: started.row.id, revision: started.row.revision } }
}

describe('an attempt', () => {
  it('is started, answered, finished and read back with one score', async () => {
    await publish('whole')
    const { id, learner } = await start('whole')
    const respond = (question: string, response: unknown) =>
      submitResponses(deps, learner, { attempt: id, responses: [{ question, response }], requestKey: null })
    const wrong = await respond('single', { choice: 'a' })
    expect(wrong.results[0]).toMatchObject({
      status: 'incorrect',
      score: 0,
      try: 1,
      triesLeft: 0,
      answer: { choice: 'b' },
    })
    const partial = await respond('multiple', { choices: ['q', 'p'] })
    expect(partial.results[0]).toMatchObject({ status: 'partially-correct', score: 2 })
    const finished = await finishAttempt(deps, learner, id)
    expect(finished.attempt).toMatchObject({ status: 'finished', score: 2, maxScore: 5, passed: false })
    const again = await viewAttemptInFull(deps, learner, id)
    expect(again.results).toEqual(finished.results)
    expect(again.results[2]).toMatchObject({ status: 'unanswered', explanation: null, answer: null })
  })

  it('counts 50 equal responses at once as one try', async () => {
    await publish('crowd', { policy: { tries: 3 } })
    const { id, learner } = await start('crowd')
    const all = await Promise.all(
      Array.from({ length: 50 }, () =>
        submitResponses(deps, learner, {
          attempt: id,
          responses: [{ question: 'single', response: { choice: 'a' } }],
          requestKey: null,
        }),
      ),
    )
    expect(all.filter(({ results }) => !results[0]!.duplicate)).toHaveLength(1)
    expect(all.every(({ results }) => results[0]!.try === 1)).toBe(true)
  })

  it('can be taken in one call', async () => {
    await publish('one-call')
    const responses = [{ question: 'truth', response: { choice: 'true' } }]
    const submitted = await submitQuiz(deps, anonymous, {
      quiz: 'one-call',
      learner: null,
      responses,
      requestKey: null,
    })
    expect(submitted.attempt).toMatchObject({ status: 'finished', score: 1, maxScore: 5 })
    expect(submitted.receipt).toMatch(/^ey/)
  })
})

describe('publishing', () => {
  it('makes nothing when the document is the same', async () => {
    const first = await publish('same')
    const second = await publish('same')
    expect(second).toEqual({ ...first, created: false })
    expect(await publish('same', { title: 'Changed' })).toMatchObject({ number: 2, created: true })
  })
})
