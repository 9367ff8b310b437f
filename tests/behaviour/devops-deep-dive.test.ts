import { beforeAll, describe, expect, it } from 'vitest'
import { readQuiz } from '../../src/bank/read-quiz.ts'
import { publish, start } from '../support/actions.ts'
import type { Answer } from '../support/client.ts'
import { createHost, type TestHost } from '../support/host.ts'
import type { Json } from '../support/quiz-document.ts'

/** The quiz as it is written, taken as a learner takes it. */
const texts = import.meta.glob('../../questions/devops-deep-dive/*', { query: '?raw', import: 'default', eager: true })
const files = Object.entries(texts).map(([path, text]) => ({ path: path.split('/').at(-1)!, text }))

interface Entry {
  readonly id: string
  readonly feedback?: string
}

interface Question {
  readonly id: string
  readonly type: string
  readonly points: number
  readonly explanation: string
  readonly options?: readonly Entry[]
  readonly items?: readonly Entry[]
  readonly prompts?: readonly Entry[]
  readonly key: Json
  readonly samples: readonly { readonly response: Json; readonly fraction: string }[]
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

/** The questions whose explanation, or the feedback on one of whose entries, stands somewhere in an answer. */
function explainedIn({ text }: Answer): string[] {
  const holds = (secret: string) => text.includes(JSON.stringify(secret).slice(1, -1).slice(0, 80))
  return questions
    .filter(({ explanation, options = [], items = [], prompts = [] }) => {
      const feedback = [...options, ...items, ...prompts].flatMap((entry) => entry.feedback ?? [])
      return [explanation, ...feedback].some(holds)
    })
    .map(({ id }) => id)
}

/** What an author has written down as earning everything. */
function right({ samples }: Question): Json {
  return samples.find(({ fraction }) => fraction === '1')!.response
}

/** The answer that a learner is told: what the key says, choices in id order; numbers as texts; a cloze as its sample. */
function told(question: Question): Json {
  const { type, key } = question
  const [first] = (key['answers'] ?? []) as Json[]
  if (type === 'numeric') return { number: String(first!['value']) }
  if (type === 'short-text') return { text: first!['text'] }
  if (type === 'cloze') return right(question)
  return Array.isArray(key['choices'])
    ? { choices: (key['choices'] as string[]).toSorted((a, b) => (a < b ? -1 : 1)) }
    : key
}

/** A response that is not right: everything, where that can be picked, else what an author has written down as earning nothing. */
function wrong({ type, options, samples }: Question): Json {
  if (type === 'multiple-choice') return { choices: options!.map(({ id }) => id) }
  return samples.find(({ fraction }) => fraction === '0')!.response
}

describe('the quiz on containers to observability', () => {
  it('has 18 questions, and every section has one', async () => {
    const { body } = await host.client.call('GET', `/v1/quizzes/${quiz}`)
    expect(body.questionCount).toBe(18)
    expect(body.sections.every((section: Json) => Number(section['questionCount']) > 0)).toBe(true)
  })

  it('has questions of every type that needs no person to grade it', () => {
    expect(new Set(questions.map(({ type }) => type))).toEqual(
      new Set([
        'single-choice',
        'true-false',
        'multiple-choice',
        'ordering',
        'matching',
        'numeric',
        'short-text',
        'cloze',
      ]),
    )
  })

  it('is taken without a fault by who knows it: each explanation arrives as its question closes, and not before', async () => {
    const run = await start(host, quiz)
    expect(explainedIn(run.started)).toEqual([])
    let points = 0
    for (const question of questions) {
      const answer = await run.respond(question.id, right(question))
      points += question.points
      expect(answer.body.results[0]).toMatchObject({ status: 'correct', answer: told(question) })
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
    await run.respond(questions[0]!.id, right(questions[0]!))
    expect(explainedIn(await run.finish())).toEqual([questions[0]!.id])
  })
})
