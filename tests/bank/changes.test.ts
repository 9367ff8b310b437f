import { changes, entries, keys } from './authored.ts'
import { describe, expect, it } from 'vitest'

/** The other number of an answer, counted from 1. */
function valueIn(found: Readonly<Record<string, unknown>>, answer: number): unknown {
  const { answers } = found[`answer ${answer} is another number`] as { answers: { value: unknown }[] }
  return answers[answer - 1]?.value
}

describe('each part of a key is changed, and nothing else with it', () => {
  it('of a single choice', () => {
    expect(changes('single-choice', { choice: 'b' }, { options: entries('abc') })).toEqual(
      keys('single-choice', {
        'option 1 is the right one': { choice: 'a' },
        'option 3 is the right one': { choice: 'c' },
      }),
    )
  })

  it('of true and false', () => {
    const [what, other] = ['the other choice is right', 'false']
    expect(changes('true-false', { choice: 'true' })).toEqual(keys('true-false', { [what]: { choice: other } }))
    expect(changes('true-false', { choice: other })).toEqual(keys('true-false', { [what]: { choice: 'true' } }))
  })

  it('of a multiple choice', () => {
    expect(changes('multiple-choice', { choices: ['c', 'a'] }, { options: entries('abcd') })).toEqual(
      keys('multiple-choice', {
        'option 1 is wrong': { choices: ['c'] },
        'option 2 is right': { choices: ['c', 'a', 'b'] },
        'option 3 is wrong': { choices: ['a'] },
        'option 4 is right': { choices: ['c', 'a', 'd'] },
      }),
    )
  })

  it('of a multiple choice with one right option, which is not taken away', () => {
    expect(changes('multiple-choice', { choices: ['a'] }, { options: entries('ab') })).toEqual(
      keys('multiple-choice', {
        'option 2 is right': { choices: ['a', 'b'] },
      }),
    )
  })

  it('of weights, as far as some response still earns everything', () => {
    const weights = { a: '1/2', b: '-1/2', c: 1 }
    expect(changes('multiple-choice', { weights }, { options: entries('abcd') })).toEqual(
      keys('multiple-choice', {
        'option 1 weighs nothing': { weights: { ...weights, a: 0 } },
        'option 2 weighs a half': { weights: { ...weights, b: '1/2' } },
        'option 4 weighs a half': { weights: { ...weights, d: '1/2' } },
      }),
    )
    expect(changes('single-choice', { weights: { a: 1, b: '1/4', c: 0 } }, { options: entries('abc') })).toEqual(
      keys('single-choice', {
        'option 2 weighs nothing': { weights: { a: 1, b: 0, c: 0 } },
        'option 3 weighs a half': { weights: { a: 1, b: '1/4', c: '1/2' } },
      }),
    )
  })

  it('of an order', () => {
    expect(changes('ordering', { order: ['a', 'b', 'c', 'd'] }, { items: entries('abcd') })).toEqual(
      keys('ordering', {
        'item 2 comes right before item 1': { order: ['b', 'a', 'c', 'd'] },
        'item 3 comes right before item 2': { order: ['a', 'c', 'b', 'd'] },
        'item 4 comes right before item 3': { order: ['a', 'b', 'd', 'c'] },
      }),
    )
  })

  it('of dependencies', () => {
    const dependsOn = { d: ['b', 'c'], b: ['a'] }
    expect(changes('ordering', { dependsOn }, { items: entries('abcd') })).toEqual(
      keys('ordering', {
        'item 2 need not come after item 1': { dependsOn: { d: ['b', 'c'], b: [] } },
        'item 4 need not come after item 2': { dependsOn: { d: ['c'], b: ['a'] } },
        'item 4 need not come after item 3': { dependsOn: { d: ['b'], b: ['a'] } },
      }),
    )
  })

  it('of pairs', () => {
    const content = { prompts: entries('pq'), options: entries('abc') }
    expect(changes('matching', { pairs: { p: 'a', q: 'c' } }, content)).toEqual(
      keys('matching', {
        'option 2 belongs to prompt 1': { pairs: { p: 'b', q: 'c' } },
        'option 3 belongs to prompt 1': { pairs: { p: 'c', q: 'c' } },
        'option 1 belongs to prompt 2': { pairs: { p: 'a', q: 'a' } },
        'option 2 belongs to prompt 2': { pairs: { p: 'a', q: 'b' } },
      }),
    )
  })

  it('of numbers and units', () => {
    const near = { value: 10, tolerance: { absolute: '0.5' } }
    const range = { range: { min: 0, max: 1, includeMin: false }, fraction: '1/2' }
    const exact = { value: '1e2' }
    const units = { m: 1, km: { factor: '1e3', fraction: '1/2' } }
    const of = (...answers: unknown[]) => ({ answers, units })
    const found = changes('numeric', of(near, range, exact), { units: ['m', 'km'] })
    const [ten, hundred] = [valueIn(found, 1), valueIn(found, 3)]
    expect([Number(ten), Number(hundred)]).not.toContain(10)
    expect([Number(ten), Number(hundred)]).not.toContain(100)
    expect(found).toEqual(
      keys('numeric', {
        'answer 1 is missing': of(range, exact),
        'answer 1 is another number': of({ ...near, value: ten }, range, exact),
        'answer 1 has no tolerance': of({ value: 10 }, range, exact),
        'answer 1 has a larger tolerance': of({ value: 10, tolerance: { absolute: '1' } }, range, exact),
        'answer 1 earns half': of({ ...near, fraction: '1/2' }, range, exact),
        'answer 2 is missing': of(near, exact),
        'answer 2 has no lower bound': of(near, { ...range, range: { max: 1, includeMin: false } }, exact),
        'answer 2 has no upper bound': of(near, { ...range, range: { min: 0, includeMin: false } }, exact),
        'answer 2 treats its lower bound otherwise': of(near, { ...range, range: { min: 0, max: 1 } }, exact),
        'answer 2 treats its upper bound otherwise': of(
          near,
          { ...range, range: { min: 0, max: 1, includeMin: false, includeMax: false } },
          exact,
        ),
        'answer 2 earns everything': of(near, { ...range, fraction: 1 }, exact),
        'answer 3 is missing': of(near, range),
        'answer 3 is another number': of(near, range, { value: hundred }),
        'answer 3 earns half': of(near, range, { value: '1e2', fraction: '1/2' }),
        'm means ten times as much': {
          ...of(near, range, exact),
          units: { ...units, m: { factor: '10', fraction: 1 } },
        },
        'km means ten times as much': {
          ...of(near, range, exact),
          units: { ...units, km: { factor: '10000', fraction: '1/2' } },
        },
        'km earns everything': { ...of(near, range, exact), units: { ...units, km: { factor: '1e3', fraction: 1 } } },
      }),
    )
  })

  it('of texts and the rules that compare them', () => {
    const [digest, sum, pattern] = [{ text: 'digest' }, { wildcard: '* sum', fraction: 0.5 }, { pattern: 'ha?sh' }]
    const rules = { caseSensitive: true, foldDiacritics: true, ignorePunctuation: true, collapseWhitespace: true }
    const all = { answers: [digest, sum, pattern], ...rules, unicode: 'NFKC', maxEdits: 2 }
    const of = (...answers: unknown[]) => ({ ...all, answers })
    expect(changes('short-text', all)).toEqual(
      keys('short-text', {
        'answer 1 is missing': of(sum, pattern),
        'answer 1 earns half': of({ ...digest, fraction: '1/2' }, sum, pattern),
        'answer 2 is missing': of(digest, pattern),
        'answer 2 earns everything': of(digest, { ...sum, fraction: 1 }, pattern),
        'answer 3 is missing': of(digest, sum),
        'answer 3 earns half': of(digest, sum, { ...pattern, fraction: '1/2' }),
        'caseSensitive is not set': { ...all, caseSensitive: false },
        'foldDiacritics is not set': { ...all, foldDiacritics: false },
        'ignorePunctuation is not set': { ...all, ignorePunctuation: false },
        'collapseWhitespace is not set': { ...all, collapseWhitespace: false },
        'unicode is NFC': { ...all, unicode: 'NFC' },
        'no edit is forgiven': { ...all, maxEdits: 0 },
      }),
    )
  })

  it('of one answer alone, as far as something still earns everything', () => {
    expect(changes('short-text', { answers: [{ text: 'a' }] })).toEqual(keys('short-text', {}))
    expect(changes('numeric', { answers: [{ range: { min: 1 } }] })).toEqual(
      keys('numeric', {
        'answer 1 treats its lower bound otherwise': { answers: [{ range: { min: 1, includeMin: false } }] },
      }),
    )
  })

  it('of blanks, and what they weigh', () => {
    const blanks = [
      { id: 'n', type: 'numeric' },
      { id: 'c', type: 'single-choice', options: entries('ab') },
    ]
    const key = { n: { answers: [{ range: { min: 2 } }], weight: 2.5 }, c: { choice: 'a' } }
    const without = { answers: [{ range: { min: 2, includeMin: false } }], weight: 2.5 }
    const prompt = '{{n}} {{c}}'
    expect(changes('cloze', { blanks: key }, { blanks, prompt })).toEqual(
      keys('cloze', {
        'n: answer 1 treats its lower bound otherwise': { blanks: { ...key, n: without } },
        'n: weighs more': { blanks: { ...key, n: { ...key.n, weight: 3.5 } } },
        'c: option 2 is the right one': { blanks: { ...key, c: { choice: 'b' } } },
        'c: weighs more': { blanks: { ...key, c: { ...key.c, weight: 2 } } },
      }),
    )
    const alone = { blanks: { c: { choice: 'a', weight: 3 } } }
    expect(changes('cloze', alone, { blanks: blanks.slice(1), prompt: '{{c}}' })).toEqual(
      keys('cloze', {
        'c: option 2 is the right one': { blanks: { c: { choice: 'b', weight: 3 } } },
      }),
    )
  })

  it('of an essay there is none', () => {
    expect(changes('essay', {})).toEqual(keys('essay', {}))
  })
})
