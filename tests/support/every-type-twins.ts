import type { Json } from './quiz-document.ts'
import { twins } from './twins.ts'

/**
 * Documents with every type that differ in everything that is not public, and in nothing else: in keys and the ways in
 * which they are written, tolerances, factors, weights, what counts as the same text, scoring methods and their
 * parameters, feedback, hints, samples, and the author's order of what is shuffled in any case.
 */

/** What one of the documents keeps to itself of one question. */
interface Secret {
  readonly key: unknown
  readonly scoring?: Json
  /** The author's order of items and of matching options, as an order of their ids. */
  readonly written?: string
  readonly samples?: Json[]
}

interface Twin {
  readonly id: string
  readonly shared: Json
  /** One a document. */
  readonly secrets: readonly Secret[]
  /** The list that stands in the author's order, and is never served in it. */
  readonly hidden?: 'items' | 'options'
}

const choices = (ids: string, scoring: Json): Secret => ({ key: { choices: [...ids] }, scoring })
const weights = (key: Json): Secret => ({ key: { weights: key }, scoring: { method: 'option-weights' } })
const guess = (ids: string, wrong: string) => choices(ids, { method: 'guess-corrected', wrong })
const order = (ids: string, written: string, scoring: Json): Secret => ({ key: { order: [...ids] }, written, scoring })
const depends = (dependsOn: Json, written: string, scoring: Json): Secret => ({ key: { dependsOn }, written, scoring })
const pairs = (ids: string, written: string, method: string): Secret => ({
  key: { pairs: { l: ids[0], m: ids[1], n: ids[2] } },
  written,
  scoring: { method },
})

const multiple = (id: string, secrets: readonly Secret[]): Twin => ({
  id,
  shared: { type: 'multiple-choice', points: 3, options: listed('pqrst') },
  secrets,
})
const ordering = (id: string, secrets: readonly Secret[]): Twin => ({
  id,
  shared: { type: 'ordering', points: 4 },
  secrets,
  hidden: 'items',
})

const TWINS: readonly Twin[] = [
  {
    id: 'weighed',
    shared: { type: 'single-choice', points: 2, options: listed('abc') },
    secrets: [
      { key: { choice: 'c' }, samples: [{ response: { choice: 'a' }, fraction: 0 }] },
      weights({ a: 1, b: '1/3', c: -0.5 }),
      weights({ b: 1, c: 0.25 }),
      { key: { choice: 'a' } },
    ],
  },
  multiple('picks-1', [
    choices('pq', { method: 'net-correct' }),
    choices('rst', { method: 'exact' }),
    choices('pqrs', { method: 'every-decision-counts' }),
    choices('q', { method: 'halves' }),
  ]),
  multiple('picks-2', [
    choices('pqr', { method: 'coverage' }),
    choices('t', { method: 'any-correct-none-wrong' }),
    guess('ps', 'false2'),
    guess('qr', 'false'),
  ]),
  multiple('picks-3', [
    guess('pst', 'all'),
    guess('pqrst', 'none'),
    weights({ p: 1, t: -1 }),
    weights({ q: '1/2', r: '1/2', s: 0.5, p: '-1/3' }),
  ]),
  ordering('order-1', [
    order('wxyz', 'wxyz', { method: 'absolute-position' }),
    order('zyxw', 'zyxw', { method: 'exact' }),
    order('xwzy', 'ywxz', { method: 'relative-next' }),
    order('yzwx', 'zxwy', { method: 'relative-next', includeLast: true }),
  ]),
  ordering('order-2', [
    order('zwxy', 'xyzw', { method: 'one-neighbour-each-side' }),
    order('wxyz', 'zwyx', { method: 'all-before-and-after' }),
    order('yxwz', 'yxwz', { method: 'longest-ordered-subset' }),
    order('zxyw', 'wzxy', { method: 'longest-run' }),
  ]),
  ordering('order-3', [
    order('xyzw', 'xyzw', { method: 'relative-to-correct' }),
    order('wzyx', 'yzxw', { method: 'partial-order' }),
    depends({ w: ['z'], x: ['w', 'z'] }, 'zwxy', { method: 'partial-order' }),
    depends({ y: [], z: ['y'], x: ['y'] }, 'yxzw', { method: 'exact' }),
  ]),
  {
    id: 'match',
    shared: { type: 'matching', points: 3, prompts: listed('nlm') },
    hidden: 'options',
    secrets: [
      pairs('123', '1234', 'per-part'),
      pairs('444', '4321', 'exact'),
      pairs('213', '2413', 'per-part'),
      { ...pairs('421', '3142', 'exact'), samples: [{ response: { pairs: {} }, fraction: 0 }] },
    ],
  },
  {
    id: 'number',
    shared: { type: 'numeric', points: 2, decimalComma: true },
    secrets: [
      { key: { answers: [{ value: '268435456' }] } },
      {
        key: {
          answers: [
            { value: 5, tolerance: { absolute: '0.5' } },
            { range: { min: '100' }, fraction: '1/3' },
          ],
        },
      },
      { key: { answers: [{ range: { min: 0, max: '1e9', includeMin: false } }] } },
      {
        key: {
          answers: [
            { value: '1.5', tolerance: { significantFigures: 1 } },
            { value: -7, fraction: 0.25 },
          ],
        },
      },
    ],
  },
  {
    id: 'size',
    shared: { type: 'numeric', points: 2, units: ['kB', 'MiB', 'B'] },
    secrets: [
      { key: { answers: [{ value: '1500' }], units: { kB: '1000', MiB: '1048576', B: 1 } } },
      {
        key: {
          answers: [{ value: '1.5', tolerance: { geometric: 1 } }],
          units: { kB: 1, MiB: { factor: '1024', fraction: 0.5 }, B: { factor: '0.001', fraction: 0 } },
        },
      },
      { key: { answers: [{ value: 2, tolerance: { decimalPlaces: 0 } }], units: { B: '1.5', kB: 2, MiB: 3 } } },
      { key: { answers: [{ value: 9, tolerance: { relative: '0.1' } }], units: { B: 6, kB: '1e-9', MiB: '1e9' } } },
    ],
  },
  {
    id: 'words',
    shared: { type: 'short-text', points: 4, maxLength: 60 },
    secrets: [
      { key: { answers: [{ text: 'Docker', feedback: 'Indeed.' }] } },
      { key: { answers: [{ wildcard: 'dock*' }, { text: 'pod', fraction: 0.5 }], caseSensitive: true } },
      { key: { answers: [{ pattern: '[a-z]+' }], ignorePunctuation: true, collapseWhitespace: true } },
      {
        key: {
          answers: [
            { text: 'döcker', fraction: '1/3', feedback: 'Nearly. '.repeat(40) },
            { text: 'K8s', feedback: 'K' },
          ],
          foldDiacritics: true,
          unicode: 'NFKC',
          maxEdits: 2,
        },
        samples: [{ response: { text: 'k8s' }, fraction: 1 }],
      },
    ],
  },
  {
    id: 'gaps',
    shared: {
      type: 'cloze',
      points: 4,
      prompt: 'With {{tool}} you run {{many}} of the {{kind}} kind, on {{often}} days.',
      blanks: [
        { id: 'tool', type: 'short-text' },
        { id: 'many', type: 'numeric', decimalComma: true },
        { id: 'kind', type: 'single-choice', options: listed('ijk') },
        { id: 'often', type: 'numeric' },
      ],
    },
    secrets: [
      gaps({ answers: [{ text: 'Docker' }] }, { choice: 'i' }, 'per-part'),
      gaps({ answers: [{ wildcard: 'd*', feedback: 'Anything.' }], weight: 3 }, { weights: { i: 1, j: 0.5 } }, 'exact'),
      gaps({ answers: [{ pattern: 'd.*' }], maxEdits: 1 }, { choice: 'k', weight: 0.5 }, 'per-part'),
      gaps({ answers: [{ text: 'x' }], caseSensitive: true }, { weights: { k: 1, i: -1 } }, 'exact'),
    ],
  },
  {
    id: 'essay',
    shared: { type: 'essay', points: 5, maxLength: 400 },
    secrets: [
      { key: {} },
      { key: {}, samples: [{ response: { text: 'A model. '.repeat(40) }, fraction: 1 }] },
      { key: {}, samples: [{ response: { text: 'Poor.' }, fraction: '1/4' }] },
      { key: {} },
    ],
  },
]

function gaps(tool: Json, kind: Json, method: string): Secret {
  const many = { answers: [{ value: 5, tolerance: { absolute: method === 'exact' ? 0 : '2.5' } }] }
  const often = { answers: [{ range: method === 'exact' ? { max: 0 } : { min: 0 } }], weight: 2 }
  return { key: { blanks: { tool, many, kind, often } }, scoring: { method } }
}

function listed(ids: string): Json[] {
  return [...ids].map((id) => ({ id, text: `The entry ${id}` }))
}

const COUNT = 4
const ORDER_OF = { items: 'wxyz', options: '1234' } as const

function question({ id, shared, secrets, hidden }: Twin, index: number): Json {
  const { written, ...secret } = secrets[index]!
  return {
    id,
    section: 'one',
    prompt: `Prompt of \`${id}\``,
    ...withFeedback(
      { ...shared, ...(hidden && { [hidden]: listed(written ?? ORDER_OF[hidden]) }) },
      `${id} ${index} `.repeat(index * 5),
    ),
    explanation: `Because, ${'again '.repeat(index * 50)}.`,
    hints: Array.from({ length: index }, (_, hint) => `Hint ${hint} in document ${index}`),
    ...(index % 2 === 1 && { feedback: { correct: 'Yes.', incorrect: 'No. '.repeat(20 * index) } }),
    ...secret,
  }
}

/** Every other entry has a word of its own, and in the first document none. */
function withFeedback(members: Json, word: string): Json {
  if (word === '') return members
  const said = (entries: Json[]) => entries.map((entry, at) => (at % 2 === 0 ? { ...entry, feedback: word } : entry))
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      if (name === 'blanks') return [name, (value as Json[]).map((blank) => withFeedback(blank, word))]
      return [name, ['options', 'items', 'prompts'].includes(name) ? said(value as Json[]) : value]
    }),
  )
}

/** The questions of `twins()`, so that whatever is played there can be played here, and all of these. */
export function everyTypeTwins(policy: Json, change: Json = {}): Json[] {
  const documents = twins(policy, change)
  return Array.from({ length: COUNT }, (_, index) => {
    const document = documents[index % documents.length]!
    const more = TWINS.map((twin) => question(twin, index))
    return { ...document, questions: [...(document['questions'] as Json[]), ...more] }
  })
}

/** The questions that only these documents have. */
export const TWIN_QUESTIONS: readonly string[] = TWINS.map(({ id }) => id)
