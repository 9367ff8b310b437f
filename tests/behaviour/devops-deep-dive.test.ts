import { beforeAll, describe, expect, it } from 'vitest'
import { readQuiz } from '../../src/bank/read-quiz.ts'
import { publish, start } from '../support/actions.ts'
import type { Answer } from '../support/client.ts'
import { createHost, type TestHost } from '../support/host.ts'
import type { Json } from '../support/quiz-document.ts'

/** The quiz as it is written, taken as a learner takes it. */
const texts = import.meta.glob('../../questions/devops-deep-dive/*', { query: '?raw', import: 'default', eager: true })
const files = Object.entries(texts).map(([path, text]) => ({ path: path.split('/').at(-1)!, text }))

interface Question {
  readonly id: string
  readonly type: string
  readonly points: number
  readonly explanation: string
  readonly options?: readonly { id: string; feedback: string }[]
  readonly key: Json
}

let host: TestHost
let quiz: string
let questions: readonly Question[]

beforeAll(async () => {
  host = await createHost()
  const { document } = await readQuiz('devops-deep-dive', files)
  questions = document['questions'] as Question[]
  quiz = await publish(host, document)
})

/** The questions whose explanation, or the feedback on one of whose options, stands somewhere in an answer. */
function explainedIn({ text }: Answer): string[] {
  const holds = (secret: string) => text.includes(JSON.stringify(secret).slice(1, -1).slice(0, 80))
  return questions
    .filter(({ explanation, options }) => [explanation, ...(options ?? []).map((o) => o.feedback)].some(holds))
    .map(({ id }) => id)
}

/** An answer is told with its choices in id order. */
function inIdOrder(key: Json): Json {
  return Array.isArray(key['choices'])
    ? { choices: (key['choices'] as string[]).toSorted((a, b) => (a < b ? -1 : 1)) }
    : key
}

/** A response that is not right: the other choice, or everything. */
function wrong({ type, key, options }: Question): Json {
  if (type === 'true-false') return { choice: key['choice'] === 'true' ? 'false' : 'true' }
  if (type === 'multiple-choice') return { choices: options!.map(({ id }) => id) }
  return { choice: options!.find(({ id }) => id !== key['choice'])!.id }
}

describe('the quiz on containers to observability', () => {
  it('has 18 questions, and every section has one', async () => {
    const { body } = await host.client.call('GET', `/v1/quizzes/${quiz}`)
    expect(body.questionCount).toBe(18)
    expect(body.sections.every((section: Json) => Number(section['questionCount']) > 0)).toBe(true)
  })

  it('is taken without a fault by who knows it: each explanation arrives as its question closes, and not before', async () => {
    const run = await start(host, quiz)
    expect(explainedIn(run.started)).toEqual([])
    let points = 0
    for (const question of questions) {
      const answer = await run.respond(question.id, question.key)
      points += question.points
      expect(answer.body.results[0]).toMatchObject({ status: 'correct', answer: inIdOrder(question.key) })
      expect(answer.body.results[0].explanation.markdown).toBe(question.explanation)
      expect(answer.body.attempt.score).toBe(points)
      expect(explainedIn(answer)).toEqual([question.id])
    }
    const finished = await run.finish()
    expect(finished.body.attempt).toMatchObject({ score: points, maxScore: points, passed: true })
    expect(explainedIn(finished)).toEqual(questions.map(({ id }) => id))
  })

  it('explains as much to who is wrong everywhere, and lets nobody pass who picks everything', async () => {
    const run = await start(host, quiz)
    for (const question of questions) {
      const answer = await run.respond(question.id, wrong(question))
      expect(answer.body.results[0].status).not.toBe('correct')
      expect(explainedIn(answer)).toEqual([question.id])
    }
    const finished = await run.finish()
    expect(finished.body.attempt.passed).toBe(false)
    expect(finished.body.attempt.score).toBeLessThan(finished.body.attempt.maxScore / 5)
  })

  it('keeps to itself what was not answered', async () => {
    const run = await start(host, quiz)
    await run.respond(questions[0]!.id, questions[0]!.key)
    expect(explainedIn(await run.finish())).toEqual([questions[0]!.id])
  })
})
