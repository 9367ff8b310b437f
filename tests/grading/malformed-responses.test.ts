import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/content/parse-document.ts'
import { split } from '../../src/content/split.ts'
import { AnswerkeyError, type ErrorDetail } from '../../src/errors.ts'
import { parse } from '../../src/grading/issue.ts'
import type { PublicQuiz } from '../../src/grading/quiz.ts'
import { ONE, ZERO } from '../../src/grading/fraction.ts'
import { questionType } from '../../src/grading/types/registry.ts'
import { checkResponses } from '../../src/services/_check-responses.ts'
import type { Json } from '../support/quiz-document.ts'
import { anyJson, documentOf, type Drawn, drawnQuestions, earnedByEach, nearMisses } from './arbitrary-questions.ts'
import { type Published, publishedQuestions, scoringsFor, typeNames, written } from './arbitrary-questions.ts'

/** Every run draws the same. */
const RUNS = { seed: 20_260_108, numRuns: 40 }

/** A question, and what may be sent to it: what is right, what is nearly right, and anything. */
const withAnything = (type: string) =>
  publishedQuestions(type).chain((drawn) =>
    fc.tuple(
      fc.constant(drawn),
      fc.array(fc.oneof(fc.constantFrom(...drawn.responses), nearMisses(drawn.responses[0]), anyJson), {
        minLength: 6,
        maxLength: 10,
      }),
    ),
  )

/** The entries of a content's lists with a word about each of them, which is secret. */
function withFeedback(content: Json, feedback: string): Json {
  const told = (list: readonly Json[]) => list.map((entry) => ({ ...entry, feedback }))
  return Object.fromEntries(
    Object.entries(content).map(([name, value]) => {
      if (name === 'options' || name === 'items' || name === 'prompts') return [name, told(value as Json[])]
      return [name, name === 'blanks' ? (value as Json[]).map((blank) => withFeedback(blank, feedback)) : value]
    }),
  )
}

/** The public part of a quiz whose secrets are another key and other words. */
function otherSecrets(drawn: Published): PublicQuiz {
  const { content, key } = drawn.twin
  const answer = questionType(drawn.type).answer(content, key)
  const question = {
    ...written({ ...drawn, content: withFeedback(drawn.content, 'Secret.') }, drawn.otherwise, 'Another word.'),
    hints: ['Think.'],
    feedback: { correct: 'Yes.' },
    samples: answer === null ? [] : [{ response: answer, fraction: 1 }],
  }
  return publicPart(question)
}

function publicPart(question: Json): PublicQuiz {
  const parsed = parseDocument(documentOf(question))
  expect(parsed.ok ? [] : parsed.issues).toEqual([])
  return split((parsed as Extract<typeof parsed, { ok: true }>).value).quiz
}

/** What a learner is told is wrong with a response. */
function refusal(quiz: PublicQuiz, response: unknown): readonly ErrorDetail[] {
  try {
    checkResponses(quiz, null, [{ question: 'question', response }])
    return []
  } catch (error) {
    if (error instanceof AnswerkeyError) return error.errors
    throw error
  }
}

for (const type of typeNames) {
  describe(`a response to ${type}`, () => {
    it('is graded by every method when it is admitted, as it was sent and as it is read', () => {
      fc.assert(
        fc.property(withAnything(type), ([{ question }, sent]) => {
          const { content, key } = question
          const rules = questionType(type)
          for (const response of sent) {
            const parsed = parse(rules.response, response)
            if (!parsed.ok || rules.checkResponse(content, parsed.value).length > 0) continue
            for (const scoring of scoringsFor(type, key)) {
              const earned = rules.grade({ content, key, scoring, response })
              if (type === 'essay' && earned === null) continue
              expect(earned!.compare(ZERO) >= 0 && earned!.compare(ONE) <= 0).toBe(true)
            }
            expect(earnedByEach(question, parsed.value)).toEqual(earnedByEach(question, response))
            expect(rules.canonical(parsed.value, content)).toEqual(rules.canonical(response, content))
            expect(rules.matched({ content, key, response: parsed.value })).toEqual(
              rules.matched({ content, key, response }),
            )
            expect(rules.revealedBy(parsed.value)).toEqual(rules.revealedBy(response))
          }
        }),
        RUNS,
      )
    })

    it('is refused for reasons that are public, whatever the key is', () => {
      let [refused, admitted] = [0, 0]
      fc.assert(
        fc.property(withAnything(type), ([drawn, sent]) => {
          const one = publicPart(written(drawn, drawn.keyed))
          const other = otherSecrets(drawn)
          expect(other).toEqual(one)
          expect(JSON.stringify(other)).toBe(JSON.stringify(one))
          for (const response of sent) {
            const errors = refusal(one, response)
            expect(refusal(other, response)).toEqual(errors)
            expectTellsNothing(errors)
            if (errors.length > 0) refused++
            else admitted++
          }
        }),
        RUNS,
      )
      // Both happen, or nothing was shown.
      expect(refused).toBeGreaterThan(RUNS.numRuns)
      expect(admitted).toBeGreaterThan(RUNS.numRuns)
    })

    it('never stands in the way of publishing: a malformed document is refused with reasons', () => {
      let refused = 0
      const nearly = drawnQuestions(type).chain((drawn) =>
        nearMisses(withSample(drawn)).map((question) => ({ title: 'Any', question })),
      )
      fc.assert(
        fc.property(nearly, ({ question }) => {
          const parsed = parseDocument(documentOf(question))
          if (parsed.ok) return
          refused++
          expect(parsed.issues.length).toBeGreaterThan(0)
          expectTellsNothing(parsed.issues)
          for (const { path } of parsed.issues) expect(path.slice(0, 2)).toEqual(['questions', 0])
        }),
        { ...RUNS, numRuns: 200 },
      )
      expect(refused).toBeGreaterThan(70)
    })
  })
}

function withSample(drawn: Drawn): Json {
  return {
    ...written(drawn, drawn.keyed),
    samples: drawn.responses.map((response) => ({ response, fraction: '1/3' })),
  }
}

/** Issues are sentences, and none repeats what was sent. */
function expectTellsNothing(issues: readonly { readonly detail: string }[]): void {
  for (const { detail } of issues) {
    expect(detail).toMatch(/^\P{Cs}{5,400}\.$/u)
    expect(detail).not.toContain('xxxxxxxxxx')
  }
}
