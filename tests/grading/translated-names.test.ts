import { describe, expect, it } from 'vitest'
import type { Regrading } from '../../src/grading/regrading.ts'
import type { Result } from '../../src/grading/wire.ts'
import {
  cloze,
  entries,
  essay,
  matching,
  numeric,
  ordering,
  partialOrdering,
  shortText,
} from '../support/every-type.ts'
import { type Json, multipleChoice, singleChoice, trueFalse } from '../support/quiz-document.ts'
import { finishes, regrades, revisions, says, toldOf } from './regraded.ts'

/** Entries whose own feedback is their name. */
const named = (ids: string): Json[] => [...ids].map((id) => ({ id, text: `Entry ${id}`, feedback: `On ${id}` }))

interface Translated {
  readonly name: string
  readonly served: Json
  readonly target: Json
  readonly map?: Readonly<Record<string, string>>
  readonly rule?: Regrading['rule']
  readonly response: Json
  readonly score: number
  readonly answer: Json | null
  /** What is said of entries, in served names: `a: On x`. */
  readonly words?: readonly string[]
}

const CASES: readonly Translated[] = [
  {
    name: 'a renamed option',
    served: singleChoice('asked', { options: named('abc') }),
    target: singleChoice('asked', { options: named('xbc'), key: 'x' }),
    map: { a: 'x' },
    response: { choice: 'a' },
    score: 1,
    answer: { choice: 'a' },
    words: ['a: On x', 'b: On b', 'c: On c'],
  },
  {
    name: 'options that have changed names with each other',
    served: singleChoice('asked', { options: named('abc') }),
    target: singleChoice('asked', { options: named('abc'), key: 'a' }),
    map: { a: 'b', b: 'a' },
    response: { choice: 'b' },
    score: 1,
    answer: { choice: 'b' },
    words: ['a: On b', 'b: On a', 'c: On c'],
  },
  {
    name: 'options in another order, which changes nothing',
    served: singleChoice('asked', { options: named('abc') }),
    target: singleChoice('asked', { options: named('cab') }),
    response: { choice: 'b' },
    score: 1,
    answer: { choice: 'b' },
    words: ['a: On a', 'b: On b', 'c: On c'],
  },
  {
    name: 'a right option that nobody could choose: it cannot be said',
    served: singleChoice('asked', { options: named('abc') }),
    target: singleChoice('asked', { options: named('abcd'), key: 'd' }),
    rule: { asked: 'new-key' },
    response: { choice: 'b' },
    score: 0,
    answer: null,
    words: ['a: On a', 'b: On b', 'c: On c'],
  },
  {
    name: 'two options that became one: either is right, and the first is told',
    served: singleChoice('asked', { options: named('abc') }),
    target: singleChoice('asked', { options: named('xc'), key: 'x' }),
    map: { b: 'x', a: 'x' },
    response: { choice: 'b' },
    score: 1,
    answer: { choice: 'a' },
    words: ['a: On x', 'b: On x', 'c: On c'],
  },
  {
    name: 'picks of which two became one: chosen twice they count once',
    served: multipleChoice('asked', { options: named('pqrst') }),
    target: multipleChoice('asked', { options: named('xrst'), key: 'xr', points: 4 }),
    map: { p: 'x', q: 'x' },
    // Without the merge, p and q would be two right ones, or one right and one wrong.
    response: { choices: ['q', 'p', 's'] },
    score: 0,
    answer: { choices: ['r', 'p'] },
    words: ['p: On x', 'q: On x', 'r: On r', 's: On s', 't: On t'],
  },
  {
    name: 'picks by weights',
    served: multipleChoice('asked', { options: named('pqrst') }),
    target: {
      ...multipleChoice('asked', { options: named('vwxyz'), scoring: { method: 'option-weights' } }),
      key: { weights: { v: '1/2', w: '1/2', z: '-1/2' } },
    },
    map: { p: 'v', q: 'w', r: 'x', s: 'y', t: 'z' },
    response: { choices: ['t', 'q', 'p'] },
    score: 1.5,
    answer: { choices: ['p', 'q'] },
    words: ['p: On v', 'q: On w', 'r: On x', 's: On y', 't: On z'],
  },
  {
    name: 'true or false, which have no other names',
    served: trueFalse('asked'),
    target: trueFalse('asked', { key: 'false' }),
    response: { choice: 'false' },
    score: 1,
    answer: { choice: 'false' },
  },
  {
    name: 'items in order, renamed',
    served: ordering('asked', { items: named('zywx') }),
    target: ordering('asked', { items: named('abcd'), key: { order: [...'dcba'] } }),
    map: { w: 'a', x: 'b', y: 'c', z: 'd' },
    // The target wants z, y, x, w; the first two are in their places.
    response: { order: [...'zywx'] },
    score: 2,
    answer: { order: [...'zyxw'] },
    words: ['w: On a', 'x: On b', 'y: On c', 'z: On d'],
  },
  {
    name: 'items with dependencies, renamed',
    served: partialOrdering('asked', { items: named('zywx') }),
    target: partialOrdering('asked', { items: named('zyvx'), key: { dependsOn: { v: ['x', 'y', 'z'] } } }),
    map: { w: 'v' },
    response: { order: [...'zxyw'] },
    score: 4,
    answer: { order: [...'xyzw'] },
    words: ['w: On v', 'x: On x', 'y: On y', 'z: On z'],
  },
  {
    name: 'prompts and options of matching, renamed',
    served: matching('asked', { prompts: named('nlm'), options: named('4213') }),
    target: matching('asked', {
      prompts: named('nkm'),
      options: named('9213'),
      key: { pairs: { m: '1', n: '9', k: '9' } },
    }),
    map: { l: 'k', 4: '9' },
    response: { pairs: { l: '4', m: '2', n: '4' } },
    score: 2,
    answer: { pairs: { l: '4', m: '1', n: '4' } },
    words: ['1: On 1', '2: On 2', '3: On 3', '4: On 9', 'l: On k', 'm: On m', 'n: On n'],
  },
  {
    name: 'options of matching that merged',
    served: matching('asked', { prompts: named('nlm'), options: named('4213') }),
    target: matching('asked', {
      prompts: named('nlm'),
      options: named('421'),
      key: { pairs: { m: '1', n: '2', l: '4' } },
    }),
    map: { 3: '1' },
    response: { pairs: { l: '4', m: '3', n: '2' } },
    score: 3,
    answer: { pairs: { l: '4', m: '1', n: '2' } },
    words: ['1: On 1', '2: On 2', '3: On 1', '4: On 4', 'l: On l', 'm: On m', 'n: On n'],
  },
  {
    name: 'a prompt that nobody was asked: all others count less, and the answer cannot be said',
    served: matching('asked', { prompts: named('nlm'), options: named('4213') }),
    target: matching('asked', {
      points: 4,
      prompts: named('nlmo'),
      options: named('4213'),
      key: { pairs: { m: '2', n: '2', l: '4', o: '1' } },
    }),
    rule: { asked: 'new-key' },
    response: { pairs: { l: '4', m: '2', n: '2' } },
    score: 3,
    answer: null,
    words: ['1: On 1', '2: On 2', '3: On 3', '4: On 4', 'l: On l', 'm: On m', 'n: On n'],
  },
  {
    name: 'a unit that was renamed',
    served: numeric('asked', {
      decimalComma: undefined,
      units: ['kB', 'B'],
      key: { answers: [{ value: 1 }], units: { kB: 1, B: 2 } },
    }),
    target: numeric('asked', {
      decimalComma: undefined,
      units: ['kilobyte', 'B'],
      key: { answers: [{ value: 5000 }], units: { kilobyte: 1000, B: { factor: 1, fraction: '1/2' } } },
    }),
    map: { kB: 'kilobyte' },
    response: { number: '5.0', unit: 'kB' },
    score: 2,
    answer: { number: '5', unit: 'kB' },
  },
  {
    name: 'a number, which has no names',
    served: numeric('asked'),
    target: numeric('asked', { key: { answers: [{ value: '1.5' }, { value: 7, fraction: '1/2' }] } }),
    response: { number: '1,50' },
    score: 2,
    answer: { number: '1.5' },
  },
  {
    name: 'a text, which has no names either',
    served: shortText('asked', { key: { answers: [{ text: 'docker' }] } }),
    target: shortText('asked', { key: { answers: [{ text: 'podman', feedback: 'On podman' }] } }),
    response: { text: 'Podman' },
    score: 4,
    answer: { text: 'podman' },
    words: ['null: On podman'],
  },
  {
    name: 'a text that may be longer now than it could be: the answer cannot be said',
    served: shortText('asked', { maxLength: 5, samples: [], key: { answers: [{ text: 'pod' }] } }),
    target: shortText('asked', { maxLength: 10, samples: [], key: { answers: [{ text: 'a long pod' }] } }),
    response: { text: 'pod' },
    score: 0,
    answer: null,
  },
  {
    name: 'an essay that nobody has graded',
    served: essay('asked'),
    target: essay('asked', { samples: [{ response: { text: 'A model.' }, fraction: 1 }] }),
    response: { text: 'It depends.' },
    score: 0,
    answer: { text: 'A model.' },
  },
]

const gap = (id: string, key: Json, more: Json = {}) => ({ id, key, more })
function gaps(...blanks: ReturnType<typeof gap>[]): Json {
  return cloze('asked', {
    prompt: blanks.map(({ id }) => `{{${id}}}`).join(', '),
    blanks: blanks.map(({ id, more }) => ({ id, type: 'short-text', ...more })),
    key: { blanks: Object.fromEntries(blanks.map(({ id, key }) => [id, key])) },
  })
}
const text = (word: string, feedback?: string): Json => ({ answers: [{ text: word, ...(feedback && { feedback }) }] })
const choice = (ids: string): Json => ({ type: 'single-choice', options: named(ids) })

const CLOZES: readonly Translated[] = [
  {
    name: 'blanks that were renamed and moved, and options in them',
    served: gaps(gap('one', text('docker')), gap('two', { choice: 'i' }, choice('ijk'))),
    target: gaps(
      gap('deux', { choice: 'x' }, choice('kxj')),
      gap('un', { answers: [{ text: 'podman', feedback: 'On podman' }] }),
    ),
    map: { one: 'un', two: 'deux', i: 'x' },
    response: { blanks: { one: 'podman', two: 'i' } },
    score: 4,
    answer: { blanks: { one: 'podman', two: 'i' } },
    words: ['i: On x', 'j: On j', 'k: On k', 'one: On podman'],
  },
  {
    name: 'options of one name in two blanks, which are renamed together',
    served: gaps(gap('one', { choice: 'i' }, choice('ij')), gap('two', { choice: 'i' }, choice('ijk'))),
    target: gaps(gap('one', { choice: 'x' }, choice('xj')), gap('two', { choice: 'k' }, choice('xjk'))),
    map: { i: 'x' },
    response: { blanks: { one: 'i', two: 'k' } },
    score: 4,
    answer: { blanks: { one: 'i', two: 'k' } },
    words: ['i: On x', 'i: On x', 'j: On j', 'j: On j', 'k: On k'],
  },
  {
    name: 'a blank that appeared, which is as good as left out',
    served: gaps(gap('one', text('docker'))),
    target: gaps(gap('one', text('docker', 'On docker')), gap('two', text('podman', 'On podman'))),
    rule: { asked: 'new-key' },
    response: { blanks: { one: 'docker' } },
    score: 2,
    answer: null,
    words: ['one: On docker'],
  },
  {
    name: 'numbers in blanks',
    served: gaps(gap('one', { answers: [{ value: 1 }] }, { type: 'numeric', decimalComma: true })),
    target: gaps(gap('eins', { answers: [{ value: '2.5' }] }, { type: 'numeric', decimalComma: true })),
    map: { one: 'eins' },
    response: { blanks: { one: '2,50' } },
    score: 4,
    answer: { blanks: { one: '2.5' } },
  },
]

/** In served names, what is said beside the word on the whole. */
function wordsOf({ feedback }: Result): string[] {
  return (feedback ?? [])
    .map(({ option, text: { markdown } }) => `${option}: ${markdown}`)
    .filter((word) => word.includes(': On '))
}

describe('after a regrade, a learner is told in the names that were served', () => {
  for (const { name, served, target, map = {}, rule = 'new-key', response, score, answer, words } of [
    ...CASES,
    ...CLOZES,
  ]) {
    it(`of ${name}`, () => {
      const versions = revisions([served], [target])
      const regrading = regrades({ map: { asked: map }, rule })
      const told = toldOf(versions, 'asked', says('asked', response), finishes, regrading)
      expect({ score: told.score ?? 0, answer: told.answer }).toEqual({ score, answer })
      expect(told.response).toEqual(response)
      expect(wordsOf(told)).toEqual(words ?? wordsOf(told))
      // What it earns is what it earns whoever comes later, and what it is told to be right is right.
      const canBeSaid = answer !== null && told.status !== 'pending'
      const right = toldOf(versions, 'asked', regrading, says('asked', answer ?? response), finishes)
      expect(right.status === 'correct' && right.score === right.maxScore).toBe(canBeSaid)
    })
  }
})

describe('a question that was renamed', () => {
  it('is graded by its new name, and told by its old one', () => {
    const versions = revisions(
      [singleChoice('old'), trueFalse('truth')],
      [trueFalse('truth'), singleChoice('new', { key: 'c', points: 3 })],
    )
    const told = toldOf(
      versions,
      'old',
      says('old', { choice: 'c' }),
      finishes,
      regrades({ map: { old: { old: 'new' } } }),
    )
    expect(told).toMatchObject({ question: 'old', status: 'correct', score: 3, maxScore: 3, answer: { choice: 'c' } })
  })

  it('to the id of one of its options leaves that option alone', () => {
    const options = entries('a', 'options', 'abc')
    const versions = revisions([singleChoice('a', { options, key: 'a' })], [singleChoice('b', { options, key: 'a' })])
    const regrading = regrades({ map: { a: { a: 'b' } } })
    expect(toldOf(versions, 'a', says('a', { choice: 'a' }), finishes, regrading)).toMatchObject({
      status: 'correct',
      answer: { choice: 'a' },
    })
  })

  it('and changed names with another is graded by the other', () => {
    const versions = revisions(
      [singleChoice('one', { key: 'a' }), singleChoice('two', { key: 'b' })],
      [singleChoice('one', { key: 'b' }), singleChoice('two', { key: 'a' })],
    )
    const map = { one: { one: 'two' }, two: { two: 'one' } }
    const told = (id: string, said: string) =>
      toldOf(versions, id, says(id, { choice: said }), finishes, regrades({ map }))
    expect([told('one', 'a').status, told('two', 'b').status]).toEqual(['correct', 'correct'])
  })
})
