import { describe, expect, it } from 'vitest'
import { earned, keyProblems, responseProblems, rightAnswer } from '../earned.ts'
import { type Method, METHODS } from './ordering-examples.ts'
import { entries, orderOracles, permutations } from './oracles.ts'

const earnedBy = (scoring: Method['scoring'] | undefined, right: string, given: string) =>
  earned('ordering', {
    content: { items: entries([...right].toSorted().join('')) },
    key: { order: [...right] },
    ...(scoring && { scoring }),
    response: { order: [...given] },
  })

for (const { name, scoring, source, examples } of METHODS) {
  describe(`ordering ${name} (${source})`, () => {
    for (const [right, given, expected] of examples) {
      it(`${right} given as ${given} earns ${expected}`, () => {
        expect(earnedBy(scoring, right, given)).toBe(expected)
      })
    }
  })
}

describe('ordering against a search by the definition', () => {
  for (const [name, oracle] of Object.entries(orderOracles)) {
    const [method, includeLast] = name.split(' ')
    it(`${name}: every order of 2 to 6 items`, () => {
      const different: string[] = []
      for (const right of ['ab', 'cab', 'dbac', 'abcde', 'fbdace']) {
        for (const given of permutations(right)) {
          const found = earnedBy({ method: method!, ...(includeLast && { includeLast: true }) }, right, given)
          const expected = oracle(right, given)
          if (found !== expected) different.push(`${right} ${given}: ${found}, not ${expected}`)
        }
      }
      expect(different).toEqual([])
    })
  }

  it('a question that names no method is scored by absolute-position', () => {
    for (const given of permutations('abcd')) {
      expect(earnedBy(undefined, 'abcd', given)).toBe(orderOracles['absolute-position']!('abcd', given))
    }
  })

  it('the order of the items in the document does not matter', () => {
    const question = { key: { order: ['a', 'b', 'c'] }, response: { order: ['a', 'c', 'b'] } }
    for (const items of permutations('abc')) {
      expect(earned('ordering', { content: { items: entries(items) }, ...question })).toBe('1/3')
    }
  })
})

describe('ordering refuses', () => {
  const content = { items: entries('abc') }
  const response = (order: unknown) => responseProblems('ordering', { content, response: { order } })
  const key = (order: unknown, scoring?: Record<string, unknown> & { method: string }) =>
    keyProblems('ordering', { content, key: { order }, ...(scoring && { scoring }) })

  it('an order in the response or the key that has not every item once', () => {
    for (const problems of [response, key]) {
      for (const order of permutations('abc')) expect(problems([...order])).toEqual([])
      expect(problems(['a', 'b'])).toEqual(['inconsistent'])
      expect(problems([])).toEqual(['inconsistent'])
      expect(problems(['a', 'b', 'b'])).toEqual(['invalid-shape'])
      expect(problems(['a', 'b', 'c', 'a'])).toEqual(['invalid-shape'])
      expect(problems(['a', 'b', 'x'])).toEqual(['unknown-id'])
      expect(problems(['a', 'b', 'c', 'x'])).toEqual(['unknown-id'])
      expect(problems(['a', 'b', 'constructor'])).toEqual(['unknown-id'])
      expect(problems('abc')).toEqual(['invalid-shape'])
      expect(problems([['a'], 'b', 'c'])).toEqual(['invalid-shape'])
    }
    expect(responseProblems('ordering', { content, response: {} })).toEqual(['invalid-shape'])
  })

  it('a method of another type, and a parameter that the method does not have', () => {
    const order = ['b', 'a', 'c']
    for (const { scoring } of METHODS) expect(key(order, scoring), scoring.method).toEqual([])
    expect(key(order, { method: 'net-correct' })).not.toEqual([])
    expect(key(order, { method: 'per-part' })).not.toEqual([])
    expect(key(order, { method: 'relative-next', includeLast: 'true' })).not.toEqual([])
    expect(key(order, { method: 'absolute-position', includeLast: true })).not.toEqual([])
  })
})

describe('the right answer of an ordering question', () => {
  it('is the key’s order, and earns everything by every method', () => {
    for (const right of permutations('abcd')) {
      const question = { content: { items: entries('abcd') }, key: { order: [...right] } }
      expect(rightAnswer('ordering', question)).toEqual({ order: [...right] })
      for (const { scoring } of METHODS) expect(earnedBy(scoring, right, right)).toBe('1')
    }
  })
})
