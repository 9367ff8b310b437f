import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromCursor, fromNumberCursor, PageQuery, toCursor } from '../../src/routes/_http/paging.ts'
import { AnswerkeyError } from '../../src/errors.ts'
import * as v from 'valibot'

describe('a cursor', () => {
  it('stands for whatever text it was made of, of any characters, and for any number', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(), (text, number) => {
        expect(fromCursor(toCursor(text))).toBe(text)
        expect(fromNumberCursor(toCursor(number))).toBe(number)
      }),
      { seed: 20_260_105 },
    )
    for (const text of ['\uFEFF', '\uFEFFmarked', '\0', '\u{10FFFF}', '\uFFFD', 'e\u0301', '+/=']) {
      expect(fromCursor(toCursor(text))).toBe(text)
    }
  })

  it('is taken back, however long the id is that it was made of', () => {
    const longest = toCursor(`learner:${'\u{10FFFF}'.repeat(200)}`)
    expect(v.parse(PageQuery, { cursor: longest }).cursor).toBe(longest)
  })

  it('is refused where it does not hold what the list’s own cursors do', () => {
    for (const [text, form] of [
      ['ada', /^learner:/],
      ['', /^att_/],
      ['learner:att_', /^att_/],
    ] as const) {
      expect(() => fromCursor(toCursor(text), form)).toThrow(AnswerkeyError)
    }
    for (const text of ['1.5', '-1', '1e3', '', '1'.repeat(16)]) {
      expect(() => fromNumberCursor(toCursor(text))).toThrow(AnswerkeyError)
    }
  })
})
