import { describe, expect, it } from 'vitest'
import { questionType } from '../../../src/grading/types/registry.ts'
import { earned, keyProblems, rightAnswer } from '../earned.ts'
import { entries } from './oracles.ts'

const TEXT = { id: 't', type: 'short-text' }
const NUMBER = { id: 'n', type: 'numeric' }
const CHOICE = { id: 'c', type: 'single-choice', options: entries('xyz') }

const problems = (blanks: object[], keys: unknown, scoring?: { method: string }) =>
  keyProblems('cloze', { content: { blanks }, key: { blanks: keys }, ...(scoring && { scoring }) })
/** What is wrong with the key of one blank. */
const withKey = (blank: { readonly id: string; readonly [member: string]: unknown }, key: unknown) =>
  problems([blank], { [blank.id]: key })

const text = (id: string, answer: object, options: object = {}) =>
  withKey({ id, type: 'short-text' }, { answers: [{ text: 'unrelated' }, answer], ...options })

const number = (id: string, answer: object) => withKey({ id, type: 'numeric' }, { answers: [answer] })

const choice = (id: string, key: object) => withKey({ id, type: 'single-choice', options: entries('xyz') }, key)

describe('a cloze key is refused', () => {
  it('without a key for every blank, or with others', () => {
    const t = { answers: [{ text: 'a' }] }
    expect(problems([TEXT, CHOICE], { t, c: { choice: 'x' } })).toEqual([])
    expect(problems([TEXT, CHOICE], { t })).toEqual(['inconsistent'])
    expect(problems([TEXT, CHOICE], {})).toEqual(['inconsistent', 'inconsistent'])
    expect(problems([TEXT], { t, c: { choice: 'x' } })).toEqual(['unknown-id'])
    expect(problems([TEXT], { t, constructor: t })).toEqual(['unknown-id'])
    expect(problems([{ id: 'constructor', type: 'short-text' }], {})).toEqual(['inconsistent'])
    expect(problems([TEXT], undefined)).toEqual(['invalid-shape'])
  })

  it('where a key is not of the type of its blank', () => {
    const keys = {
      t: { answers: [{ text: 'a' }] },
      n: { answers: [{ value: 1 }] },
      c: { choice: 'x' },
    }
    for (const blank of [TEXT, NUMBER, CHOICE]) {
      for (const [id, key] of Object.entries(keys)) {
        expect(withKey(blank, key).length === 0, `${id} in ${blank.id}`).toBe(id === blank.id)
      }
    }
    expect(withKey(CHOICE, { weights: { x: 1 } })).toEqual([])
    for (const [blank, key] of [
      [TEXT, { answers: [{ text: 'a' }] }],
      [NUMBER, { answers: [{ value: 1 }] }],
      [CHOICE, { choice: 'x' }],
      [CHOICE, { weights: { x: 1 } }],
    ] as const) {
      for (const weight of [1, 0.001, 0.5, 10_000]) expect(withKey(blank, { ...key, weight })).toEqual([])
      for (const weight of [0, -1, 10_001, 0.0005, 0.0015, '1', null]) {
        expect(withKey(blank, { ...key, weight }), String(weight)).toEqual(['invalid-shape'])
      }
    }
  })

  it('where the id of a blank, which learners see, is an answer of it', () => {
    expect(text('kubectl', { text: 'kubectl' })).toEqual(['inconsistent'])
    expect(text('Kubectl', { text: 'kubectl' })).toEqual(['inconsistent'])
    expect(text('Kubectl', { text: 'kubectl' }, { caseSensitive: true })).toEqual([])
    expect(text('kubctl', { text: 'kubectl' }, { maxEdits: 1 })).toEqual(['inconsistent'])
    expect(text('kubctl', { text: 'kubectl' })).toEqual([])
    expect(text('kube', { wildcard: 'k*' })).toEqual(['inconsistent'])
    expect(text('k8s', { pattern: '\\w\\d\\w' })).toEqual(['inconsistent'])
    expect(text('k8s', { pattern: '\\w\\d' })).toEqual([])
    // A part of the points is a part of the answer; an answer that pays nothing is none.
    expect(text('half', { text: 'half', fraction: 0.000001 })).toEqual(['inconsistent'])
    expect(text('none', { text: 'none', fraction: 0 })).toEqual([])
    expect(text('b1', { text: 'kubectl' })).toEqual([])
  })

  it('so for numbers and choices', () => {
    expect(number('42', { value: '42.0' })).toEqual(['inconsistent'])
    expect(number('43', { value: 42, tolerance: { absolute: 1 } })).toEqual(['inconsistent'])
    expect(number('44', { value: 42, tolerance: { absolute: 1 } })).toEqual([])
    expect(number('1e3', { range: { min: 1000 } })).toEqual(['inconsistent'])
    expect(number('n1', { range: { min: 0 } })).toEqual([])
    expect(choice('x', { choice: 'x' })).toEqual(['inconsistent'])
    expect(choice('x', { choice: 'y' })).toEqual([])
    expect(choice('x', { weights: { x: 0.5, y: 1 } })).toEqual(['inconsistent'])
    expect(choice('x', { weights: { x: -0.5, y: 1 } })).toEqual([])
    expect(choice('c', { choice: 'x' })).toEqual([])
    // Another blank's id may be the answer.
    expect(problems([TEXT, CHOICE], { t: { answers: [{ text: 'c' }] }, c: { choice: 'x' } })).toEqual([])
  })

  it('for a method of another type', () => {
    const keys = { c: { choice: 'x' } }
    for (const method of ['per-part', 'exact']) expect(problems([CHOICE], keys, { method })).toEqual([])
    for (const method of ['net-correct', 'option-weights']) expect(problems([CHOICE], keys, { method })).not.toEqual([])
  })
})

const problemsOf = (ids: string[], prompt: string) =>
  questionType('cloze')
    .checkContent({ blanks: ids.map((id) => ({ id, type: 'short-text' })) }, prompt)
    .map(({ code }) => code)

describe('what a cloze says besides its key', () => {
  it('the prompt marks each blank once', () => {
    expect(problemsOf(['a', 'b'], 'The {{b}} of the {{a}}.')).toEqual([])
    expect(problemsOf(['a', 'b'], '{{a}}{{b}} {{ a }} {b} {{}} {{a b}}')).toEqual([])
    expect(problemsOf(['a', 'b'], 'The {{a}}.')).toEqual(['inconsistent'])
    expect(problemsOf(['a'], '{{a}} and {{a}}')).toEqual(['inconsistent'])
    expect(problemsOf(['a'], 'a')).toEqual(['inconsistent'])
    expect(problemsOf(['a'], '{{a}} and {{x}}')).toEqual(['unknown-id'])
    expect(problemsOf(['a'], '{{A}}')).toEqual(['unknown-id', 'inconsistent'])
  })

  it('no two blanks have one id', () => {
    expect(problemsOf(['a', 'b', 'a'], '{{a}} {{b}}')).toEqual(['duplicate'])
  })
})

const keyOf = (answer: object) => ({
  blanks: {
    t: { answers: [answer], weight: 3 },
    n: { answers: [{ value: 7, fraction: 0.5 }, { range: { min: 1, max: 2 } }] },
    c: { weights: { y: 1, x: 0.5 } },
  },
})

const canonical = (blanks: object) =>
  JSON.stringify(questionType('cloze').canonical({ blanks }, { blanks: [TEXT, NUMBER, CHOICE] }))

describe('the right answer of a cloze', () => {
  const content = { blanks: [TEXT, NUMBER, CHOICE] }

  it('fills in every blank, and earns everything', () => {
    const key = keyOf({ text: 'kubectl' })
    expect(rightAnswer('cloze', { content, key })).toEqual({ blanks: { t: 'kubectl', n: '1.5', c: 'y' } })
    for (const method of ['per-part', 'exact']) {
      const response = { blanks: { t: 'kubectl', n: '1.5', c: 'y' } }
      expect(earned('cloze', { content, key, scoring: { method }, response })).toBe('1')
    }
  })

  it('is not known where that of one blank is not', () => {
    expect(rightAnswer('cloze', { content, key: keyOf({ pattern: 'kubectl' }) })).toBe(null)
  })

  it('two responses are one where every blank holds the same by the rules of its type', () => {
    expect(canonical({ n: '1.50', t: ' Cafe\u0301', c: 'x' })).toBe(canonical({ t: 'Café', n: '15e-1', c: 'x' }))
    for (const other of [{ t: 'café' }, { t: 'Café', n: '1' }, {}, { t: 'Café', c: 'x' }]) {
      expect(canonical(other)).not.toBe(canonical({ t: 'Café' }))
    }
  })
})
