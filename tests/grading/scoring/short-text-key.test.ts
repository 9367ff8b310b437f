import { describe, expect, it } from 'vitest'
import { questionType } from '../../../src/grading/types/registry.ts'
import { parse } from '../../../src/grading/issue.ts'
import { earned, keyProblems, responseProblems, rightAnswer } from '../earned.ts'
import { NO_PATTERNS, PATTERNS } from './short-text-examples.ts'

const earnedBy = (key: object, text: string) => earned('short-text', { key, response: { text } })
const problems = (key: object, content: object = {}) => keyProblems('short-text', { content, key })
const withAnswer = (answer: unknown, options: object = {}, content: object = {}) =>
  problems({ answers: [answer], ...options }, content)
const response = (given: unknown, content: object = {}) => responseProblems('short-text', { content, response: given })

/** The indices of the answers whose feedback a text gets. */
function matched(key: object, text: string): readonly string[] {
  const type = questionType('short-text')
  const parsed = parse(type.key, key)
  if (!parsed.ok) throw new Error('Not a key.')
  return type.matched({ content: {}, key: parsed.value, response: { text } })
}

describe('short-text by several answers', () => {
  const answers = [
    { wildcard: '*ctl*', fraction: '1/3' },
    { pattern: 'kube.*', fraction: 0.5 },
    { text: 'kubectl', fraction: 1 },
    { text: 'KUBECTL!', fraction: '0.25' },
    { wildcard: '*', fraction: 0 },
  ]
  const EXAMPLES: [text: string, earned: string, index: number][] = [
    ['kubectl', '1', 2],
    ['kubectls', '1/2', 1],
    ['sysctl', '1/3', 0],
    ['kubelet', '1/2', 1],
    ['helm', '0', 4],
    ['', '0', 4],
  ]
  for (const [text, expected, index] of EXAMPLES) {
    it(`${text || 'a blank'} earns ${expected}: the answer that pays most counts, wherever it stands`, () => {
      expect(earnedBy({ answers }, text)).toBe(expected)
      expect(earnedBy({ answers: answers.toReversed() }, text)).toBe(expected)
      expect(matched({ answers }, text)).toEqual([`answers/${index}`])
      expect(matched({ answers: answers.toReversed() }, text)).toEqual([`answers/${4 - index}`])
    })
  }

  it('of two that pay the same the first counts, and none counts for what none accepts', () => {
    const equal = [
      { text: 'x' },
      { wildcard: 'a*', fraction: 0.5 },
      { pattern: '.b', fraction: '1/2' },
      { text: 'ab', fraction: '0.5' },
    ]
    expect(matched({ answers: equal }, 'ab')).toEqual(['answers/1'])
    expect(matched({ answers: equal }, 'bb')).toEqual(['answers/2'])
    expect(matched({ answers: equal }, 'c')).toEqual([])
  })

  it('options go for every answer', () => {
    const key = { answers: [{ text: 'b' }, { text: 'É', fraction: 0.5 }], caseSensitive: true, foldDiacritics: true }
    expect(['E', 'è', 'É', 'B', 'b'].map((text) => earnedBy(key, text))).toEqual(['1/2', '0', '1/2', '0', '1'])
  })
})

describe('a text response is refused', () => {
  it('for half a surrogate pair, anywhere', () => {
    for (const text of ['\uD83D', '\uDE00', 'a\uD83D', '\uDE00a', '\uDE00\uD83D', '😀\uD83D']) {
      expect(response({ text })).toEqual(['invalid-shape'])
    }
    expect(response({ text: '😀\u{10FFFF}\uFFFD\u0000' })).toEqual([])
  })

  it('for more characters than the question takes, 1000 unless it says so, and not for a blank', () => {
    expect(response({ text: '' })).toEqual([])
    expect(response({ text: 'a'.repeat(1000) })).toEqual([])
    expect(response({ text: 'a'.repeat(1001) })).toEqual(['invalid-shape'])
    expect(response({ text: 'a'.repeat(10_001) })).toEqual(['invalid-shape'])
    expect(response({ text: 'abc' }, { maxLength: 3 })).toEqual([])
    expect(response({ text: 'abcd' }, { maxLength: 3 })).toEqual(['invalid-shape'])
    expect(response({ text: 'a b ' }, { maxLength: 3 })).toEqual(['invalid-shape'])
  })

  it('counted in code points after NFC', () => {
    expect(response({ text: '😀😃😄' }, { maxLength: 3 })).toEqual([])
    expect(response({ text: '😀😃😄a' }, { maxLength: 3 })).toEqual(['invalid-shape'])
    expect(response({ text: '😀'.repeat(1000) })).toEqual([])
    expect(response({ text: '😀'.repeat(1001) })).toEqual(['invalid-shape'])
    // Two that become one, and one that becomes two or three.
    expect(response({ text: 'e\u0301'.repeat(3) }, { maxLength: 3 })).toEqual([])
    expect(response({ text: 'e\u0301'.repeat(4) }, { maxLength: 3 })).toEqual(['invalid-shape'])
    expect(response({ text: 'e\u0301'.repeat(1000) })).toEqual([])
    expect(response({ text: '\u0958' }, { maxLength: 2 })).toEqual([])
    expect(response({ text: '\u0958\u0958' }, { maxLength: 3 })).toEqual(['invalid-shape'])
    expect(response({ text: '\u{1D160}' }, { maxLength: 2 })).toEqual(['invalid-shape'])
  })

  it('for another shape', () => {
    for (const given of [{}, { text: null }, { text: 1 }, { text: ['a'] }, 'a', null]) {
      expect(response(given), JSON.stringify(given)).toEqual(['invalid-shape'])
    }
    expect(response({ text: 'a', choice: 'a' })).toEqual(['unknown-field'])
  })
})

describe('a short-text key is refused', () => {
  it('for a pattern that is not in the syntax of RE2, or needs more than linear time', () => {
    for (const pattern of NO_PATTERNS) expect(withAnswer({ pattern }), pattern).toEqual(['inconsistent'])
    for (const [pattern] of PATTERNS) expect(withAnswer({ pattern }), pattern).toEqual([])
  })

  it('for a pattern or a wildcard of more than 256 characters, or a text of more than a response may have', () => {
    for (const kind of ['pattern', 'wildcard']) {
      expect(withAnswer({ [kind]: 'a'.repeat(256) }, {}, { maxLength: 500 })).toEqual([])
      expect(withAnswer({ [kind]: 'a'.repeat(257) }, {}, { maxLength: 500 })).toEqual(['invalid-shape'])
    }
    expect(withAnswer({ text: 'a'.repeat(1000) })).toEqual([])
    expect(withAnswer({ text: 'a'.repeat(1001) })).toEqual(['invalid-shape'])
    expect(withAnswer({ text: 'abc' }, {}, { maxLength: 3 })).toEqual([])
    expect(withAnswer({ text: 'abcd' }, {}, { maxLength: 3 })).toEqual(['inconsistent'])
    expect(withAnswer({ text: '😀😃😄' }, {}, { maxLength: 3 })).toEqual([])
    expect(withAnswer({ text: 'e\u0301e\u0301e\u0301' }, {}, { maxLength: 3 })).toEqual([])
  })

  it('for a text of which nothing is left', () => {
    for (const text of [' ', '\u200B', ' \uFEFF\n']) expect(withAnswer({ text })).toEqual(['inconsistent'])
    expect(withAnswer({ text: '?!' })).toEqual([])
    expect(withAnswer({ text: '?!' }, { ignorePunctuation: true })).toEqual(['inconsistent'])
    expect(withAnswer({ text: '\u0301' })).toEqual([])
    expect(withAnswer({ text: '\u0301' }, { foldDiacritics: true })).toEqual(['inconsistent'])
    for (const kind of ['text', 'wildcard', 'pattern']) expect(withAnswer({ [kind]: '' })).toEqual(['invalid-shape'])
  })

  it('for as many edits as the shortest text is long, which a blank could make', () => {
    for (const [text, least] of [
      ['abc', 3],
      ['ab', 2],
      [' ab ', 2],
      ['😀😃', 2],
      ['e\u0301a', 2],
      ['a', 1],
    ] as const) {
      expect(withAnswer({ text }, { maxEdits: least - 1 }), text).toEqual([])
      expect(withAnswer({ text }, { maxEdits: least }), text).toEqual(['inconsistent'])
    }
    expect(withAnswer({ text: "don't" }, { maxEdits: 3, ignorePunctuation: true })).toEqual([])
    expect(withAnswer({ text: 'a-!b' }, { maxEdits: 2, ignorePunctuation: true })).toEqual(['inconsistent'])
    // ß is two.
    expect(withAnswer({ text: 'ß' }, { maxEdits: 1 })).toEqual([])
    expect(withAnswer({ text: 'ß' }, { maxEdits: 1, caseSensitive: true })).toEqual(['inconsistent'])
    expect(problems({ answers: [{ text: 'abcdef' }, { text: 'abc' }], maxEdits: 3 })).toEqual(['inconsistent'])
    for (const kind of ['wildcard', 'pattern']) expect(withAnswer({ [kind]: 'a' }, { maxEdits: 3 })).toEqual([])
  })

  it('without an answer that earns everything, with none or with more than 20', () => {
    for (const fraction of [0, 0.999999, '2/3']) {
      expect(
        problems({
          answers: [
            { text: 'a', fraction },
            { wildcard: 'b*', fraction },
          ],
        }),
      ).toEqual(['inconsistent'])
    }
    for (const fraction of [1, '1', '7/7']) expect(withAnswer({ text: 'a', fraction })).toEqual([])
    for (const fraction of [-0.5, 2, '4/3', 0.1234567, null]) {
      expect(problems({ answers: [{ text: 'a' }, { text: 'b', fraction }] })).toEqual(['invalid-shape'])
    }
    expect(problems({ answers: [] })).toEqual(['invalid-shape'])
    expect(problems({})).toEqual(['invalid-shape'])
    const answers = Array.from({ length: 21 }, (_, index) => ({ text: `a${index}` }))
    expect(problems({ answers: answers.slice(1) })).toEqual([])
    expect(problems({ answers })).toEqual(['invalid-shape'])
  })

  it('for an option that there is not', () => {
    const text = 'abcdef'
    for (const maxEdits of [-1, 4, 1.5, '1', null])
      expect(withAnswer({ text }, { maxEdits })).toEqual(['invalid-shape'])
    for (const unicode of ['NFD', 'nfc', '', null]) expect(withAnswer({ text }, { unicode })).toEqual(['invalid-shape'])
    for (const normaliser of [0, 2, '1']) expect(withAnswer({ text }, { normaliser })).toEqual(['invalid-shape'])
    expect(withAnswer({ text }, { normaliser: 1, unicode: 'NFC', maxEdits: 0 })).toEqual([])
    for (const name of ['caseSensitive', 'foldDiacritics', 'ignorePunctuation', 'collapseWhitespace']) {
      expect(withAnswer({ text }, { [name]: 'yes' })).toEqual(['invalid-shape'])
      for (const on of [true, false]) expect(withAnswer({ text }, { [name]: on })).toEqual([])
    }
    expect(withAnswer({ text }, { trim: true })).toEqual(['unknown-field'])
    expect(withAnswer({ text, wildcard: '*' })).toEqual(['unknown-field'])
    expect(withAnswer({ fraction: 1 })).toEqual(['invalid-shape'])
  })

  it('for another method', () => {
    const key = { answers: [{ text: 'a' }] }
    expect(keyProblems('short-text', { key, scoring: { method: 'exact' } })).toEqual([])
    expect(keyProblems('short-text', { key, scoring: { method: 'per-part' } })).toEqual(['inconsistent'])
  })
})

describe('the right answer of a short-text key', () => {
  const EXAMPLES: [answers: object[], answer: string | null][] = [
    [[{ text: 'kubectl' }], 'kubectl'],
    [[{ text: 'half', fraction: 0.5 }, { wildcard: 'k*' }, { text: 'Kubectl', fraction: '2/2' }], 'Kubectl'],
    [[{ text: 'first' }, { text: 'second' }], 'first'],
    [[{ wildcard: 'k*' }, { text: 'k', fraction: 0.5 }], null],
    [[{ pattern: 'k' }], null],
  ]
  for (const [answers, text] of EXAMPLES) {
    it(`of ${JSON.stringify(answers)} is ${text ?? 'not known'}`, () => {
      expect(rightAnswer('short-text', { key: { answers } })).toEqual(text === null ? null : { text })
      expect(text === null ? '1' : earnedBy({ answers }, text)).toBe('1')
    })
  }
})

const canonical = (text: string) => JSON.stringify(questionType('short-text').canonical({ text }, {}))

describe('two responses are one response', () => {
  it('where encoding and outer white space alone differ, whatever the key says', () => {
    expect(canonical(' Cafe\u0301\n')).toBe(canonical('Café'))
    for (const text of ['café', 'Cafe', 'C afé', 'Café.']) expect(canonical(text)).not.toBe(canonical('Café'))
  })
})
