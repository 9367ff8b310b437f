import { beforeAll, describe, expect, it } from 'vitest'
import { newQuizId } from './actions.ts'
import type { Answer } from './client.ts'
import { createHost, ROOT_KEY, type TestHost } from './host.ts'
import { problemOf } from './problem-of.ts'
import { type Json, quizDocument } from './quiz-document.ts'
import { pointerOf } from './rows.ts'

/** For suites of what authors get wrong about a question: it is refused with a pointer and a sentence. */

export const listed = (ids: string): Json[] => [...ids].map((id) => ({ id, text: `Entry ${id}` }))

/** What is right about a question of each type: a case says what it changes. */
const GOOD: Record<string, Json> = {
  'single-choice': { options: listed('abc'), key: { choice: 'a' } },
  'multiple-choice': { options: listed('abcd'), key: { choices: ['a', 'b'] } },
  ordering: { items: listed('wxyz'), key: { order: [...'wxyz'] } },
  matching: { prompts: listed('lm'), options: listed('123'), key: { pairs: { l: '1', m: '2' } } },
  numeric: { key: { answers: [{ value: 5 }] } },
  'short-text': { key: { answers: [{ text: 'docker' }] } },
  cloze: {
    prompt: '{{t}}, {{n}} and {{s}}',
    blanks: [
      { id: 't', type: 'short-text' },
      { id: 'n', type: 'numeric' },
      { id: 's', type: 'single-choice', options: listed('ij') },
    ],
    key: {
      blanks: { t: { answers: [{ text: 'docker' }] }, n: { answers: [{ value: 5 }] }, s: { choice: 'i' } },
    },
  },
  essay: { key: {} },
}

/** Publishes a good question of a type with something changed. */
export async function putChanged(
  host: TestHost,
  type: string,
  change: Json,
): Promise<{ quiz: string; answer: Answer }> {
  const question = { id: 'q', section: 'one', type, prompt: 'What?', explanation: 'That.', ...GOOD[type], ...change }
  const quiz = newQuizId()
  const body = quizDocument({ questions: [question] })
  const answer = await host.client.call('PUT', `/v1/quizzes/${quiz}`, { token: ROOT_KEY, body })
  return { quiz, answer }
}

export type Case = [what: string, change: Json, ...places: string[]]

/** `places` are pointers within the question, each with its code; in any order. */
export function refuses(type: string, cases: readonly Case[]): void {
  describe(`a question of type ${type}`, () => {
    let host: TestHost

    beforeAll(async () => {
      host = await createHost()
    })

    it('is published when nothing is wrong with it', async () => {
      expect((await putChanged(host, type, {})).answer.status).toBe(201)
    })

    it.each(cases)('is refused for %s', async (_what, change, ...places) => {
      const { quiz, answer } = await putChanged(host, type, change)
      const [status, code, ...found] = problemOf(answer)
      expect([status, code]).toEqual([422, 'invalid-input'])
      expect(found.map(String).toSorted()).toEqual(places.map((place) => `/questions/0${place}`).toSorted())
      for (const { detail } of answer.body.errors) expect(detail).toMatch(/^[A-Z{].{9,}\.$/)
      expect(await pointerOf(host.deps.db, quiz)).toBeNull()
    })
  })
}
