import { describe, expect, it } from 'vitest'
import { scanJson } from '../../src/routes/_http/scan-json.ts'

describe('a body is refused with a pointer', () => {
  const refused: [name: string, body: string, pointer: string, code: string][] = [
    ['a member named twice', '{"a":{"b":1,"b":2}}', '/a/b', 'duplicate'],
    ['the same member written differently', '{"a":1,"\\u0061":2}', '/a', 'duplicate'],
    ['__proto__', '{"x":[{"__proto__":{}}]}', '/x/0/__proto__', 'unknown-field'],
    ['NUL', '{"a":["ok","\\u0000"]}', '/a/1', 'invalid-text'],
    ['a lone surrogate', '{"a":"\\ud800"}', '/a', 'invalid-text'],
    ['an infinite number', '{"a":[1,1e400]}', '/a/1', 'invalid-shape'],
  ]
  for (const [name, body, pointer, code] of refused) {
    it(`for ${name}`, () => expect(scanJson(body)).toMatchObject({ pointer, code }))
  }

  it('for nesting 100,000 deep', () => {
    expect(scanJson('['.repeat(1e5) + ']'.repeat(1e5))).toMatchObject({ code: 'too-deep' })
  })
})

describe('a body passes', () => {
  const passed = [
    '{"a":1,"b":{"a":1}}',
    '[{"a":1},{"a":1}]',
    '{"a":"{\\"a\\":1,\\"a\\":2}"}',
    '{}',
    'null',
    '"\\ud83d\\ude00"',
    '-1.5e3',
  ]
  for (const body of passed) it(body, () => expect(scanJson(body)).toBeNull())

  it('32 levels', () => expect(scanJson('['.repeat(32) + ']'.repeat(32))).toBeNull())
})
