import { describe, expect, it } from 'vitest'
import { earned, keyProblems, responseProblems } from '../earned.ts'
import { questionType } from '../../../src/grading/types/registry.ts'
import { parse } from '../../../src/grading/issue.ts'
import { entries, ratio } from './oracles.ts'

const BLANKS = [
  { id: 't', type: 'short-text' },
  { id: 'n', type: 'numeric' },
  { id: 'c', type: 'single-choice', options: entries('xyz') },
]
const KEYS = {
  t: { answers: [{ text: 'kubectl' }, { wildcard: 'kube*', fraction: '1/3', feedback: 'Nearly.' }] },
  n: { answers: [{ value: '0.3' }, { value: '0.3', tolerance: { absolute: '0.1' }, fraction: 0.5 }] },
  c: { weights: { x: 1, y: '1/4', z: -1 } },
}
type Blank = keyof typeof KEYS

/** The blanks with what each weighs, where it is not 1. */
function keyOf(weights: Partial<Record<Blank, number>> = {}) {
  const weighed = Object.entries(KEYS).map(([id, key]) => {
    const weight = weights[id as Blank]
    return [id, { ...key, ...(weight !== undefined && { weight }) }]
  })
  return { blanks: Object.fromEntries(weighed) }
}

const earnedBy = (blanks: object, weights?: Partial<Record<Blank, number>>, method?: string) =>
  earned('cloze', {
    content: { blanks: BLANKS },
    key: keyOf(weights),
    ...(method && { scoring: { method } }),
    response: { blanks },
  })

describe('cloze per-part (Moodle cloze, Canvas fill in multiple blanks): Σ weight · earned / Σ weight', () => {
  const EXAMPLES: [blanks: Partial<Record<Blank, string>>, weights: Partial<Record<Blank, number>>, earned: string][] =
    [
      [{ t: 'kubectl', n: '0.3', c: 'x' }, {}, '1'],
      [{ t: 'kubectl', n: '0.3', c: 'x' }, { t: 7, n: 0.001, c: 9999.999 }, '1'],
      [{ t: ' KUBECTL ', n: '3e-1', c: 'x' }, {}, '1'],
      [{ t: 'kubectl' }, {}, '1/3'],
      [{ n: '0.3' }, {}, '1/3'],
      [{ c: 'x' }, {}, '1/3'],
      [{ t: 'kubectl', n: '0.3' }, {}, '2/3'],
      // A blank that is left out counts among all, and earns nothing.
      [{}, {}, '0'],
      [{ t: '' }, {}, '0'],
      [{ t: 'helm', n: '7', c: 'z' }, {}, '0'],
      // 1/3 + 1/2 + 1/4 of 3.
      [{ t: 'kubelet', n: '0.4', c: 'y' }, {}, '13/36'],
      [{ t: 'kubelet' }, {}, '1/9'],
      [{ n: '0.2' }, {}, '1/6'],
      [{ c: 'y' }, {}, '1/12'],
      [{ n: '0.41', c: 'y' }, {}, '1/12'],
      // A wrong choice costs its own blank alone.
      [{ t: 'kubectl', n: '0.3', c: 'z' }, {}, '2/3'],
      // Weights 1, 2, 3, and a weight that is not named is 1.
      [{ t: 'kubectl' }, { n: 2, c: 3 }, '1/6'],
      [{ n: '0.3' }, { n: 2, c: 3 }, '1/3'],
      [{ c: 'x' }, { n: 2, c: 3 }, '1/2'],
      [{ t: 'kubelet', n: '0.25', c: 'y' }, { n: 2, c: 3 }, '25/72'],
      [{ t: 'kubectl', c: 'x' }, { t: 0.5, n: 0.25, c: 0.25 }, '3/4'],
      // 0.1 of 0.1 + 0.2 + 0.3.
      [{ t: 'kubectl' }, { t: 0.1, n: 0.2, c: 0.3 }, '1/6'],
      [{ n: '0.3' }, { t: 10_000, n: 0.001, c: 10_000 }, '1/20000001'],
    ]
  for (const [blanks, weights, expected] of EXAMPLES) {
    it(`${JSON.stringify(blanks)}, weighed ${JSON.stringify(weights)}, earns ${expected}, and exact all or nothing`, () => {
      expect(earnedBy(blanks, weights, 'per-part')).toBe(expected)
      expect(earnedBy(blanks, weights)).toBe(expected)
      expect(earnedBy(blanks, weights, 'exact')).toBe(expected === '1' ? '1' : '0')
    })
  }

  it('every combination of what each blank can earn, by several weights', () => {
    const different: string[] = []
    const texts: [string | undefined, twelfths: number][] = [
      ['kubectl', 12],
      ['kubes', 4],
      ['helm', 0],
      [undefined, 0],
    ]
    const numbers: [string | undefined, twelfths: number][] = [
      ['0.30', 12],
      ['0.2', 6],
      ['-0.3', 0],
      [undefined, 0],
    ]
    const choices: [string | undefined, twelfths: number][] = [
      ['x', 12],
      ['y', 3],
      ['z', 0],
      [undefined, 0],
    ]
    for (const [t, n, c] of [
      [1, 1, 1],
      [2, 5, 3],
      [100, 1, 10],
    ] as const) {
      for (const [text, forText] of texts) {
        for (const [number, forNumber] of numbers) {
          for (const [choice, forChoice] of choices) {
            const blanks = JSON.parse(JSON.stringify({ t: text, n: number, c: choice }))
            const expected = ratio(t * forText + n * forNumber + c * forChoice, 12 * (t + n + c))
            if (earnedBy(blanks, { t, n, c }) !== expected) different.push(JSON.stringify([blanks, t, n, c]))
          }
        }
      }
    }
    expect(different).toEqual([])
  })

  it('one blank, and 20', () => {
    const blanks = Array.from({ length: 20 }, (_, index) => ({ id: `b${index}`, type: 'short-text' }))
    const key = {
      blanks: Object.fromEntries(blanks.map(({ id }, index) => [id, { answers: [{ text: `a${index}` }] }])),
    }
    const response = { blanks: Object.fromEntries(blanks.slice(0, 13).map(({ id }, index) => [id, `A${index}`])) }
    expect(earned('cloze', { content: { blanks }, key, response })).toBe('13/20')
    const single = {
      content: { blanks: [{ id: 'n', type: 'numeric' }] },
      key: { blanks: { n: { answers: [{ value: 4 }] } } },
    }
    expect(earned('cloze', { ...single, response: { blanks: { n: '4.0' } } })).toBe('1')
    expect(earned('cloze', { ...single, response: { blanks: { n: '5' } } })).toBe('0')
  })

  it('each blank has options of its own', () => {
    const content = {
      blanks: [
        { id: 'p', type: 'short-text', maxLength: 3 },
        { id: 'q', type: 'short-text' },
        { id: 'r', type: 'numeric', decimalComma: true },
      ],
    }
    const key = {
      blanks: {
        p: { answers: [{ text: 'Élan' }], foldDiacritics: true },
        q: { answers: [{ text: 'élan' }], maxEdits: 1, caseSensitive: true },
        r: { answers: [{ range: { min: 1, max: 2, includeMax: false } }] },
      },
    }
    const short = { ...content, blanks: content.blanks.with(0, { id: 'p', type: 'short-text' }) }
    const given = (p: string, q: string, r: string) =>
      earned('cloze', { content: short, key, response: { blanks: { p, q, r } } })
    expect(given('elan', 'elan', '1,5')).toBe('1')
    expect(given('ela', 'ELan', '2,0')).toBe('0')
    expect(given('ELAN', 'élant', '0')).toBe('2/3')
    // The first text is longer than its blank.
    expect(keyProblems('cloze', { content, key })).toEqual(['inconsistent'])
  })

  it('names that every object has are names of blanks too', () => {
    const content = { blanks: ['a', 'constructor', 'toString'].map((id) => ({ id, type: 'short-text' })) }
    const key = {
      blanks: {
        a: { answers: [{ text: 'x' }] },
        constructor: { answers: [{ text: 'y' }] },
        toString: { answers: [{ text: 'z' }] },
      },
    }
    expect(earned('cloze', { content, key, response: { blanks: { a: 'x' } } })).toBe('1/3')
    expect(earned('cloze', { content, key, response: { blanks: { a: 'x', constructor: 'y' } } })).toBe('2/3')
  })

  it('feedback is that of the answer which counts, in its own blank', () => {
    const type = questionType('cloze')
    const key = parse(type.key, keyOf())
    const matched = (blanks: object) =>
      type.matched({
        content: { blanks: BLANKS },
        key: key.ok && key.value,
        response: { blanks },
      })
    expect(matched({ t: 'kubelet', n: '0.3', c: 'x' })).toEqual(['blanks/t/answers/1'])
    expect(matched({ t: 'kubectl' })).toEqual(['blanks/t/answers/0'])
    expect(matched({ n: '0.3' })).toEqual([])
    expect(type.remarks(key.ok && key.value)).toEqual([
      { path: 'blanks/t/answers/1', option: 't', markdown: 'Nearly.' },
    ])
  })
})

const problems = (blanks: unknown) => responseProblems('cloze', { content: { blanks: BLANKS }, response: { blanks } })

describe('cloze refuses in a response', () => {
  it('nothing that leaves blanks out, all of them even', () => {
    for (const given of [{}, { t: '' }, { n: '0' }, { c: 'z' }, { c: 'x', t: 'y' }]) expect(problems(given)).toEqual([])
  })

  it('a blank that the question does not have', () => {
    for (const given of [{ x: 'a' }, { T: 'a' }, { constructor: 'a' }]) expect(problems(given)).toEqual(['unknown-id'])
    expect(problems({ t: 'a', x: 'a', y: 'b' })).toEqual(['unknown-id', 'unknown-id'])
    expect(problems(JSON.parse('{ "__proto__": "a" }'))).toEqual(['invalid-shape'])
    expect(problems({ '': 'a' })).toEqual(['invalid-shape'])
  })

  it('what its blank cannot hold', () => {
    for (const n of [
      '',
      ' ',
      'three',
      '0x10',
      'Infinity',
      'NaN',
      '1,5',
      '1_000',
      '1e400',
      '--1',
      '1 m',
      '1'.repeat(65),
    ]) {
      expect(problems({ n }), n).toEqual(['invalid-shape'])
    }
    for (const c of ['a', 'X', 'constructor', 't']) expect(problems({ c }), c).toEqual(['unknown-id'])
    expect(problems({ c: '' })).not.toEqual([])
    expect(problems({ t: 'a'.repeat(1000) })).toEqual([])
    expect(problems({ t: 'a'.repeat(1001) })).toEqual(['invalid-shape'])
    expect(problems({ t: '\uD83D' })).toEqual(['invalid-shape'])
    expect(problems({ t: 'a', n: 'a', c: 'a' })).toEqual(['invalid-shape', 'unknown-id'])
  })

  it('more characters than a blank takes, and a comma where it takes none', () => {
    const blanks = [
      { id: 'p', type: 'short-text', maxLength: 3 },
      { id: 'q', type: 'numeric', decimalComma: true },
    ]
    const given = (response: object) =>
      responseProblems('cloze', { content: { blanks }, response: { blanks: response } })
    expect(given({ p: '😀e\u0301a', q: '1,5' })).toEqual([])
    expect(given({ p: 'abcd', q: '1.5' })).toEqual(['invalid-shape'])
    expect(given({ q: '1.000,5' })).toEqual(['invalid-shape'])
  })

  it('whatever is no text', () => {
    for (const value of [null, 1, true, ['x'], { number: '1' }, { text: 'a' }, { choice: 'x' }]) {
      for (const id of ['t', 'n', 'c']) expect(problems({ [id]: value })).toEqual(['invalid-shape'])
    }
    for (const blanks of [null, undefined, [], ['a'], 'a']) expect(problems(blanks)).toEqual(['invalid-shape'])
    expect(responseProblems('cloze', { content: { blanks: BLANKS }, response: { blanks: {}, text: 'a' } })).toEqual([
      'unknown-field',
    ])
  })
})
