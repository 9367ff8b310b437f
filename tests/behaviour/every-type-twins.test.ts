import { beforeAll, describe, expect, it } from 'vitest'
import description from '../../openapi.json' with { type: 'json' }
import { publish } from '../support/actions.ts'
import { responsesOf, ROUNDS } from '../support/every-type-play.ts'
import { everyTypeTwins, TWIN_QUESTIONS } from '../support/every-type-twins.ts'
import { createHost, ROOT_KEY, type TestHost } from '../support/host.ts'
import type { Json } from '../support/quiz-document.ts'

/** That non-interference is worth testing with these documents: their secrets are of every kind, and matter. */

let host: TestHost

beforeAll(async () => {
  host = await createHost()
})

const STAFF = { token: ROOT_KEY, releases: 'everything' } as const

/** Names of schemas that end so, in small letters. */
const schemasOf = (suffix: string) =>
  new Set(
    Object.keys(description.components.schemas)
      .filter((name) => name.endsWith(suffix) && name !== suffix)
      .map((name) => name.toLowerCase()),
  )

const schemaName = (name: string, suffix: string) => `${name.replaceAll('-', '')}${suffix}`.toLowerCase()

describe('the documents', () => {
  const questions = everyTypeTwins({}).flatMap((document) => document['questions'] as Json[])

  it('have every type and every scoring method, with each of their parameters', () => {
    const types = questions.map(({ type }) => schemaName(String(type), 'QuestionWithKey'))
    expect(new Set(types)).toEqual(schemasOf('QuestionWithKey'))
    const scorings = questions.flatMap(({ scoring }) => (scoring ? [scoring as Json] : []))
    const methods = scorings.map(({ method }) => schemaName(String(method), 'Scoring'))
    expect(new Set(methods)).toEqual(schemasOf('Scoring'))
    expect(new Set(types).size).toBe(9)
    expect(new Set(methods).size).toBe(17)
    expect(scorings).toContainEqual({ method: 'relative-next', includeLast: true })
    for (const wrong of ['false2', 'false', 'all', 'none']) {
      expect(scorings).toContainEqual({ method: 'guess-corrected', wrong })
    }
  })

  it('differ, each from each, in what is earned for the same responses, but for what a person grades', async () => {
    const earned = new Map<string, string[]>()
    for (const document of everyTypeTwins({ feedback: 'never' })) {
      const quiz = await publish(host, document)
      const scores = new Map<string, unknown[]>()
      for (let round = 0; round < ROUNDS; round++) {
        const body = { responses: responsesOf(round) }
        const submitted = await host.client.call('POST', `/v1/quizzes/${quiz}/submissions`, { body })
        const read = await host.client.call('GET', `/v1/attempts/${submitted.body.attempt.id}`, STAFF)
        for (const { question, score } of read.body.results) {
          scores.set(question, [...(scores.get(question) ?? []), score])
        }
      }
      for (const [question, each] of scores) {
        earned.set(question, [...(earned.get(question) ?? []), JSON.stringify(each)])
      }
    }
    for (const question of TWIN_QUESTIONS) {
      expect(new Set(earned.get(question)).size, question).toBe(question === 'essay' ? 1 : 4)
    }
  })
})
