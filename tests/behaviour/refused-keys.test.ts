import type { Json } from '../support/quiz-document.ts'
import { listed, refuses } from '../support/refusals.ts'

/** What authors get wrong about numbers, texts and blanks. */

const answers = (...each: unknown[]): Json => ({ key: { answers: each } })
const texts = (more: Json, ...each: unknown[]): Json => ({ key: { answers: each, ...more } })

refuses('numeric', [
  ['no answers', answers(), '/key/answers invalid-shape'],
  [
    'no answer that earns everything',
    answers({ value: 1, fraction: 0.5 }, { value: 2, fraction: '99/100' }),
    '/key/answers inconsistent',
  ],
  ['a value that is no decimal', answers({ value: '0x10' }), '/key/answers/0/value invalid-shape'],
  ['a value that has lost digits', answers({ value: 2 ** 53 }), '/key/answers/0/value invalid-shape'],
  ['a value and a range', answers({ value: 1, range: { min: 0 } }), '/key/answers/0/range unknown-field'],
  ['a text', answers({ text: '5' }), '/key/answers/0 invalid-shape'],
  ['a range without bounds', answers({ range: { includeMin: true } }), '/key/answers/0/range invalid-shape'],
  ['a range that is turned round', answers({ range: { min: 2, max: 1 } }), '/key/answers/0/range inconsistent'],
  [
    'a range of nothing',
    answers({ value: 0 }, { range: { min: 1, max: '1.0', includeMax: false } }),
    '/key/answers/1/range inconsistent',
  ],
  [
    'figures of zero',
    answers({ value: '0.00', tolerance: { significantFigures: 2 } }),
    '/key/answers/0/tolerance inconsistent',
  ],
  [
    'no figures',
    answers({ value: 1, tolerance: { significantFigures: 0 } }),
    '/key/answers/0/tolerance/significantFigures invalid-shape',
  ],
  [
    'half a decimal place',
    answers({ value: 1, tolerance: { decimalPlaces: 1.5 } }),
    '/key/answers/0/tolerance/decimalPlaces invalid-shape',
  ],
  [
    'a negative tolerance',
    answers({ value: 1, tolerance: { absolute: '-0.1' } }),
    '/key/answers/0/tolerance/absolute invalid-shape',
  ],
  [
    'two tolerances',
    answers({ value: 1, tolerance: { absolute: 1, relative: 1 } }),
    '/key/answers/0/tolerance/relative unknown-field',
  ],
  [
    'a tolerance of a range',
    answers({ range: { min: 1 }, tolerance: { absolute: 1 } }),
    '/key/answers/0/tolerance unknown-field',
  ],
  ['a fraction above 1', answers({ value: 1 }, { value: 2, fraction: '3/2' }), '/key/answers/1/fraction invalid-shape'],
  ['a negative fraction', answers({ value: 1 }, { value: 2, fraction: -0.5 }), '/key/answers/1/fraction invalid-shape'],
  ['feedback on an answer', answers({ value: 1, feedback: 'Yes.' }), '/key/answers/0/feedback unknown-field'],
  ['units without factors', { units: ['m', 'km'] }, '/key/units inconsistent'],
  [
    'a unit without a factor',
    { units: ['m', 'km'], key: { answers: [{ value: 1 }], units: { m: 1 } } },
    '/key/units inconsistent',
  ],
  [
    'a factor of no unit',
    { units: ['m'], key: { answers: [{ value: 1 }], units: { m: 1, km: 1000 } } },
    '/key/units/km unknown-id',
  ],
  [
    'factors where no units are listed',
    { key: { answers: [{ value: 1 }], units: { m: 1 } } },
    '/key/units/m unknown-id',
  ],
  [
    'a factor of zero',
    { units: ['m'], key: { answers: [{ value: 1 }], units: { m: '0.0' } } },
    '/key/units/m invalid-shape',
  ],
  [
    'no unit that earns everything',
    { units: ['m'], key: { answers: [{ value: 1 }], units: { m: { factor: 1, fraction: 0.5 } } } },
    '/key/units inconsistent',
  ],
  [
    'a unit listed twice',
    { units: ['m', 'm'], key: { answers: [{ value: 1 }], units: { m: 1 } } },
    '/units invalid-shape',
  ],
  [
    'a unit with space around it',
    { units: [' m'], key: { answers: [{ value: 1 }], units: { m: 1 } } },
    '/units/0 invalid-shape',
  ],
  ['no units in the list', { units: [] }, '/units invalid-shape'],
])

refuses('short-text', [
  ['no answers', texts({}), '/key/answers invalid-shape'],
  ['no answer that earns everything', texts({}, { text: 'a', fraction: 0.999999 }), '/key/answers inconsistent'],
  ['an answer of two kinds', texts({}, { text: 'a', pattern: 'a' }), '/key/answers/0/pattern unknown-field'],
  ['a text of nothing', texts({}, { text: '' }), '/key/answers/0/text invalid-shape'],
  ['a text of white space', texts({}, { text: ' \u200B' }), '/key/answers/0 inconsistent'],
  ['a text of ignored punctuation', texts({ ignorePunctuation: true }, { text: '...' }), '/key/answers/0 inconsistent'],
  [
    'a text that the forgiven edits make of nothing',
    texts({ maxEdits: 3 }, { text: 'abc' }),
    '/key/answers/0 inconsistent',
  ],
  ['a text that is longer than a response', { maxLength: 5 }, '/key/answers/0 inconsistent'],
  ['a pattern that is none', texts({}, { text: 'a' }, { pattern: '(' }), '/key/answers/1 inconsistent'],
  ['a pattern that looks back', texts({}, { pattern: '(a)\\1' }), '/key/answers/0 inconsistent'],
  ['a pattern that looks ahead', texts({}, { pattern: '(?=a)a' }), '/key/answers/0 inconsistent'],
  ['a pattern that repeats too much', texts({}, { pattern: '(?:a{500}){500}' }), '/key/answers/0 inconsistent'],
  ['a pattern that is too long', texts({}, { pattern: 'a'.repeat(257) }), '/key/answers/0/pattern invalid-shape'],
  [
    'patterns that take too long',
    texts({}, ...Array.from({ length: 4 }, () => ({ pattern: '(?:[a-z]{1,9}[0-9]{1,9}){9}' }))),
    '/key/answers inconsistent',
  ],
  ['a word that is empty', texts({}, { text: 'a', feedback: ' ' }), '/key/answers/0/feedback invalid-shape'],
  ['more edits than are forgiven', texts({ maxEdits: 4 }, { text: 'docker' }), '/key/maxEdits invalid-shape'],
  ['a form that is none', texts({ unicode: 'NFD' }, { text: 'docker' }), '/key/unicode invalid-shape'],
  ['a normaliser that is not there', texts({ normaliser: 2 }, { text: 'docker' }), '/key/normaliser invalid-shape'],
  ['a length beyond 1,000', { maxLength: 1001 }, '/maxLength invalid-shape'],
  [
    'more than 20 answers',
    texts({}, ...Array.from({ length: 21 }, (_, n) => ({ text: `a${n}` }))),
    '/key/answers invalid-shape',
  ],
])

const t = { answers: [{ text: 'docker' }] }
const n = { answers: [{ value: 5 }] }
const blanks = (change: Json): Json => ({ key: { blanks: { t, n, s: { choice: 'i' }, ...change } } })
const only = (id: string, blank: Json, key: unknown): Json => ({
  prompt: `Here: {{${id}}}`,
  blanks: [{ id, ...blank }],
  key: { blanks: { [id]: key } },
})
const TEXT = { type: 'short-text' }

/** Each about 150 instructions for 1,000 characters: together more than may be. */
const TOGETHER: Json = {
  prompt: '{{t}} {{u}}',
  blanks: [
    { id: 't', ...TEXT },
    { id: 'u', ...TEXT },
  ],
  key: {
    blanks: { t: { answers: [{ pattern: '[a-z]{150}' }] }, u: { answers: [{ pattern: '[0-9]{150}' }] } },
  },
}

refuses('cloze', [
  ['a marker that is missing', { prompt: '{{t}} and {{n}}' }, '/blanks/2/id inconsistent'],
  ['a marker that is doubled', { prompt: '{{t}}, {{n}}, {{s}} and {{t}}' }, '/blanks/0/id inconsistent'],
  [
    'a marker in the address of a link',
    { prompt: '{{t}} {{n}} [here](https://quiz.example/{{s}})' },
    '/blanks/2/id inconsistent',
  ],
  ['a marker of no blank', { prompt: '{{t}} {{n}} {{s}} {{x}}' }, '/prompt unknown-id'],
  [
    'two blanks with one id',
    {
      ...only('t', TEXT, t),
      blanks: [
        { id: 't', ...TEXT },
        { id: 't', ...TEXT },
      ],
    },
    '/blanks/1/id duplicate',
  ],
  ['a blank that is its own answer', only('Docker', TEXT, t), '/key/blanks/Docker inconsistent'],
  [
    'a blank that is its own answer by a pattern',
    only('gap', TEXT, { answers: [{ pattern: '[a-z]+' }] }),
    '/key/blanks/gap inconsistent',
  ],
  [
    'a blank that is half an answer',
    only('pod', TEXT, { answers: [{ text: 'docker' }, { text: 'pod', fraction: 0.1 }] }),
    '/key/blanks/pod inconsistent',
  ],
  ['a blank that is its own number', only('5', { type: 'numeric' }, n), '/key/blanks/5 inconsistent'],
  [
    'a blank that is its own right option',
    only('i', { type: 'single-choice', options: listed('ij') }, { choice: 'i' }),
    '/key/blanks/i inconsistent',
  ],
  ['a blank without a key', { key: { blanks: { t, n } } }, '/key/blanks inconsistent'],
  ['a key of no blank', blanks({ x: t }), '/key/blanks/x unknown-id'],
  ['a key of another kind', blanks({ t: { choice: 'i' } }), '/key/blanks/t inconsistent'],
  ['a key that names no option of its blank', blanks({ s: { choice: 't' } }), '/key/blanks/s/choice unknown-id'],
  ['no weight', blanks({ t: { ...t, weight: 0 } }), '/key/blanks/t/weight invalid-shape'],
  ['a negative weight', blanks({ n: { ...n, weight: -1 } }), '/key/blanks/n/weight invalid-shape'],
  [
    'weights of options that do not add up',
    blanks({ s: { weights: { i: 0.5, j: 0.5 } } }),
    '/key/blanks/s/weights inconsistent',
  ],
  [
    'no answer of a blank that earns everything',
    blanks({ t: { answers: [{ text: 'a', fraction: 0.5 }] } }),
    '/key/blanks/t/answers inconsistent',
  ],
  [
    'a pattern of a blank that is none',
    blanks({ t: { answers: [{ pattern: '[' }] } }),
    '/key/blanks/t/answers/0 inconsistent',
  ],
  [
    'an empty range of a blank',
    blanks({ n: { answers: [{ range: { min: 1, max: 0 } }] } }),
    '/key/blanks/n/answers/0/range inconsistent',
  ],
  ['units of a blank', only('g', { type: 'numeric', units: ['m'] }, n), '/blanks/0/units unknown-field'],
  ['a blank that is a cloze', only('g', { type: 'cloze' }, t), '/blanks/0/type invalid-shape'],
  [
    'a blank that a person grades',
    only('g', { type: 'essay' }, {}),
    '/blanks/0/type invalid-shape',
    '/key/blanks/g invalid-shape',
  ],
  [
    'a blank with one option',
    only('g', { type: 'single-choice', options: listed('i') }, { choice: 'i' }),
    '/blanks/0/options invalid-shape',
  ],
  [
    'a blank with two options of one text',
    only('g', { type: 'single-choice', options: [...listed('i'), { id: 'j', text: 'Entry i' }] }, { choice: 'i' }),
    '/blanks/0/options/1/text duplicate',
  ],
  ['no blanks', { prompt: 'None', blanks: [], key: { blanks: {} } }, '/blanks invalid-shape'],
  ['patterns of blanks that take too long together, though each alone would not', TOGETHER, '/key/blanks inconsistent'],
  [
    'a pattern of one blank that takes too long',
    blanks({ t: { answers: [{ pattern: '[a-z]{300}' }] } }),
    '/key/blanks inconsistent',
    '/key/blanks/t/answers inconsistent',
  ],
  ['a method of orderings', { scoring: { method: 'partial-order' } }, '/scoring/method inconsistent'],
])
