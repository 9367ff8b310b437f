import { describe, expect, it } from 'vitest'
import { earned, keyProblems, responseProblems, rightAnswer } from '../earned.ts'
import { questionType } from '../../../src/grading/types/registry.ts'

const problems = (response: unknown, content: object = {}) => responseProblems('essay', { content, response })

const canonical = (text: string) => JSON.stringify(questionType('essay').canonical({ text }, {}))

describe('essay', () => {
  it('is pending until a person grades it, whatever it says', () => {
    for (const text of ['a', ' a ', '0', '.', '\u0000', '\u0301', 'a'.repeat(10_000), 'ja\nnein']) {
      expect(earned('essay', { key: {}, response: { text } })).toBe('pending')
      expect(earned('essay', { key: {}, scoring: { method: 'exact' }, response: { text } })).toBe('pending')
    }
  })

  it('earns 0 where there is nothing but white space, for which nobody is needed', () => {
    for (const text of ['', ' ', '\n\t\r ', '\u00A0', '\u2003\u3000\u2028', ' '.repeat(10_000)]) {
      expect(earned('essay', { key: {}, response: { text } })).toBe('0')
    }
  })

  it('has no right answer', () => {
    expect(rightAnswer('essay', { key: {} })).toBe(null)
  })

  it('takes 10,000 characters, or as many as the question says, in code points after NFC', () => {
    for (const [text, admitted] of [
      ['a'.repeat(10_000), true],
      ['a'.repeat(10_001), false],
      ['😀'.repeat(10_000), true],
      ['😀'.repeat(10_001), false],
      ['e\u0301'.repeat(10_000), true],
      ['e\u0301'.repeat(10_001), false],
      ['\u0958'.repeat(5_001), false],
    ] as const) {
      expect(problems({ text }), text.slice(0, 4)).toEqual(admitted ? [] : ['invalid-shape'])
    }
    expect(problems({ text: 'a'.repeat(1001) })).toEqual([])
    expect(problems({ text: '😀éa' }, { maxLength: 3 })).toEqual([])
    expect(problems({ text: '😀e\u0301a' }, { maxLength: 3 })).toEqual([])
    expect(problems({ text: '😀éab' }, { maxLength: 3 })).toEqual(['invalid-shape'])
    expect(problems({ text: '    ' }, { maxLength: 3 })).toEqual(['invalid-shape'])
    expect(problems({ text: '' }, { maxLength: 1 })).toEqual([])
  })

  it('refuses half a surrogate pair and every other shape', () => {
    for (const text of ['\uD83D', 'a\uDE00', '\uDE00\uD83D']) expect(problems({ text })).toEqual(['invalid-shape'])
    for (const response of [{}, { text: null }, { text: 1 }, { text: ['a'] }, 'a', null]) {
      expect(problems(response), JSON.stringify(response)).toEqual(['invalid-shape'])
    }
    expect(problems({ text: 'a', score: 1 })).toEqual(['unknown-field'])
  })

  it('refuses a key that says anything, and a method that grades', () => {
    expect(keyProblems('essay', { key: {} })).toEqual([])
    expect(keyProblems('essay', { key: { answers: [{ text: 'a' }] } })).toEqual(['unknown-field'])
    expect(keyProblems('essay', { key: null })).toEqual(['invalid-shape'])
    expect(keyProblems('essay', { key: {}, scoring: { method: 'per-part' } })).toEqual(['inconsistent'])
  })

  it('takes two texts for one where encoding and outer white space alone differ', () => {
    expect(canonical(' Cafe\u0301\n')).toBe(canonical('Café'))
    for (const text of ['café', 'C afé', '']) expect(canonical(text)).not.toBe(canonical('Café'))
  })
})
