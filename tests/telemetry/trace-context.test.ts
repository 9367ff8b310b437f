import { describe, expect, it } from 'vitest'
import { randomHex } from '../../src/telemetry/random-hex.ts'
import { formatTraceparent, parseTraceparent } from '../../src/telemetry/trace-context.ts'

const [TRACE, SPAN] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331']
const context = { traceId: TRACE, spanId: SPAN }

/** Cases of the W3C's own validator, and of the specification's text (Trace Context, section 3.2). */
describe('a traceparent', () => {
  it('is read by its version: one that is newer may say more', () => {
    expect(parseTraceparent(`00-${TRACE}-${SPAN}-01`)).toEqual({ ...context, sampled: true })
    expect(parseTraceparent(`00-${TRACE}-${SPAN}-00`)).toEqual({ ...context, sampled: false })
    // Bits that have no meaning yet are left alone.
    expect(parseTraceparent(`00-${TRACE}-${SPAN}-fe`)).toEqual({ ...context, sampled: false })
    expect(parseTraceparent(`00-${TRACE}-${SPAN}-ff`)).toEqual({ ...context, sampled: true })
    expect(parseTraceparent(`cc-${TRACE}-${SPAN}-01`)).toEqual({ ...context, sampled: true })
    expect(parseTraceparent(`cc-${TRACE}-${SPAN}-01-what-the-future-will-be-like`)).toEqual({
      ...context,
      sampled: true,
    })
  })

  const invalid = {
    'none at all': null,
    nothing: '',
    'version ff': `ff-${TRACE}-${SPAN}-01`,
    'more than its version has': `00-${TRACE}-${SPAN}-01-more`,
    'a hyphen too many': `00-${TRACE}-${SPAN}-01-`,
    'no hyphen before what is new': `cc-${TRACE}-${SPAN}-01.more`,
    'upper case': `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    'a trace of zeros': `00-${'0'.repeat(32)}-${SPAN}-01`,
    'a span of zeros': `00-${TRACE}-${'0'.repeat(16)}-01`,
    'too few digits': `00-${TRACE.slice(1)}-${SPAN}-01`,
    'no flags': `00-${TRACE}-${SPAN}`,
    'two of them': `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`,
  }
  for (const [what, header] of Object.entries(invalid)) {
    it(`that is ${what} is as good as none`, () => expect(parseTraceparent(header)).toBe(null))
  }

  it('is written as it is read', () => {
    for (const sampled of [true, false]) {
      expect(parseTraceparent(formatTraceparent({ ...context, sampled }))).toEqual({ ...context, sampled })
    }
  })
})

describe('a random id', () => {
  it('has its length, and is another one each time, over many pages of the pool', () => {
    const ids = Array.from({ length: 5000 }, (_, index) => randomHex(index % 2 === 0 ? 16 : 8))
    expect(new Set(ids).size).toBe(5000)
    for (const [index, id] of ids.entries()) expect(id).toMatch(index % 2 === 0 ? /^[0-9a-f]{32}$/ : /^[0-9a-f]{16}$/)
  })
})
