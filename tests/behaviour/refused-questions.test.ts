import { describe, expect, it } from 'vitest'
import { createHost } from '../support/host.ts'
import { problemOf } from '../support/problem-of.ts'
import type { Json } from '../support/quiz-document.ts'
import { listed, putChanged, refuses } from '../support/refusals.ts'

/** What authors get wrong about choices, orders and pairs. */

const weights = (key: Json): Json => ({ key: { weights: key } })
const sample = (response: unknown, fraction: unknown): Json => ({ samples: [{ response, fraction }] })

refuses('single-choice', [
  ['a key that names no option', { key: { choice: 'd' } }, '/key/choice unknown-id'],
  ['a key of another type', { key: { choices: ['a'] } }, '/key invalid-shape'],
  ['a key of two kinds', { key: { choice: 'a', weights: { a: 1 } } }, '/key/weights unknown-field'],
  ['weights of which none is everything', weights({ a: 0.99, b: -1 }), '/key/weights inconsistent'],
  ['no weights', weights({}), '/key/weights inconsistent'],
  ['a weight above 1', weights({ a: 1.5 }), '/key/weights/a invalid-shape'],
  ['a weight that is no fraction', weights({ a: 1, b: '1/0' }), '/key/weights/b invalid-shape'],
  ['a weight of no option', weights({ a: 1, constructor: 1 }), '/key/weights/constructor unknown-id'],
  ['weights in a list', { key: { weights: [1] } }, '/key/weights invalid-shape'],
  [
    'weights with a method for one right option',
    { ...weights({ a: 1 }), scoring: { method: 'exact' } },
    '/scoring/method inconsistent',
  ],
  [
    'one right option with a method for weights',
    { scoring: { method: 'option-weights' } },
    '/scoring/method inconsistent',
  ],
])

refuses('multiple-choice', [
  ['a key without a right option', { key: { choices: [] } }, '/key/choices invalid-shape'],
  ['a key that names an option twice', { key: { choices: ['a', 'a'] } }, '/key/choices invalid-shape'],
  ['a key that names no option', { key: { choices: ['a', 'z'] } }, '/key/choices/1 unknown-id'],
  ['weights that add up to less than 1', weights({ a: 0.333, b: 0.333, c: 0.333 }), '/key/weights inconsistent'],
  ['a method of orderings', { scoring: { method: 'absolute-position' } }, '/scoring/method inconsistent'],
  ['a method that is none', { scoring: { method: 'best' } }, '/scoring/method invalid-shape'],
  ['no method', { scoring: { wrong: 'all' } }, '/scoring/method invalid-shape'],
  ['a parameter of another method', { scoring: { method: 'coverage', wrong: 'all' } }, '/scoring/wrong unknown-field'],
  [
    'a parameter with no such value',
    { scoring: { method: 'guess-corrected', wrong: 'some' } },
    '/scoring/wrong invalid-shape',
  ],
  ['a sample that earns something else', sample({ choices: ['a'] }, 1), '/samples/0/fraction inconsistent'],
  ['a sample that is no response', sample({ choices: ['e'] }, 0), '/samples/0/response/choices/0 unknown-id'],
  [
    'a sample of another shape',
    sample({ choice: 'a' }, 0),
    '/samples/0/response/choices invalid-shape',
    '/samples/0/response/choice unknown-field',
  ],
])

refuses('ordering', [
  ['an order with an item left out', { key: { order: [...'wxy'] } }, '/key/order inconsistent'],
  ['an order with an item twice', { key: { order: [...'wxyzw'] } }, '/key/order invalid-shape'],
  ['an order with an item that is not there', { key: { order: [...'wxyv'] } }, '/key/order/3 unknown-id'],
  ['two kinds of key', { key: { order: [...'wxyz'], dependsOn: {} } }, '/key/dependsOn unknown-field'],
  ['items that depend on each other', { key: { dependsOn: { w: ['x'], x: ['w'] } } }, '/key/dependsOn inconsistent'],
  ['a circle of three', { key: { dependsOn: { w: ['x'], x: ['z'], z: ['w'], y: [] } } }, '/key/dependsOn inconsistent'],
  ['an item that depends on itself', { key: { dependsOn: { w: ['w'] } } }, '/key/dependsOn inconsistent'],
  ['a dependency of no item', { key: { dependsOn: { v: ['w'] } } }, '/key/dependsOn/v unknown-id'],
  ['a dependency on no item', { key: { dependsOn: { w: ['x', 'v'] } } }, '/key/dependsOn/w/1 unknown-id'],
  ['a dependency named twice', { key: { dependsOn: { w: ['x', 'x'] } } }, '/key/dependsOn/w invalid-shape'],
  [
    'dependencies with a method for one order',
    { key: { dependsOn: {} }, scoring: { method: 'longest-run' } },
    '/scoring/method inconsistent',
  ],
  [
    'a parameter of another method',
    { scoring: { method: 'exact', includeLast: true } },
    '/scoring/includeLast unknown-field',
  ],
  ['one item', { items: listed('w'), key: { order: ['w'] } }, '/items invalid-shape'],
  ['two items with one text', { items: [...listed('wxy'), { id: 'z', text: 'Entry w ' }] }, '/items/3/text duplicate'],
  [
    'two items with one id',
    { items: [...listed('wxyz'), { id: 'w', text: 'Other' }] },
    '/items/4/id duplicate',
    '/key/order inconsistent',
  ],
  ['options, which it has not', { options: listed('ab') }, '/options unknown-field'],
])

refuses('matching', [
  ['a prompt without an option', { key: { pairs: { l: '1' } } }, '/key/pairs inconsistent'],
  ['a pair of no prompt', { key: { pairs: { l: '1', m: '2', n: '3' } } }, '/key/pairs/n unknown-id'],
  ['a pair with no option', { key: { pairs: { l: '1', m: '4' } } }, '/key/pairs/m unknown-id'],
  [
    'two prompts with one text',
    {
      prompts: [
        { id: 'l', text: 'A' },
        { id: 'm', text: 'A' },
      ],
    },
    '/prompts/1/text duplicate',
  ],
  ['one option', { options: listed('1'), key: { pairs: { l: '1', m: '1' } } }, '/options invalid-shape'],
  ['a sample that names no option', sample({ pairs: { l: '7' } }, 0), '/samples/0/response/pairs/l unknown-id'],
  ['a method of multiple choice', { scoring: { method: 'net-correct' } }, '/scoring/method inconsistent'],
])

refuses('essay', [
  ['a key, as a person grades', { key: { answers: [{ text: 'x' }] } }, '/key/answers unknown-field'],
  ['a key that is a list', { key: [] }, '/key invalid-shape'],
  ['no length', { maxLength: 0 }, '/maxLength invalid-shape'],
  ['a length beyond 10,000', { maxLength: 10_001 }, '/maxLength invalid-shape'],
  ['a method of parts', { scoring: { method: 'per-part' } }, '/scoring/method inconsistent'],
  [
    'a sample that is longer than it may be',
    { maxLength: 3, ...sample({ text: 'four' }, 1) },
    '/samples/0/response/text invalid-shape',
  ],
])

describe('a type', () => {
  it('that is none is refused at its place', async () => {
    const host = await createHost()
    for (const type of ['hotspot', 'constructor', '', 'Essay']) {
      expect(problemOf((await putChanged(host, type, { key: {} })).answer)).toEqual([
        422,
        'invalid-input',
        '/questions/0/type invalid-shape',
      ])
    }
  })
})
