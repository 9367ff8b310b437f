import { type Mistake, itRefuses } from './mistakes.ts'
import { describe } from 'vitest'

const NO_SAMPLES = { 4: '', 5: '', 6: '', 7: '', 8: '' }

const ordering: Mistake[] = [
  ['no list', { 13: '', 14: '', 15: '', 16: '' }, ['11 no-items']],
  ['a list without numbers', { 13: '- Alpha', 14: '', 15: '- Bravo', 16: '- Charlie' }, ['13 no-items']],
  ['text behind the list', { 17: '\nMore.' }, ['18 no-items']],
  ['nothing in front of the list', { 11: '' }, ['13 no-prompt']],
  ['nothing at all', { 11: '', 13: '', 14: '', 15: '', 16: '' }, ['1 no-items']],
  ['one item alone', { 5: '  - order: [1]', 7: '', 8: '', 15: '', 16: '' }, ['13 invalid-shape']],
  ['an item without a text', { 16: '3.' }, ['16 invalid-shape']],
  ['one text twice', { 16: '3. Alpha' }, ['16 duplicate']],
  ['one id pinned twice', { 16: '3. Charlie {#b}' }, ['16 duplicate']],
  ['a pin that is no id', { 16: '3. Charlie {#-}' }, ['16 invalid-id']],
  ['text behind the feedback', { 14: '   > One.\n\n   Two.' }, ['16 misplaced-text']],
  ['HTML in an item', { 16: '3. Charlie<br>' }, ['16 raw-html']],
  ['a script in the feedback of an item', { 14: '   > [a](javascript:b)' }, ['14 link']],
  ['a sample of another type', { 7: '  - choose: [1]' }, ['7 invalid-shape', '7 unknown-field']],
  ['a sample that counts from 0', { 7: '  - order: [0, 1, 2]' }, ['7 unknown-option']],
  ['a sample of an item that is not there', { 7: '  - order: [1,\n     4, 2]' }, ['8 unknown-option']],
  ['a sample of an item by its text', { 7: '  - order: [1, 2, Charlie]' }, ['7 unknown-option']],
  ['a sample of an item twice', { 7: '  - order: [1, 2, 2]' }, ['7 duplicate']],
  ['a sample without an item', { 7: '  - earns: 0', 8: '    order: [1, 2]' }, ['8 inconsistent']],
  ['a sample that is no list', { 7: '  - order: 1' }, ['7 invalid-shape']],
  ['a method for another key', { 3: 'type: ordering\nscoring: { method: per-part }' }, ['4 inconsistent']],
  ['a field of another type', { 3: 'type: ordering\nanswers: []\nblanks: {}' }, ['4 unknown-field', '5 unknown-field']],
  ['dependencies that are a list', { 3: 'type: ordering\ndependsOn: [[1, 2]]' }, ['4 invalid-shape']],
  ['dependencies of nothing', { 3: 'type: ordering\ndependsOn:' }, ['4 invalid-shape']],
  ['an item that depends on a number', { 3: 'type: ordering\ndependsOn:\n  2: 1' }, ['5 invalid-shape']],
  [
    'an item that depends on one that is not there',
    { 3: 'type: ordering\ndependsOn:\n  2:\n    - 1\n    - 4' },
    ['7 unknown-option'],
  ],
  ['an item that depends on a text', { 3: 'type: ordering\ndependsOn:\n  2: [Alpha]' }, ['5 unknown-option']],
  [
    'an item that is not there, and depends',
    { 3: 'type: ordering\ndependsOn:\n  1: []\n  4: [1]' },
    ['6 unknown-option'],
  ],
  ['a path that depends', { 3: 'type: ordering\ndependsOn:\n  a/b: [1]' }, ['5 unknown-option']],
  ['an item that depends on itself', { 3: 'type: ordering\ndependsOn:\n  1: [1]' }, ['4 inconsistent']],
  ['items that depend in a circle', { 3: 'type: ordering\ndependsOn: { 1: [2], 2: [3], 3: [1] }' }, ['4 inconsistent']],
  [
    'an item that depends on another twice',
    { 3: 'type: ordering\ndependsOn:\n  2: [1]\n  3: [1, 1]' },
    ['6 invalid-shape'],
  ],
  ['one item that depends in two places', { 3: 'type: ordering\ndependsOn:\n  3: [1]\n  03: [2]' }, ['6 duplicate']],
]

const matching: Mistake[] = [
  ['no table', { 13: '', 14: '', 15: '', 16: '', 17: '', 18: '' }, ['11 no-table']],
  ['a list', { 13: '- Alpha', 14: '- one', 15: '', 16: '', 17: '', 18: '' }, ['13 no-table']],
  ['text behind the table', { 19: '\nMore.' }, ['20 no-table']],
  ['nothing in front of the table', { 11: '' }, ['13 no-prompt']],
  ['a table of one column', { 13: '| a |', 14: '|---|' }, ['13 invalid-shape']],
  ['a table of four columns', { 13: '|a|b|c|d|', 14: '|---|---|---|---|' }, ['13 invalid-shape']],
  ['a table without rows', { ...NO_SAMPLES, 15: '', 16: '', 17: '', 18: '' }, ['1 no-full-sample']],
  ['an option cell that is empty', { 16: '| Bravo | |' }, ['16 no-option']],
  ['an option cell that is missing', { 16: '| Bravo |' }, ['16 no-option']],
  ['an option of a pin alone', { 18: '| | {#a} |' }, ['18 invalid-shape']],
  ['feedback on no prompt', { 18: '| | three | Why. |' }, ['18 misplaced-text']],
  ['one prompt twice', { 16: '| Alpha | two |' }, ['16 duplicate']],
  ['one pinned id twice', { 16: '| Bravo {#a} | two |', 17: '| Charlie {#a} | two |' }, ['17 duplicate']],
  ['one pinned id of two options', { 16: '| Bravo | two {#a} |', 18: '| | three {#a} |' }, ['18 duplicate']],
  ['two ids of one option', { 16: '| Bravo | two {#a} |', 17: '| Charlie | two {#b} |' }, ['17 inconsistent']],
  ['a pin that is no id', { 18: '| | three {#a b} |' }, ['18 invalid-id']],
  [
    'one option alone',
    { 5: '  - match: [1, 1, 1]', 7: '  - match: [1, 0, 0]', 15: '| Alpha | two |', 18: '' },
    ['13 invalid-shape'],
  ],
  [
    'no prompt at all',
    { 5: '  - match: []', 7: '', 8: '', 15: '| | a |', 16: '| | b |', 17: '| | c |' },
    ['13 invalid-shape'],
  ],
  ['HTML in a cell', { 16: '| Bravo<br> | two |', 17: '| Charlie | two | <br> |' }, ['16 raw-html', '17 raw-html']],
  [
    'a script in a cell',
    { 16: '| Bravo | [two](javascript:a) |', 17: '| Charlie | [two](javascript:a) |' },
    ['16 link', '17 link'],
  ],
  ['a sample of another type', { 7: '  - order: [1]' }, ['7 invalid-shape', '7 unknown-field']],
  ['a sample that leaves a prompt unsaid', { 7: '  - match: [1, 0]' }, ['7 invalid-shape']],
  ['a sample that has a number for a row without a prompt', { 7: '  - match: [1, 0, 4, 4]' }, ['7 invalid-shape']],
  ['a sample of a row that is not there', { 7: '  - match:\n      - 1\n      - 0\n      - 5' }, ['10 unknown-option']],
  ['a sample of a row by its text', { 7: '  - match: [one, 0, 0]' }, ['7 unknown-option']],
  ['a sample that is no list', { 7: '  - match: { 1: 1 }' }, ['7 invalid-shape']],
  ['a field of another type', { 3: 'type: matching\nweights: [1]' }, ['4 unknown-field']],
]

const weights: Mistake[] = [
  ['fewer weights than options', { 4: 'weights: [1/2, 1/2]' }, ['4 invalid-shape']],
  ['more weights than options', { 4: 'weights: [1/2, -1/2, 1/2, 0]' }, ['4 invalid-shape']],
  ['weights by id', { 4: 'weights: { a: 1 }' }, ['4 invalid-shape']],
  ['no weights where they belong', { 4: 'weights:' }, ['4 invalid-shape']],
  ['a ticked option that costs', { 4: 'weights: [1, -1/2, -1/2]' }, ['18 inconsistent']],
  ['a ticked option that weighs nothing', { 4: 'weights: [1, -1/2, 0/3]' }, ['18 inconsistent']],
  ['an option that pays and is not ticked', { 16: '- [ ] Bravo', 4: 'weights: [1/2, 1/4, 1/2]' }, ['16 inconsistent']],
  [
    'one of several that pays less than another',
    {
      3: 'type: single-choice',
      4: 'weights: [1/2, 1, 0]',
      6: '  - choose: [2]',
      8: '  - choose: [3]',
      18: '- [ ] Charlie',
    },
    ['14 inconsistent'],
  ],
  ['a weight beyond 1', { 4: 'weights:\n  - 1/2\n  - -2\n  - 1/2' }, ['6 invalid-shape']],
  ['a weight that is a word', { 4: 'weights:\n  - 1/2\n  - none\n  - 1/2' }, ['6 invalid-shape']],
  ['weights of which no sum is everything', { 4: 'weights: [0.333, -1, 0.333]' }, ['4 inconsistent']],
  ['a method that counts', { 3: 'type: multiple-choice\nscoring: { method: net-correct }' }, ['4 inconsistent']],
  [
    'weights where there is nothing to weigh',
    {
      3: 'type: true-false',
      6: '  - choose: [1]',
      8: '  - choose: [2]',
      14: '- [x] True',
      16: '- [ ] False',
      18: '',
      19: '',
    },
    ['4 unknown-field'],
  ],
  ['a sample of another type', { 8: '  - order: [1, 2, 3]' }, ['8 invalid-shape', '8 unknown-field']],
]

describe('an ordering is refused at the line where it goes wrong', () => {
  itRefuses('ordering', ordering)
})

describe('a matching is refused at the line where it goes wrong', () => {
  itRefuses('matching', matching)
})

describe('a choice with weights is refused at the line where it goes wrong', () => {
  itRefuses('weights', weights)
})
