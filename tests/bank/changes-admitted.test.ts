import * as fc from 'fast-check'
import { changesOf } from '../../src/bank/changes/key-changes.ts'
import { parseDocument } from '../../src/content/parse-document.ts'
import { publishedQuestions, typeNames, written } from '../grading/arbitrary-questions.ts'
import { changes, documentOf, keys } from './authored.ts'
import { describe, expect, it } from 'vitest'

describe('a tolerance is taken away, and doubled or made coarser by one digit', () => {
  const tolerances: [tolerance: object, larger: object | null][] = [
    [{ absolute: 3 }, { absolute: '6' }],
    [{ relative: 0.05 }, { relative: '0.1' }],
    [{ geometric: '1e1' }, { geometric: '20' }],
    [{ significantFigures: 3 }, { significantFigures: 2 }],
    [{ decimalPlaces: 1 }, { decimalPlaces: 0 }],
    // There is nothing coarser.
    [{ significantFigures: 1 }, null],
    [{ decimalPlaces: 0 }, null],
  ]
  for (const [tolerance, larger] of tolerances) {
    it(JSON.stringify(tolerance), () => {
      const found = changes('numeric', { answers: [{ value: 42, tolerance }] })
      const { 'answer 1 is another number': other, ...changed } = found
      const expected = {
        'answer 1 has no tolerance': { answers: [{ value: 42 }] },
        ...(larger && { 'answer 1 has a larger tolerance': { answers: [{ value: 42, tolerance: larger }] } }),
      }
      expect(changed).toEqual(keys('numeric', expected))
      const [answer] = (other as { answers: { value: string }[] }).answers
      expect(answer).toMatchObject({ tolerance })
      expect(Number(answer?.value)).not.toBe(42)
    })
  }
})

describe('another number is another one', () => {
  for (const value of [0, -1, 1, '-1.0', '-0.5', '1e10', '-2e-2']) {
    it(`than ${value}`, () => {
      const found = changes('numeric', { answers: [{ value }] })
      const { answers } = found['answer 1 is another number'] as { answers: { value: string }[] }
      expect(Number(answers[0]?.value)).not.toBe(Number(value))
    })
  }
})

describe('every change is a key that publishing admits, and another one', () => {
  for (const type of typeNames) {
    it(type, () => {
      fc.assert(
        fc.property(publishedQuestions(type), (drawn) => {
          const { key, scoring } = drawn.question
          for (const change of changesOf(drawn.question)) {
            const question = written(drawn, { key: JSON.parse(JSON.stringify(change.key)), scoring })
            expect(parseDocument(documentOf(question)), change.what).toMatchObject({ ok: true })
            expect(JSON.stringify(change.key), change.what).not.toBe(JSON.stringify(key))
          }
        }),
        { seed: 20_261_118, numRuns: 100 },
      )
    })
  }
})
