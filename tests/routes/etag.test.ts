import { describe, expect, it } from 'vitest'
import { isNotModified, toETag, writePrecondition } from '../../src/routes/_http/etag.ts'

const request = (headers: Record<string, string>) => new Request('https://quiz.example/', { headers })

describe('If-None-Match on a read', () => {
  it.each<[header: string | null, notModified: boolean]>([
    [null, false],
    ['"rev_a"', true],
    ['W/"rev_a"', true],
    ['*', true],
    [' * ', true],
    ['"x", "rev_a"', true],
    ['"x",W/"rev_a","y"', true],
    ['"rev_b"', false],
    ['rev_a', false],
    ['"rev_a', false],
    ['"rev_A"', false],
    ['"rev_ab"', false],
    ['"x*"', false],
    ['', false],
  ])('%s: %s', (header, notModified) => {
    expect(isNotModified(request(header === null ? {} : { 'If-None-Match': header }), toETag('rev_a'))).toBe(
      notModified,
    )
  })
})

describe('the precondition of a write', () => {
  it.each<[headers: Record<string, string>, whenAbsent: boolean, atA: boolean, atB: boolean]>([
    [{}, true, true, true],
    [{ 'If-Match': '"a"' }, false, true, false],
    [{ 'If-Match': '"b", "a"' }, false, true, true],
    [{ 'If-Match': 'W/"a"' }, false, false, false],
    [{ 'If-Match': '*' }, false, true, true],
    [{ 'If-Match': '' }, false, false, false],
    [{ 'If-None-Match': '*' }, true, false, false],
    [{ 'If-Match': '"a"', 'If-None-Match': '*' }, false, false, false],
  ])('%o holds for an absent quiz: %s, at a: %s, at b: %s', (headers, ...expected) => {
    const holds = writePrecondition(request(headers))
    expect([holds(null), holds('a'), holds('b')]).toEqual(expected)
  })

  it('takes nothing but * in If-None-Match', () => {
    for (const tag of ['"a"', 'W/"a"', '', '*, *']) {
      expect(() => writePrecondition(request({ 'If-None-Match': tag })), tag).toThrow('If-None-Match')
    }
  })
})
