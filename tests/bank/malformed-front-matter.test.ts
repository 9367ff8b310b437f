import { type Mistake, itRefuses } from './mistakes.ts'
import { describe } from 'vitest'

/** Raw HTML, a script and a picture in the text itself. */
const UNSAFE = 'See <b>, [this](javascript:alert) and ![x](data:image/png;base64,AA).'

const numeric: Mistake[] = [
  ['no answers', { 4: '', 5: '', 6: '', 7: '', 8: '' }, ['1 invalid-shape']],
  ['answers that are none', { 4: 'answers: []', 5: '', 6: '', 7: '', 8: '' }, ['4 invalid-shape']],
  ['answers that are no list', { 4: 'answers: { value: 1 }', 5: '', 6: '', 7: '', 8: '' }, ['4 invalid-shape']],
  ['an answer that is a number', { 5: '  - 256', 6: '' }, ['5 invalid-shape']],
  ['an answer of another type', { 5: '  - text: "256"', 6: '' }, ['5 invalid-shape']],
  ['a value that is no decimal', { 5: '  - value: 1,5' }, ['5 invalid-shape']],
  ['a number without an end', { 5: '  - value: .inf' }, ['5 invalid-shape']],
  ['a tolerance that is a number', { 6: '    tolerance: 1' }, ['6 invalid-shape']],
  ['a tolerance below 0', { 6: '    tolerance:\n      absolute: -1' }, ['7 invalid-shape']],
  ['an unknown tolerance', { 6: '    tolerance:\n      percent: 1' }, ['6 invalid-shape']],
  ['two tolerances', { 6: '    tolerance:\n      absolute: 1\n      relative: 1' }, ['8 unknown-field']],
  [
    'significant figures of 0',
    { 5: '  - value: 0', 6: '    tolerance: { significantFigures: 2 }' },
    ['6 inconsistent'],
  ],
  ['a range without bounds', { 7: '  - range: {}' }, ['7 invalid-shape']],
  ['a range with nothing in it', { 7: '  - range:\n      min: 400\n      max: 300' }, ['7 inconsistent']],
  ['a bound that is a word', { 7: '  - range:\n      min: 300\n      max: most' }, ['9 invalid-shape']],
  ['a fraction above 1', { 8: '    fraction: 3/2' }, ['8 invalid-shape']],
  ['no answer that earns everything', { 6: '    fraction: 1/2' }, ['4 inconsistent']],
  ['feedback that this type has not', { 8: '    fraction: 1/2\n    feedback: Nearly.' }, ['9 unknown-field']],
  ['units that are a list', { 9: 'units: [MiB]', 10: '', 11: '' }, ['9 invalid-shape']],
  ['units that are none', { 9: 'units: {}', 10: '', 11: '' }, ['9 invalid-shape']],
  ['a factor that is a word', { 11: '  GiB: many' }, ['11 invalid-shape']],
  ['a factor of 0', { 11: '  GiB: 0' }, ['11 invalid-shape']],
  ['an unknown field of a unit', { 11: '  GiB:\n    factor: 1024\n    times: 2' }, ['13 unknown-field']],
  ['a unit without a name', { 11: '  " ": 1024' }, ['9 invalid-shape', '11 invalid-shape']],
  ['units of which none earns everything', { 10: '  MiB: { factor: 1, fraction: 0.5 }', 11: '' }, ['9 inconsistent']],
  ['a comma that is a word', { 11: '  GiB: 1024\ndecimalComma: sometimes' }, ['12 invalid-shape']],
  ['a scoring method', { 11: '  GiB: 1024\nscoring: { method: per-part }' }, ['12 inconsistent']],
  ['a field of another type', { 11: '  GiB: 1024\nmaxEdits: 1' }, ['12 unknown-field']],
  ['a sample of another type', { 16: '  - text: "350"' }, ['16 unknown-field']],
  ['a sample without a number', { 16: '  - earns: 0', 18: '' }, ['16 invalid-shape']],
  ['a sample without a unit', { 17: '' }, ['16 inconsistent']],
  ['a sample of an unknown unit', { 17: '    unit: KiB' }, ['17 unknown-id']],
  ['a sample with a comma', { 16: '  - number: 3,5' }, ['16 invalid-shape']],
  ['no prompt', { 21: '' }, ['1 no-prompt']],
]

const shortText: Mistake[] = [
  ['no answers', { 4: '', 5: '', 6: '', 7: '', 8: '' }, ['1 invalid-shape']],
  ['an answer that is a text', { 5: '  - digest' }, ['5 invalid-shape']],
  ['a text that is a number', { 5: '  - fraction: 1\n    text: 404' }, ['6 invalid-shape']],
  ['an empty text', { 5: '  - text: ""' }, ['5 invalid-shape']],
  ['an answer that is two', { 6: '  - wildcard: a*\n    pattern: a+' }, ['7 unknown-field']],
  ['a pattern that is none', { 6: '  - pattern: "(a"' }, ['6 inconsistent']],
  ['a pattern that repeats too much', { 6: '  - pattern: "((a{1,99}){1,99}){1,99}"' }, ['6 inconsistent']],
  ['a text that forgiven edits make', { 5: '  - text: d' }, ['5 inconsistent']],
  ['a text of punctuation alone', { 5: '  - text: ...', 9: 'ignorePunctuation: true' }, ['5 inconsistent']],
  ['texts longer than responses may be', { 10: 'maxLength: 5' }, ['5 inconsistent', '6 inconsistent']],
  ['an answer for less than nothing', { 7: '    fraction: -1/2' }, ['7 invalid-shape']],
  ['no answer that earns everything', { 5: '  - text: digest\n    fraction: 0.999' }, ['4 inconsistent']],
  ['an unknown field of an answer', { 8: '    feedbak: Nearly.' }, ['8 unknown-field']],
  ['feedback that would not be rendered', { 8: `    feedback: "${UNSAFE}"` }, ['8 raw-html', '8 link', '8 link']],
  ['feedback of several lines', { 8: '    feedback: |\n      One.\n\n      <br>' }, ['8 raw-html']],
  [
    'feedback with a footnote',
    { 8: '    feedback: "See[^1].\\n\\n[^1]: So."' },
    ['8 not-supported', '8 not-supported'],
  ],
  ['feedback that says nothing', { 8: '    feedback: " "' }, ['8 invalid-shape']],
  ['edits beyond counting', { 9: 'maxEdits: 4' }, ['9 invalid-shape']],
  ['a rule that is a word', { 9: 'caseSensitive: sometimes' }, ['9 invalid-shape']],
  ['an unknown form of Unicode', { 9: 'unicode: NFD' }, ['9 invalid-shape']],
  ['a rule that does not exist', { 9: 'ignoreCase: true' }, ['9 unknown-field']],
  ['a length of 0', { 10: 'maxLength: 0' }, ['10 invalid-shape']],
  ['a version that nobody writes', { 10: 'normaliser: 1' }, ['10 unknown-field']],
  ['a sample of another type', { 14: '  - number: 1' }, ['14 unknown-field']],
  ['a sample that is a number', { 14: '  - text: 256' }, ['14 invalid-shape']],
  ['a sample longer than responses may be', { 14: `  - text: ${'a'.repeat(41)}` }, ['14 invalid-shape']],
  ['a sample that earns another share', { 15: '    earns: 0.333' }, ['15 inconsistent']],
]

const cloze: Mistake[] = [
  ['no blanks', { 4: 'points: 1\nother:' }, ['1 no-blanks', '5 unknown-field']],
  ['blanks that are a list', { 4: 'blanks: [a]\nother:' }, ['4 no-blanks', '5 unknown-field']],
  ['a blank that is a text', { 5: '  quantile: number\n  other:' }, ['5 unknown-type']],
  ['a blank without a type', { 6: '' }, ['5 unknown-type']],
  ['a blank of a type that has no blanks', { 6: '    type: essay' }, ['6 unknown-type']],
  ['a blank of a name that every object has', { 6: '    type: constructor' }, ['6 unknown-type']],
  ['a blank that has the answers of another type', { 12: '      - value: 1' }, ['9 inconsistent']],
  ['a blank that has none of its answers', { 11: '', 12: '' }, ['9 invalid-shape']],
  ['a blank with units', { 8: '    units: { s: 1 }' }, ['8 unknown-field']],
  ['a blank with a rule of another type', { 8: '    weight: 2\n    caseSensitive: true' }, ['9 unknown-field']],
  ['a blank with a length of 0', { 10: '    type: short-text\n    maxLength: 0' }, ['11 invalid-shape']],
  ['a value that is no decimal', { 7: '    answers:\n      - value: 1\n      - value: one' }, ['9 invalid-shape']],
  ['a pattern that is none', { 12: '      - text: le\n      - pattern: "(a"' }, ['13 inconsistent']],
  ['a blank that weighs nothing', { 8: '    weight: 0' }, ['8 invalid-shape']],
  ['a weight that is a fraction', { 8: '    weight: 1/2' }, ['8 invalid-shape']],
  [
    'feedback that would not be rendered',
    { 12: `      - text: le\n        feedback: "${UNSAFE}"` },
    ['13 raw-html', '13 link', '13 link'],
  ],
  ['an option that would not be rendered', { 16: `      - "${UNSAFE}"` }, ['16 raw-html', '16 link', '16 link']],
  ['feedback of an option that would not be rendered', { 18: '        feedback: <br>' }, ['18 raw-html']],
  [
    'no options',
    { 15: '', 16: '', 17: '', 18: '', 19: '' },
    ['13 no-options', '20 unknown-option', '22 unknown-option', '24 unknown-option'],
  ],
  ['an option that is a number', { 16: '      - 404' }, ['16 invalid-shape']],
  ['an unknown field of an option', { 19: '        ids: gauge' }, ['19 unknown-field']],
  ['an id of an option that is none', { 19: '        id: a gauge' }, ['19 invalid-shape']],
  ['an id of an option that is a number', { 19: '        id: 12' }, ['19 invalid-shape']],
  ['feedback of an option that is a number', { 18: '        feedback: 12' }, ['18 invalid-shape']],
  ['one text of two options', { 17: '      - text: a counter' }, ['17 duplicate']],
  ['one option alone', { 17: '', 18: '', 19: '', 24: '  - blanks: { quantile: 0.75 }' }, ['15 invalid-shape']],
  ['a choice out of range', { 20: '    choice: 3' }, ['20 unknown-option']],
  ['a choice by its text', { 20: '    choice: a counter' }, ['20 unknown-option']],
  ['no choice', { 20: '' }, ['13 unknown-option']],
  ['a choice beside weights', { 20: '    weights: [1, 0]\n    choice: 2' }, ['21 inconsistent']],
  ['fewer weights than options', { 20: '    weights: [1]' }, ['20 invalid-shape']],
  ['a weight of an option that is a word', { 20: '    weights:\n      - 1\n      - none' }, ['22 invalid-shape']],
  ['weights of which none is everything', { 20: '    weights: [0.5, 0.5]' }, ['20 inconsistent']],
  ['a blank that is marked twice', { 28: '{{quantile}} {{label}} {{kind}} {{label}}' }, ['9 inconsistent']],
  ['a blank that is not marked', { 28: '{{quantile}} {label} {{kind}}' }, ['9 inconsistent']],
  [
    'a blank that is marked where nobody reads',
    { 28: '{{quantile}} [a](https://example.com/{{label}}) {{kind}}' },
    ['9 inconsistent'],
  ],
  ['a mark of nothing', { 28: '{{quantile}} {{label}} {{kind}} {{sort}}' }, ['28 unknown-id']],
  ['a blank whose id is its answer', { 12: '      - text: Label' }, ['9 inconsistent']],
  [
    'an id of a blank that is none',
    { 9: '  a b:', 22: '  - blanks: { quantile: 0.75, kind: 1 }', 28: '{{quantile}} {{kind}}' },
    ['9 invalid-shape', '9 invalid-shape'],
  ],
  ['a sample of another type', { 24: '  - text: a' }, ['24 invalid-shape', '24 unknown-field']],
  ['a sample that is a list', { 24: '  - earns: 1/2', 25: '    blanks: [0.75]' }, ['25 invalid-shape']],
  [
    'a sample of a blank that is not there',
    { 24: '  - blanks:\n      quantile: 0.75\n      sort: a' },
    ['26 unknown-option'],
  ],
  [
    'a sample of an option out of range',
    { 24: '  - blanks:\n      quantile: 0.75\n      kind: 0' },
    ['26 unknown-option'],
  ],
  ['a sample of an option by its text', { 24: '  - blanks: { quantile: 0.75, kind: a gauge }' }, ['24 unknown-option']],
  [
    'a sample that is no number where one is asked',
    { 24: '  - blanks:\n      kind: 2\n      quantile: much' },
    ['26 invalid-shape'],
  ],
  ['a sample that is a truth', { 24: '  - blanks:\n      kind: 2\n      label: true' }, ['26 invalid-shape']],
]

const essay: Mistake[] = [
  ['a length of 0', { 4: 'maxLength: 0' }, ['4 invalid-shape']],
  ['a length that is a word', { 4: 'maxLength: long' }, ['4 invalid-shape']],
  ['a key', { 4: 'answers: []' }, ['4 unknown-field']],
  ['no model answer', { 5: '', 6: '', 7: '' }, ['1 no-full-sample']],
  ['a model answer of another type', { 6: '  - number: 1' }, ['6 unknown-field']],
  ['a model answer that is a number', { 6: '  - text: 1' }, ['6 invalid-shape']],
  ['a model answer that is too long', { 6: `  - text: ${'a'.repeat(201)}` }, ['6 invalid-shape']],
  ['a model answer that says nothing', { 6: '  - text: " "' }, ['7 inconsistent']],
  ['a model answer that earns too much', { 7: '    earns: 2' }, ['5 no-full-sample']],
]

describe('a numeric question is refused at the line where it goes wrong', () => {
  itRefuses('numeric', numeric)
})

describe('a short text is refused at the line where it goes wrong', () => {
  itRefuses('short-text', shortText)
})

describe('a cloze is refused at the line where it goes wrong', () => {
  itRefuses('cloze', cloze)
})

describe('an essay is refused at the line where it goes wrong', () => {
  itRefuses('essay', essay)
})
