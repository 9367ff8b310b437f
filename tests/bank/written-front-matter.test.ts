import { derivedId, edited, EXPLANATION, readOne } from './bank-files.ts'
import { CLOZE, ESSAY, NUMERIC, SHORT_TEXT, written } from './sound-questions.ts'
import { describe, expect, it } from 'vitest'

/** What every question of these tests has. */
const common = (type: string) => ({ id: 'q1', section: 'one', type, explanation: EXPLANATION })

describe('a numeric question', () => {
  it('has the answers and units of its front matter, and learners see the names of the units', async () => {
    expect(await readOne(NUMERIC)).toEqual({
      ...common('numeric'),
      prompt: 'How much?',
      units: ['MiB', 'GiB'],
      key: {
        answers: [
          { value: 256, tolerance: { absolute: 1 } },
          { range: { min: 300, max: 400 }, fraction: '1/2' },
        ],
        units: { MiB: 1, GiB: 1024 },
      },
      samples: [
        { response: { number: 256, unit: 'MiB' }, fraction: '1' },
        { response: { number: 350, unit: 'MiB' }, fraction: '1/2' },
      ],
    })
  })

  it('has numbers as they were written, as texts or as numbers, with all their digits, and a comma where it is admitted', async () => {
    const head = 'decimalComma: true\nanswers: [{ value: "1e-3", tolerance: { relative: .01 } }, { value: 2.50 },'
    const long = '  { value: 9007199254740993, tolerance: { absolute: 0.12345678901234567890 } }]'
    const samples = 'samples:\n  - number: "0,001"\n    earns: 1\n  - { number: 2.5, earns: 1.0 }'
    expect(await readOne(written('numeric', `${head}\n${long}\n${samples}`, 'How\n\n- much?'))).toEqual({
      ...common('numeric'),
      prompt: 'How\n\n- much?',
      decimalComma: true,
      key: {
        answers: [
          { value: '1e-3', tolerance: { relative: 0.01 } },
          { value: 2.5 },
          { value: '9007199254740993', tolerance: { absolute: '0.12345678901234567890' } },
        ],
      },
      samples: [
        { response: { number: '0,001' }, fraction: '1' },
        { response: { number: 2.5 }, fraction: '1' },
      ],
    })
  })
})

describe('a short text', () => {
  it('has the answers and rules of its front matter in its key, and its length in public', async () => {
    const rules = 'caseSensitive: true\nfoldDiacritics: true\nignorePunctuation: true\ncollapseWhitespace: true'
    const pattern = '  - { pattern: "sha-?(256|512)", fraction: 0.25 }'
    expect(await readOne(edited(SHORT_TEXT, { 9: `${pattern}\n${rules}\nunicode: NFKC\nmaxEdits: 1` }))).toEqual({
      ...common('short-text'),
      prompt: 'What is its name?',
      maxLength: 40,
      key: {
        answers: [
          { text: 'digest' },
          { wildcard: 'sha256 *', fraction: '1/2', feedback: 'Nearly.' },
          { pattern: 'sha-?(256|512)', fraction: 0.25 },
        ],
        caseSensitive: true,
        foldDiacritics: true,
        ignorePunctuation: true,
        collapseWhitespace: true,
        unicode: 'NFKC',
        maxEdits: 1,
      },
      samples: [
        { response: { text: 'digest' }, fraction: '1' },
        { response: { text: 'sha256 sum' }, fraction: '1/2' },
      ],
    })
  })
})

describe('an essay', () => {
  it('has an empty key, and model answers', async () => {
    expect(
      await readOne(edited(ESSAY, { 6: '  - text: ""\n    earns: 0\n  - text: |\n      One.\n\n      Two.' })),
    ).toEqual({
      ...common('essay'),
      prompt: 'Why?',
      maxLength: 200,
      key: {},
      samples: [
        { response: { text: '' }, fraction: '0' },
        { response: { text: 'One.\n\nTwo.\n' }, fraction: '1' },
      ],
    })
  })

  it('may have no bound of its own', async () => {
    expect(await readOne(edited(ESSAY, { 4: '' }))).not.toHaveProperty('maxLength')
  })
})

describe('a cloze', () => {
  const counter = derivedId('q1/kind', 'a counter')
  const prompt = 'From {{quantile}} by {{label}} of {{kind}}.'

  it('has a blank of its own type for each of its front matter, whose keys are apart', async () => {
    expect(await readOne(CLOZE)).toEqual({
      ...common('cloze'),
      prompt,
      blanks: [
        { id: 'quantile', type: 'numeric' },
        { id: 'label', type: 'short-text' },
        {
          id: 'kind',
          type: 'single-choice',
          options: [
            { id: counter, text: 'a counter' },
            { id: 'gauge', text: 'a gauge', feedback: 'It goes down.' },
          ],
        },
      ],
      key: {
        blanks: {
          quantile: { answers: [{ value: 0.75 }], weight: 2 },
          label: { answers: [{ text: 'le' }] },
          kind: { choice: counter },
        },
      },
      samples: [
        { response: { blanks: { quantile: '0.75', label: 'le', kind: counter } }, fraction: '1' },
        { response: { blanks: { quantile: '0.75', kind: 'gauge' } }, fraction: '1/2' },
      ],
    })
  })

  it('has blanks in code, in tables and in lists', async () => {
    const code = '```promql\nrate({{quantile}})\n```\n\n| a |\n|---|\n| `{{label}}` |\n\n1. **{{kind}}**'
    expect(await readOne(edited(CLOZE, { 28: code }))).toMatchObject({ prompt: code })
  })

  it('has every field that the type of a blank has, in public or in the key', async () => {
    const rules = 'caseSensitive: true, foldDiacritics: true, ignorePunctuation: true, collapseWhitespace: true'
    const question = edited(CLOZE, {
      7: '    decimalComma: true\n    answers: [{ range: { min: 0.5, max: 1, includeMin: false } }]',
      9: `  label: { type: short-text, maxLength: 9, ${rules}, unicode: NFKC, maxEdits: 1, weight: 0.5,`,
      10: '           answers: [{ text: le }, { pattern: x., fraction: 1/2, feedback: No. }] }',
      11: '',
      12: '',
      16: '      - text: 2 { of }',
      20: '    weights: [1/4, 1]\n    weight: 1.5',
      22: '  - blanks: { quantile: "0,75", label: le, kind: 2 }',
      24: '  - blanks: { kind: 1, label: xy }',
      25: '    earns: 5/32',
    })
    const first = derivedId('q1/kind', '2 { of }')
    expect(await readOne(question)).toMatchObject({
      blanks: [
        { id: 'quantile', type: 'numeric', decimalComma: true },
        { id: 'label', type: 'short-text', maxLength: 9 },
        { id: 'kind', type: 'single-choice', options: [{ id: first, text: '2 { of }' }, { id: 'gauge' }] },
      ],
      key: {
        blanks: {
          quantile: { answers: [{ range: { min: 0.5, max: 1, includeMin: false } }], weight: 2 },
          label: {
            answers: [{ text: 'le' }, { pattern: 'x.', fraction: '1/2', feedback: 'No.' }],
            caseSensitive: true,
            foldDiacritics: true,
            ignorePunctuation: true,
            collapseWhitespace: true,
            unicode: 'NFKC',
            maxEdits: 1,
            weight: 0.5,
          },
          kind: { weights: { [first]: '1/4', gauge: 1 }, weight: 1.5 },
        },
      },
      samples: [
        { response: { blanks: { quantile: '0,75', label: 'le', kind: 'gauge' } }, fraction: '1' },
        { response: { blanks: { kind: first, label: 'xy' } }, fraction: '5/32' },
      ],
    })
  })

  it('gives one text two ids in two blanks, and neither depends on what is right', async () => {
    const other = '  other: { type: single-choice, options: [a counter, a gauge], choice: 2 }\nsamples:'
    const read = await readOne(
      edited(CLOZE, {
        16: '      - a gauge',
        17: '      - text: a counter',
        19: '',
        21: other,
        22: '  - blanks: { quantile: 0.75, label: le, kind: 1, other: 2 }',
        24: '',
        25: '',
        28: `${prompt} {{other}}`,
      }),
    )
    const [kind, rest] = ['q1/kind', 'q1/other'].map((owner) => [
      derivedId(owner, 'a counter'),
      derivedId(owner, 'a gauge'),
    ])
    expect(read).toMatchObject({
      blanks: [
        {},
        {},
        { options: [{ id: kind![1] }, { id: kind![0] }] },
        { options: [{ id: rest![0] }, { id: rest![1] }] },
      ],
      key: { blanks: { kind: { choice: kind![1] }, other: { choice: rest![1] } } },
    })
    expect(new Set([...kind!, ...rest!]).size).toBe(4)
  })
})
