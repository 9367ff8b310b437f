import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Question, Response } from '../../player/contract.ts'
import { controlFor } from '../../player/controls/registry.ts'
import { parse } from '../../src/grading/issue.ts'
import { questionType } from '../../src/grading/types/registry.ts'

/** A control knows what the server takes, before anything is sent: nothing that was written gets lost as malformed. */

const richText = { markdown: '', html: '' }
const entries = (ids: string) => [...ids].map((id) => ({ id, text: richText }))

const texts = fc
  .array(fc.constantFrom('a', ' ', '\n', 'é', 'e\u0301', '\u0301'.repeat(16), '👍', '\ud83d', '\udc4d'), {
    maxLength: 8,
  })
  .map((pieces) => pieces.join(''))
const numbers = fc
  .array(fc.constantFrom('0', '7', '.', ',', '-', 'e', '99', ' ', '\u00a0', 'x', '1'.repeat(64)), { maxLength: 5 })
  .map((pieces) => pieces.join(''))
const some = (ids: string) => fc.subarray([...ids])
const oneOf = (ids: string) => fc.constantFrom(...ids)
const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

/** Leaves out what is undefined, as JSON does. */
const written = <T extends object>(object: T) => JSON.parse(JSON.stringify(object)) as T

interface Case {
  readonly questions: Readonly<Record<string, object>>
  /** What the control can make of what a learner does. */
  readonly responses: fc.Arbitrary<object>
}

const CASES: Record<Question['type'], Case> = {
  'single-choice': {
    questions: { any: { options: entries('abc') } },
    responses: fc.record({ choice: oneOf('abc') }),
  },
  'true-false': { questions: { any: {} }, responses: fc.record({ choice: fc.constantFrom('true', 'false') }) },
  'multiple-choice': {
    questions: { any: { options: entries('abc') } },
    responses: fc.record({ choices: some('abc') }),
  },
  ordering: {
    questions: { any: { items: entries('abc') } },
    responses: fc.record({ order: fc.shuffledSubarray([...'abc']) }),
  },
  matching: {
    questions: { any: { prompts: entries('xyz'), options: entries('abc') } },
    responses: fc.record({
      pairs: fc.record({ x: perhaps(oneOf('abc')), y: perhaps(oneOf('abc')), z: perhaps(oneOf('abc')) }),
    }),
  },
  numeric: {
    questions: {
      'without units': {},
      'with a comma': { decimalComma: true },
      'with a unit': { units: ['kB'] },
      'with units': { units: ['kB', 'MB'] },
    },
    responses: fc.record({ number: numbers, unit: perhaps(fc.constantFrom('kB', 'MB')) }),
  },
  'short-text': { questions: { any: {}, short: { maxLength: 4 } }, responses: fc.record({ text: texts }) },
  cloze: {
    questions: {
      any: {
        blanks: [
          { id: 'text', type: 'short-text', maxLength: 4 },
          { id: 'number', type: 'numeric' },
          { id: 'comma', type: 'numeric', decimalComma: true },
          { id: 'choice', type: 'single-choice', options: entries('abc') },
        ],
      },
    },
    // A field that is empty is left out.
    responses: fc
      .record({ text: texts, number: numbers, comma: numbers, choice: fc.constantFrom('', 'a', 'b') })
      .map((blanks) => ({ blanks: Object.fromEntries(Object.entries(blanks).filter(([, value]) => value !== '')) })),
  },
  essay: { questions: { any: {}, short: { maxLength: 4 } }, responses: fc.record({ text: texts }) },
}

/** What the server makes of it. */
function onServer(type: string, content: object, response: object): 'refused' | 'blank' | 'complete' {
  const rules = questionType(type)
  const parsed = parse(rules.response, response)
  if (!parsed.ok || rules.checkResponse(content, parsed.value).length > 0) return 'refused'
  return rules.isBlank(parsed.value) ? 'blank' : 'complete'
}

for (const [type, { questions, responses }] of Object.entries(CASES)) {
  describe(`${type}: the control calls malformed what the server refuses, and blank what says nothing there`, () => {
    for (const [name, content] of Object.entries(questions)) {
      it(name, () => {
        const question = { id: 'q', section: 's', points: 1, prompt: richText, type, ...content } as Question
        fc.assert(
          fc.property(responses, (made) => {
            const response = written(made)
            const expected = onServer(type, content, response)
            const found = controlFor(question).completenessOf(response as Response, question)
            expect(found).toBe(expected === 'refused' ? 'malformed' : expected)
          }),
          { numRuns: 1000 },
        )
      })
    }
  })
}
