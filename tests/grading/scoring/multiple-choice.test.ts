import { describe, expect, it } from 'vitest'
import { earned, keyProblems, responseProblems, rightAnswer } from '../earned.ts'
import { type Method, METHODS } from './multiple-choice-examples.ts'
import { entries, permutations, pickOracles, ratio, subsets } from './oracles.ts'

const earnedBy = (scoring: Method['scoring'] | undefined, options: string, right: string, picked: string) =>
  earned('multiple-choice', {
    content: { options: entries(options) },
    key: { choices: [...right] },
    ...(scoring && { scoring }),
    response: { choices: [...picked] },
  })

for (const { name, scoring, source, examples } of METHODS) {
  describe(`multiple-choice ${name} (${source})`, () => {
    for (const [options, right, picked, expected] of examples) {
      it(`of ${options}, ${right} picked as ${picked || 'nothing'} earns ${expected}`, () => {
        expect(earnedBy(scoring, options, right, picked)).toBe(expected)
      })
    }
  })
}

describe('multiple-choice against another way to compute it', () => {
  for (const [name, oracle] of Object.entries(pickOracles)) {
    const [method, wrong] = name.split(' ')
    it(`${name}: every right set and every picked set of 2 to 5 options`, () => {
      const different: string[] = []
      for (const options of ['ab', 'abc', 'abcd', 'abcde']) {
        for (const right of subsets(options).slice(1)) {
          for (const picked of subsets(options)) {
            const found = earnedBy({ method: method!, ...(wrong && { wrong }) }, options, right, picked)
            const expected = oracle(options, right, picked)
            if (found !== expected) different.push(`${options} ${right} ${picked}: ${found}, not ${expected}`)
          }
        }
      }
      expect(different).toEqual([])
    })
  }

  it('a question that names no method is scored by net-correct, where selecting everything does not pay', () => {
    expect(earnedBy(undefined, 'abcd', 'ab', 'abc')).toBe('1/2')
    expect(earnedBy(undefined, 'abcd', 'ab', 'abcd')).toBe('0')
  })

  it('neither the order of the picks, of the key nor of the options matters', () => {
    for (const order of permutations('abd')) {
      const scoring = { method: 'coverage' }
      expect(earnedBy(scoring, 'ecdba', 'cba', order)).toBe('4/9')
      expect(earnedBy(scoring, 'abcde', order, 'cba')).toBe('4/9')
    }
  })

  it('of 50 options', () => {
    const ids = Array.from({ length: 50 }, (_, index) => `o${index}`)
    const content = { options: ids.map((id) => ({ id, text: id })) }
    const of50 = (method: string, right: number, picked: number) =>
      earned('multiple-choice', {
        content,
        key: { choices: ids.slice(0, right) },
        scoring: { method },
        response: { choices: ids.slice(0, picked) },
      })
    expect(of50('net-correct', 30, 40)).toBe(ratio(20, 30))
    expect(of50('every-decision-counts', 30, 40)).toBe(ratio(40, 50))
    expect(of50('coverage', 30, 40)).toBe(ratio(30, 40))
    expect(of50('guess-corrected', 30, 40)).toBe(ratio(10, 20))
  })
})

describe('multiple-choice refuses', () => {
  const content = { options: entries('abc') }
  const response = (choices: unknown) => responseProblems('multiple-choice', { content, response: { choices } })
  const key = (choices: unknown, scoring?: { method: string; wrong?: string }) =>
    keyProblems('multiple-choice', { content, key: { choices }, ...(scoring && { scoring }) })

  it('a response that is no set of its options', () => {
    expect(response(['a', 'x'])).toEqual(['unknown-id'])
    expect(response(['x', 'y'])).toEqual(['unknown-id', 'unknown-id'])
    expect(response(['a', 'a'])).toEqual(['invalid-shape'])
    expect(response('a')).toEqual(['invalid-shape'])
    expect(response([''])).toEqual(['invalid-shape'])
    expect(response(['constructor'])).toEqual(['unknown-id'])
    expect(responseProblems('multiple-choice', { content, response: {} })).toEqual(['invalid-shape'])
    expect(responseProblems('multiple-choice', { content, response: { choices: [], more: 1 } })).toEqual([
      'unknown-field',
    ])
  })

  it('no blank and no set of its options', () => {
    for (const choices of subsets('abc')) expect(response([...choices])).toEqual([])
  })

  it('a key that is no set of its options, or an empty one', () => {
    expect(key(['a', 'c'])).toEqual([])
    expect(key(['x'])).toEqual(['unknown-id'])
    expect(key(['a', 'a'])).toEqual(['invalid-shape'])
    expect(key([])).toEqual(['invalid-shape'])
  })

  it('a method that does not fit the key, and a parameter that the method does not have', () => {
    for (const { scoring } of METHODS) expect(key(['a'], scoring)).toEqual([])
    expect(key(['a'], { method: 'option-weights' })).not.toEqual([])
    expect(key(['a'], { method: 'absolute-position' })).not.toEqual([])
    expect(key(['a'], { method: 'guess-corrected', wrong: 'true' })).not.toEqual([])
    expect(key(['a'], { method: 'net-correct', wrong: 'false' })).not.toEqual([])
  })
})

describe('the right answer of a multiple-choice question', () => {
  it('earns everything by every method, whatever the right set', () => {
    for (const right of subsets('abcd').slice(1)) {
      const content = { options: entries('abcd') }
      const answer = rightAnswer('multiple-choice', { content, key: { choices: [...right] } })
      expect(answer).toEqual({ choices: [...right] })
      for (const { scoring } of METHODS) expect(earnedBy(scoring, 'abcd', right, right)).toBe('1')
    }
  })
})
