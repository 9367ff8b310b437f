import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDecimal } from '../../player/controls/decimal.ts'
import { complaintAbout, completenessOfText } from '../../player/controls/text-limits.ts'
import { en } from '../../player/strings/en.ts'
import { checkValue } from '../../src/grading/types/cloze-checks.ts'

/** What the server makes of a value, which is right whatever the player thinks. */
const serverTakes = (blank: Readonly<Record<string, unknown>>, value: string) =>
  checkValue({ id: 'blank', type: 'short-text', ...blank }, value).length === 0

const words = (text: string, maxLength: number) => complaintAbout(text, maxLength)?.(en.controls) ?? null

describe('the player takes as a number what the server takes', () => {
  const pieces = ['0', '7', '12', '.', ',', '+', '-', 'e', 'E', ' ', '\u00a0', '\n', '308', '309', 'x', '٣', '−']
  const writing = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(''))
  for (const decimalComma of [true, false]) {
    it(decimalComma ? 'with a comma' : 'without a comma', () => {
      fc.assert(
        fc.property(writing, (text) => {
          expect(isDecimal(text, decimalComma)).toBe(serverTakes({ type: 'numeric', decimalComma }, text))
        }),
        { numRuns: 2000 },
      )
    })
  }

  const examples: [text: string, decimalComma: boolean, taken: boolean][] = [
    ['268435456', false, true],
    [' -2.5e3 ', false, true],
    ['1.', false, true],
    ['.5', false, true],
    ['1e308', false, true],
    ['1e-309', false, false],
    ['1,5', false, false],
    ['1,5', true, true],
    ['1.5', true, true],
    ['1,000.5', true, false],
    ['1 000', false, false],
    ['', false, false],
    ['-', false, false],
    ['0x10', false, false],
    ['Infinity', false, false],
    ['1'.repeat(64), false, true],
    ['1'.repeat(65), false, false],
  ]
  for (const [text, decimalComma, taken] of examples) {
    it(`${JSON.stringify(text)}${decimalComma ? ' with a comma' : ''} is ${taken ? 'one' : 'none'}`, () => {
      expect(isDecimal(text, decimalComma)).toBe(taken)
      expect(serverTakes({ type: 'numeric', decimalComma }, text)).toBe(taken)
    })
  }
})

describe('the player takes as a text what the server takes', () => {
  const pieces = ['a', ' ', 'é', 'e\u0301', '\u0301'.repeat(15), '👍', '👩‍👧', '\ud83d', '\udc4d', '\ufb1d']
  it('whatever its characters are, except what says nothing', () => {
    const writing = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(writing, fc.integer({ min: 1, max: 8 }), (text, maxLength) => {
        const taken = serverTakes({ maxLength }, text)
        expect(words(text, maxLength) === null).toBe(taken)
        expect(completenessOfText(text, maxLength) === 'complete').toBe(taken && text.trim() !== '')
      }),
      { numRuns: 2000 },
    )
  })

  it('counts characters, not code units', () => {
    expect(completenessOfText('👍'.repeat(5), 5)).toBe('complete')
    expect(words('👍'.repeat(6), 5)).toBe('Too long: 6 of 5 characters')
  })

  it('counts a letter with an accent as one, however it is written', () => {
    expect(completenessOfText('e\u0301'.repeat(5), 5)).toBe('complete')
  })

  it('says so when characters cannot be sent', () => {
    expect(words('\ud83d', 5)).toBe(en.controls.unreadable)
    expect(words(`a${'\u0301'.repeat(31)}`, 50)).toBe(en.controls.unreadable)
  })
})
