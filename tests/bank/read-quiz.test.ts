import { parseDocument } from '../../src/content/parse-document.ts'
import { readQuiz } from '../../src/bank/read-quiz.ts'
import { edited, EXPLANATION, QUESTION, QUIZ, readQuestions } from './bank-files.ts'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'

const FULL = `---
id: full
section: one
type: multiple-choice
points: 2.5
shuffle: false
scoring: { method: net-correct }
samples:
  - choose: [1, 3]
    earns: 1
  - choose: [3]
    earns: 0.5
  - choose: []
    earns: 0
---

A prompt with *markup*, a list:

- one
  - nested

and code:

\`\`\`md
## Explanation

- [x] not an option
\`\`\`

- [x] Run \`ls\`, naïvely: 日本 🐳
  and go on

  \`\`\`sh
  ls |
    wc -l
  \`\`\`

  > Right:
  >
  > \`\`\`sh
  > > out
  >   indented
  > \`\`\`
- [ ] Keep \`{#code}\`
  > No.
- [X]    Pinned. {#pinned-1}
  > Lazy
  quote.

## Hints

1. The first.

   Still the first.
2. The second.

## Feedback

### Partially correct

Nearly.

### Correct

Well *done*.

## Explanation

### A heading

- a
  1. b
     - c

> ## Explanation

${EXPLANATION}
`

/** Written by hand, but for the two derived ids: `printf 'full\0<text>' | sha256sum`. */
const EXPECTED = {
  id: 'full',
  section: 'one',
  type: 'multiple-choice',
  points: 2.5,
  shuffle: false,
  scoring: { method: 'net-correct' },
  prompt:
    'A prompt with *markup*, a list:\n\n- one\n  - nested\n\nand code:\n\n```md\n## Explanation\n\n- [x] not an option\n```',
  options: [
    {
      id: 'o274f527982',
      text: 'Run `ls`, naïvely: 日本 🐳\nand go on\n\n```sh\nls |\n  wc -l\n```',
      feedback: 'Right:\n\n```sh\n> out\n  indented\n```',
    },
    { id: 'o7457dc7984', text: 'Keep `{#code}`', feedback: 'No.' },
    { id: 'pinned-1', text: 'Pinned.', feedback: 'Lazy\nquote.' },
  ],
  key: { choices: ['o274f527982', 'pinned-1'] },
  hints: ['The first.\n\nStill the first.', 'The second.'],
  feedback: { partiallyCorrect: 'Nearly.', correct: 'Well *done*.' },
  explanation: `### A heading\n\n- a\n  1. b\n     - c\n\n> ## Explanation\n\n${EXPLANATION}`,
  samples: [
    { response: { choices: ['o274f527982', 'pinned-1'] }, fraction: '1' },
    { response: { choices: ['pinned-1'] }, fraction: '0.5' },
    { response: { choices: [] }, fraction: '0' },
  ],
}

const windows = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`

describe('a quiz folder becomes a quiz document', () => {
  it('with everything that a question can say, as its author wrote it', async () => {
    const { document, findings } = await readQuestions([FULL])
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(document).toEqual({
      title: 'A quiz',
      access: 'public',
      sections: [{ id: 'one', title: 'One' }],
      policy: {},
      questions: [EXPECTED],
    })
  })

  it('that the server accepts', async () => {
    const { document } = await readQuestions([FULL, QUESTION])
    expect(parseDocument(JSON.parse(JSON.stringify(document))).ok).toBe(true)
  })

  it('whatever the line endings are, and behind a byte order mark', async () => {
    const [plain, other] = await Promise.all([readQuestions([FULL]), readQuestions([windows(FULL)], windows(QUIZ))])
    expect(other).toEqual(plain)
  })

  it('with the questions in the order of the names of their files, which give the ids', async () => {
    const names = ['10-c.md', '02-b.md', '01_a.md', '11-2fa.md', 'plain.md']
    const files = names.map((name) => ({ path: `quiz/${name}`, text: QUESTION }))
    const { document } = await readQuiz('quiz', [...files, { path: 'quiz/quiz.yaml', text: QUIZ }])
    expect(document).toMatchObject({ questions: ['a', 'b', 'c', '2fa', 'plain'].map((id) => ({ id })) })
  })

  it('without files that are neither quiz.yaml nor Markdown', async () => {
    const other = { path: 'quiz/diagram.svg', text: '<svg/>' }
    const quiz = { path: 'quiz/quiz.yaml', text: QUIZ }
    const { document, findings } = await readQuiz('quiz', [other, quiz, { path: 'quiz/a.md', text: QUESTION }])
    expect(findings).toEqual([])
    expect(document).toMatchObject({ questions: [{ id: 'a' }] })
  })
})

describe('an option has the text behind its box', () => {
  const written: [source: string, text: string][] = [
    ['Alpha', 'Alpha'],
    ['   Alpha', 'Alpha'],
    ['`alpha`', '`alpha`'],
    ['**alpha** and', '**alpha** and'],
    ['[alpha](https://example.com)', '[alpha](https://example.com)'],
    ['[x] alpha', '[x] alpha'],
    ['\n  Alpha', 'Alpha'],
    ['Alpha\n      beta\n gamma', 'Alpha\n    beta\ngamma'],
    ['Alpha\n\n  ```sh\n  \tmake\n  ```\n', 'Alpha\n\n```sh\n\tmake\n```'],
    ['Alpha `{#a}`', 'Alpha `{#a}`'],
    ['Alpha \\{#a}', 'Alpha \\{#a}'],
    ['*alpha* {#a}', '*alpha*'],
    ['Alpha\n\n  ```sh\n  {#a}\n  ```\n', 'Alpha\n\n```sh\n{#a}\n```'],
  ]
  for (const marker of ['-', '*', '1.', '10)']) {
    it(`in a list of ${marker}`, async () => {
      const indent = ' '.repeat(marker.length - 1)
      const texts = written.map(async ([source]) => {
        const item = `${marker} [ ] ${source}`.replaceAll('\n', `\n${indent}`)
        const question = edited(QUESTION, {
          13: item,
          14: `  ${indent}> Not this one.`,
          15: `${marker} [x] Bravo`,
          16: `  ${indent}> This one.`,
        })
        const { document, findings } = await readQuestions([question])
        expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
        return v.parse(Options, document).questions[0].options[0].text
      })
      expect(await Promise.all(texts)).toEqual(written.map(([, text]) => text))
    })
  }
})

it('a tab that reaches beyond the indentation of an option leaves spaces', async () => {
  const { document } = await readQuestions([edited(QUESTION, { 13: '- [ ] Alpha\n\n\tbeta\n' })])
  expect(v.parse(Options, document).questions[0].options[0].text).toBe('Alpha\n\n  beta')
})

const Text = v.object({ text: v.string() })
const Options = v.object({ questions: v.tuple([v.object({ options: v.tuple([Text, Text]) })]) })

describe('a true-false question', () => {
  const truth = edited(QUESTION, { 3: 'type: true-false', 13: '- [ ] True', 15: '- [x] False' })

  it('takes its choices from the words, and its feedback from what stands under them', async () => {
    const { document, findings } = await readQuestions([truth])
    expect(findings).toEqual([])
    expect(document).toMatchObject({
      questions: [
        {
          key: { choice: 'false' },
          feedback: { correct: 'This one.', incorrect: 'Not this one.' },
          samples: [
            { response: { choice: 'false' }, fraction: '1' },
            { response: { choice: 'true' }, fraction: '0' },
          ],
        },
      ],
    })
    expect(JSON.stringify(document)).not.toContain('"options"')
  })

  it('may put False first', async () => {
    const { document } = await readQuestions([edited(truth, { 13: '- [ ] False', 15: '- [x] True' })])
    expect(document).toMatchObject({
      questions: [{ key: { choice: 'true' }, samples: [{ response: { choice: 'true' } }, {}] }],
    })
  })

  it('cannot say the same twice, or pin its ids', async () => {
    const twice = edited(truth, { 18: '## Feedback\n\n### Correct\n\nYes.\n\n## Explanation' })
    const pinned = edited(truth, { 13: '- [ ] True {#a}' })
    const { findings } = await readQuestions([twice, pinned])
    expect(findings).toMatchObject([
      { line: 18, code: 'inconsistent' },
      { line: 13, code: 'inconsistent' },
    ])
  })
})
