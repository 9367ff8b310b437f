import { edited, readQuestions } from './bank-files.ts'
import { CLOZE, written } from './sound-questions.ts'
import { describe, expect, it } from 'vitest'

/** What is said of answers that accept the same, and on which line. */
async function said(question: string): Promise<string[]> {
  const { findings } = await readQuestions([question])
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  return findings.filter(({ code }) => code === 'ambiguous-answer').map(({ line, message }) => `${line} ${message}`)
}

/** Answers from line 5 on, one a line. The sample earns everything by the first of them. */
const numeric = (sample: number, ...answers: string[]) =>
  written('numeric', `answers:\n${list(answers)}\nsamples: [{ number: ${sample}, earns: 1 }]`, 'How much?')
const list = (answers: readonly string[]) => answers.map((answer) => `  - ${answer}`).join('\n')

describe('numbers that two answers accept at different prices', () => {
  const overlapping: [name: string, full: number, answers: string[], said: string[]][] = [
    [
      'a value in a range',
      256,
      ['{ value: 256, tolerance: { relative: 0.01 } }', '{ range: { min: 200, max: 300 }, fraction: 1/2 }'],
      ['6 256 is accepted by the answers 1 and 2, which earn 1 and 1/2.'],
    ],
    [
      'a range behind a value',
      3,
      ['{ range: { min: 1, max: 3 }, fraction: 0.25 }', '{ value: 3 }'],
      ['6 3 is accepted by the answers 1 and 2, which earn 1/4 and 1.'],
    ],
    [
      'two tolerances that touch',
      1,
      ['{ value: 1, tolerance: { absolute: 0.5 } }', '{ value: 2, tolerance: { absolute: 0.5 }, fraction: 0 }'],
      ['6 1.5 is accepted by the answers 1 and 2, which earn 1 and 0.'],
    ],
    [
      'two ranges that go on without end',
      7,
      ['{ range: { max: 7 } }', '{ range: { min: 5 }, fraction: 1/3 }'],
      ['6 7 is accepted by the answers 1 and 2, which earn 1 and 1/3.'],
    ],
    [
      'one number at three prices',
      1,
      ['{ value: 1 }', '{ value: 1.0, fraction: 1/2 }', '{ value: "1e0", fraction: 1/4 }'],
      [
        '6 1 is accepted by the answers 1 and 2, which earn 1 and 1/2.',
        '7 1 is accepted by the answers 1 and 3, which earn 1 and 1/4.',
      ],
    ],
  ]
  for (const [name, full, answers, expected] of overlapping) {
    it(`are named: ${name}`, async () => expect(await said(numeric(full, ...answers))).toEqual(expected))
  }

  it('are found between bounds that neither range includes', async () => {
    const answers = [
      '{ range: { min: 0, max: 10, includeMax: false } }',
      '{ range: { min: 9, max: 99, includeMin: false }, fraction: 1/2 }',
    ]
    expect(await said(numeric(1, ...answers))).toEqual([
      expect.stringMatching(/^6 9\.\d+ is accepted by the answers 1 and 2/),
    ])
    const endless = [
      '{ range: { max: 5.5, includeMax: false } }',
      '{ range: { min: 5, includeMin: false }, fraction: 1/2 }',
    ]
    expect(await said(numeric(1, ...endless))).toEqual([
      expect.stringMatching(/^6 5\.\d+ is accepted by the answers 1 and 2/),
    ])
  })

  const apart: [name: string, answers: string[]][] = [
    [
      'that meet at a bound which one of them excludes',
      ['{ range: { max: 7, includeMax: false } }', '{ range: { min: 7 }, fraction: 1/2 }'],
    ],
    [
      'that meet at a bound which both exclude',
      ['{ range: { max: 7, includeMax: false } }', '{ range: { min: 7, includeMin: false }, fraction: 1/2 }'],
    ],
    ['that lie apart', ['{ value: 1 }', '{ value: 2, tolerance: { absolute: 0.999 }, fraction: 1/2 }']],
    ['that overlap at one price', ['{ value: 1 }', '{ range: { min: 0, max: 2 }, fraction: 1.0 }']],
  ]
  for (const [name, answers] of apart) {
    it(`are none of answers ${name}`, async () => expect(await said(numeric(1, ...answers))).toEqual([]))
  }
})

const texts = (sample: string, rules: string, ...answers: string[]) =>
  written('short-text', `answers:\n${list(answers)}\n${rules}\nsamples: [${sample}]`, 'Which?')
const DIGEST = '{ text: digest, earns: 1 }'

describe('texts that two answers accept at different prices', () => {
  const overlapping: [name: string, question: string, said: string[]][] = [
    [
      'a text that a wildcard takes',
      texts(DIGEST, '', '{ text: digest }', '{ wildcard: "*gest", fraction: 1/2 }'),
      ['6 "digest" is accepted by the answers 1 and 2, which earn 1 and 1/2.'],
    ],
    [
      'a text that a pattern takes',
      texts(DIGEST, '', '{ pattern: "dig[a-z]*", fraction: 1/2 }', '{ text: digest }'),
      ['6 "digest" is accepted by the answers 1 and 2, which earn 1/2 and 1.'],
    ],
    [
      'texts that are equal by the rules',
      texts(
        DIGEST,
        'foldDiacritics: true\nignorePunctuation: true',
        '{ text: digest }',
        '{ text: "DÍ-GEST", fraction: 0 }',
      ),
      ['6 "digest" is accepted by the answers 1 and 2, which earn 1 and 0.'],
    ],
    [
      'texts that are one edit apart',
      texts('{ text: hash, earns: 1 }', 'maxEdits: 1', '{ text: hash }', '{ text: bash, fraction: 1/2 }'),
      ['6 "hash" is accepted by the answers 1 and 2, which earn 1 and 1/2.'],
    ],
    [
      'two wildcards, with nothing for a star',
      texts('{ text: a b, earns: 1 }', '', '{ wildcard: "a b*" }', '{ wildcard: "*a b", fraction: 1/2 }'),
      ['6 "a b" is accepted by the answers 1 and 2, which earn 1 and 1/2.'],
    ],
    [
      'a wildcard with something for a star, and a pattern',
      texts('{ text: ab, earns: 1 }', '', '{ wildcard: "a*" }', '{ pattern: "a.", fraction: 1/2 }').replace(
        'text: ab',
        'text: abc',
      ),
      ['6 "ax" is accepted by the answers 1 and 2, which earn 1 and 1/2.'],
    ],
    [
      'two patterns, by a sample',
      texts('{ text: ab, earns: 1 }', '', '{ pattern: "a.*" }', '{ pattern: ".*b", fraction: 1/2 }'),
      ['6 "ab" is accepted by the answers 1 and 2, which earn 1 and 1/2.'],
    ],
  ]
  for (const [name, question, expected] of overlapping) {
    it(`are named: ${name}`, async () => expect(await said(question)).toEqual(expected))
  }

  it('are none where the texts differ by a rule, or are at one price', async () => {
    expect(
      await said(texts(DIGEST, 'caseSensitive: true', '{ text: digest }', '{ text: Digest, fraction: 1/2 }')),
    ).toEqual([])
    expect(await said(texts(DIGEST, '', '{ text: digest }', '{ wildcard: "dig*", fraction: 2/2 }'))).toEqual([])
    expect(await said(texts(DIGEST, '', '{ text: digest }', '{ wildcard: "a \\\\*", fraction: 1/2 }'))).toEqual([])
  })
})

describe('a blank', () => {
  it('is looked at by the rules of its type, with what samples fill in', async () => {
    const answers = '    answers:\n      - value: 0.75\n      - range: { min: 0, max: 1 }\n        fraction: 1/2'
    const question = edited(CLOZE, {
      7: answers,
      12: '      - text: le\n      - pattern: "le.*"\n        fraction: 0.5\n      - pattern: ".*s"\n        fraction: 0',
      24: '  - blanks: { quantile: 0.75, kind: 2, label: less }',
      25: '    earns: 5/8',
    })
    expect(await said(question)).toEqual([
      '9 0.75 is accepted by the answers 1 and 2, which earn 1 and 1/2.',
      '16 "le" is accepted by the answers 1 and 2, which earn 1 and 1/2.',
      '18 "less" is accepted by the answers 2 and 3, which earn 1/2 and 0.',
    ])
  })

  it('is not looked at where its answers are apart', async () => expect(await said(CLOZE)).toEqual([]))
})
