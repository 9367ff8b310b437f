import { describe, expect, it } from 'vitest'
import { earned, keyProblems, responseProblems, rightAnswer } from '../earned.ts'
import { entries, ratio } from './oracles.ts'

/** The options for the prompts p, q, r, s in turn; a dot leaves one out. */
const pairs = (options: string) =>
  Object.fromEntries([...options].map((option, index) => ['pqrs'.charAt(index), option]).filter(([, o]) => o !== '.'))

const earnedBy = (scoring: { method: string } | undefined, key: string, given: string, options = 'abcdef') =>
  earned('matching', {
    content: { prompts: entries('pqrs'.slice(0, key.length)), options: entries(options) },
    key: { pairs: pairs(key) },
    ...(scoring && { scoring }),
    response: { pairs: pairs(given) },
  })

const PER_PART: [key: string, given: string, earned: string][] = [
  ['abcd', 'abcd', '1'],
  ['abcd', 'abdc', '1/2'],
  ['abcd', 'bcda', '0'],
  ['abcd', 'abce', '3/4'],
  // A prompt that is left out counts among all, and earns nothing.
  ['abcd', 'ab..', '1/2'],
  ['abcd', '...d', '1/4'],
  ['abcd', 'a.dc', '1/4'],
  ['abcd', '....', '0'],
  // One option for everything, which is what a guesser does.
  ['abcd', 'aaaa', '1/4'],
  // Two prompts with one option.
  ['aabb', 'aabb', '1'],
  ['aabb', 'abab', '1/2'],
  ['aabb', 'aaaa', '1/2'],
  ['aaa', 'aab', '2/3'],
  // Options that belong to no prompt are not in the denominator.
  ['abc', 'ab.', '2/3'],
  ['abc', 'def', '0'],
  ['b', 'b', '1'],
  ['b', 'a', '0'],
  ['b', '.', '0'],
]

describe('matching per-part (Moodle match, Canvas matching): right pairs of all prompts', () => {
  for (const [key, given, expected] of PER_PART) {
    it(`${key} given as ${given} earns ${expected}, and exact ${expected === '1' ? '1' : '0'}`, () => {
      expect(earnedBy({ method: 'per-part' }, key, given)).toBe(expected)
      expect(earnedBy(undefined, key, given)).toBe(expected)
      expect(earnedBy({ method: 'exact' }, key, given)).toBe(expected === '1' ? '1' : '0')
    })
  }
})

const triples = (letters: string) =>
  [...letters].flatMap((a) => [...letters].flatMap((b) => [...letters].map((c) => a + b + c)))

describe('matching against a count prompt by prompt', () => {
  it('every key of 3 prompts and 3 options, and every response, prompts left out included', () => {
    const different: string[] = []
    for (const key of triples('abc')) {
      for (const given of triples('abc.')) {
        const right = [...key].filter((option, index) => given.charAt(index) === option).length
        if (earnedBy({ method: 'per-part' }, key, given, 'abc') !== ratio(right, 3)) different.push(`${key} ${given}`)
        const everything = right === 3 ? '1' : '0'
        if (earnedBy({ method: 'exact' }, key, given, 'abc') !== everything) different.push(`exact ${key} ${given}`)
      }
    }
    expect(different).toEqual([])
  })

  it('the order of prompts, options and pairs does not matter', () => {
    const content = { prompts: entries('rqp'), options: entries('cab') }
    const key = { pairs: { r: 'c', p: 'a', q: 'b' } }
    expect(earned('matching', { content, key, response: { pairs: { q: 'b', r: 'a', p: 'a' } } })).toBe('2/3')
  })

  it('a prompt that is named like a member of every object is left out when it is', () => {
    const content = {
      prompts: ['p', 'constructor', 'toString'].map((id) => ({ id, text: id })),
      options: entries('ab'),
    }
    const key = { pairs: { p: 'a', constructor: 'b', toString: 'a' } }
    expect(earned('matching', { content, key, response: { pairs: { p: 'a' } } })).toBe('1/3')
    expect(earned('matching', { content, key, response: { pairs: { p: 'a', constructor: 'b' } } })).toBe('2/3')
    expect(keyProblems('matching', { content, key: { pairs: { p: 'a', constructor: 'b' } } })).toEqual(['inconsistent'])
  })

  it('50 prompts', () => {
    const ids = Array.from({ length: 50 }, (_, index) => `p${index}`)
    const content = { prompts: ids.map((id) => ({ id, text: id })), options: entries('ab') }
    const key = { pairs: Object.fromEntries(ids.map((id) => [id, 'a'])) }
    const response = { pairs: Object.fromEntries(ids.map((id, index) => [id, index < 35 ? 'a' : 'b'])) }
    expect(earned('matching', { content, key, response })).toBe('7/10')
  })
})

describe('matching refuses', () => {
  const content = { prompts: entries('pq'), options: entries('abc') }
  const response = (given: unknown) => responseProblems('matching', { content, response: given })
  const key = (given: unknown, scoring?: { method: string }) =>
    keyProblems('matching', { content, key: given, ...(scoring && { scoring }) })

  it('no response that leaves prompts out, all of them even', () => {
    for (const given of [{}, { p: 'a' }, { q: 'a' }, { p: 'c', q: 'c' }]) expect(response({ pairs: given })).toEqual([])
  })

  it('a response with a prompt or an option that the question does not have', () => {
    expect(response({ pairs: { x: 'a' } })).toEqual(['unknown-id'])
    expect(response({ pairs: { p: 'x' } })).toEqual(['unknown-id'])
    expect(response({ pairs: { p: 'q' } })).toEqual(['unknown-id'])
    expect(response({ pairs: { a: 'a' } })).toEqual(['unknown-id'])
    expect(response({ pairs: { constructor: 'a' } })).toEqual(['unknown-id'])
    expect(response({ pairs: { x: 'y' } })).toEqual(['unknown-id', 'unknown-id'])
  })

  it('a response of another shape', () => {
    expect(response({})).toEqual(['invalid-shape'])
    expect(response({ pairs: [['p', 'a']] })).toEqual(['invalid-shape'])
    expect(response({ pairs: { p: ['a'] } })).toEqual(['invalid-shape'])
    expect(response({ pairs: { p: null } })).toEqual(['invalid-shape'])
    expect(response(JSON.parse('{ "pairs": { "__proto__": "a" } }'))).toEqual(['invalid-shape'])
    expect(response({ pairs: { p: '' } })).toEqual(['invalid-shape'])
    expect(response({ pairs: {}, choice: 'a' })).toEqual(['unknown-field'])
  })

  it('a key without a pair for every prompt, or with others', () => {
    expect(key({ pairs: { p: 'a', q: 'a' } })).toEqual([])
    expect(key({ pairs: { p: 'a' } })).toEqual(['inconsistent'])
    expect(key({ pairs: {} })).toEqual(['inconsistent', 'inconsistent'])
    expect(key({ pairs: { p: 'a', q: 'b', x: 'c' } })).toEqual(['unknown-id'])
    expect(key({ pairs: { p: 'a', q: 'x' } })).toEqual(['unknown-id'])
  })

  it('a method of another type', () => {
    for (const method of ['per-part', 'exact']) expect(key({ pairs: { p: 'a', q: 'b' } }, { method })).toEqual([])
    for (const method of ['net-correct', 'absolute-position']) {
      expect(key({ pairs: { p: 'a', q: 'b' } }, { method }), method).not.toEqual([])
    }
  })

  it('nothing that the right answer is', () => {
    for (const given of ['ab', 'cc']) {
      expect(rightAnswer('matching', { content, key: { pairs: pairs(given) } })).toEqual({ pairs: pairs(given) })
      expect(earnedBy({ method: 'exact' }, given, given)).toBe('1')
    }
  })
})
