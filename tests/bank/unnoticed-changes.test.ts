import { choiceQuestion, edited, readQuestions } from './bank-files.ts'
import { CLOZE, ESSAY, MATCHING, NUMERIC, ORDERING, written } from './sound-questions.ts'
import { describe, expect, it } from 'vitest'

/** What is said of samples that leave changes unnoticed, of a question that has no errors. */
async function unnoticed(question: string): Promise<string[]> {
  const { findings } = await readQuestions([question])
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  const found = findings.filter(({ code }) => code === 'unnoticed-change')
  const line = question.split('\n').indexOf('samples:') + 1
  expect(found.map((finding) => finding.line)).toEqual(found.map(() => line))
  return found.map(({ message }) => message)
}

/** Samples that notice every change, each with what nobody would notice without it: nothing where another one does. */
interface Noticed {
  readonly type: string
  readonly frontMatter?: string
  readonly body?: string
  readonly samples: readonly (readonly [sample: string, earns: string, without: string])[]
}

const task = (...right: number[]) =>
  [1, 2, 3, 4].map((each) => `- [${right.includes(each) ? 'x' : ' '}] Option ${each}\n  > So.`).join('\n')

const tables: Readonly<Record<string, Noticed>> = {
  'a multiple choice in which one right option is enough': {
    type: 'multiple-choice',
    frontMatter: 'scoring: { method: any-correct-none-wrong }',
    body: `Which?\n\n${task(1, 3)}`,
    samples: [
      ['choose: [1, 3]', '1', 'option 1 is wrong'],
      ['choose: [3]', '1', ''],
      ['choose: [1, 2]', '0', 'option 2 is right'],
      ['choose: [1, 4]', '0', 'option 4 is right'],
    ],
  },
  'weights of several options': {
    type: 'multiple-choice',
    frontMatter: 'weights: [1/2, -1/2, 1/2, 0]',
    body: `Which?\n\n${task(1, 3)}`,
    samples: [
      ['choose: [1, 3]', '1', ''],
      ['choose: [3, 1]', '1', ''],
      ['choose: [2, 3]', '0', 'option 2 weighs a half'],
      ['choose: [3, 4]', '1/2', 'option 4 weighs a half'],
    ],
  },
  'weights of one option': {
    type: 'single-choice',
    frontMatter: 'weights: [1, 1/4, 0, 1/3]',
    body: `Which?\n\n${task(1)}`,
    samples: [
      ['choose: [2]', '1/4', 'option 2 weighs nothing'],
      ['choose: [3]', '0', 'option 3 weighs a half'],
      ['choose: [4]', '1/3', 'option 4 weighs nothing'],
      ['choose: [1]', '1', ''],
      ['choose: [1]', '1', ''],
    ],
  },
  dependencies: {
    type: 'ordering',
    frontMatter: 'dependsOn: { 2: [1], 3: [1], 4: [2] }',
    body: 'Which?\n\n1. A\n2. B\n3. C\n4. D',
    samples: [
      ['order: [1, 2, 3, 4]', '1', ''],
      ['order: [1, 3, 2, 4]', '1', ''],
      ['order: [2, 1, 3, 4]', '1/2', 'item 2 need not come after item 1'],
      ['order: [3, 1, 2, 4]', '1/2', 'item 3 need not come after item 1'],
      ['order: [1, 4, 2, 3]', '1/2', 'item 4 need not come after item 2'],
    ],
  },
  'numbers and units': {
    type: 'numeric',
    frontMatter: /answers[^]*1024/.exec(NUMERIC)?.[0] ?? '',
    samples: [
      ['{ number: 256, unit: MiB }', '1', ''],
      ['{ number: 257, unit: MiB }', '1', 'answer 1 has no tolerance'],
      ['{ number: 258, unit: MiB }', '0', 'answer 1 has a larger tolerance, or if answer 2 has no lower bound'],
      ['{ number: 300, unit: MiB }', '1/2', 'answer 2 treats its lower bound otherwise'],
      ['{ number: 400, unit: MiB }', '1/2', 'answer 2 treats its upper bound otherwise'],
      ['{ number: 401, unit: MiB }', '0', 'answer 2 has no upper bound'],
      ['{ number: 0.25, unit: GiB }', '1', 'GiB means ten times as much, or if GiB earns half'],
    ],
  },
  'texts and rules': {
    type: 'short-text',
    frontMatter: [
      'answers: [{ text: image digest }, { wildcard: sha256 *, fraction: 1/2 }, { text: hash }]',
      'caseSensitive: true\nfoldDiacritics: true\nignorePunctuation: true\ncollapseWhitespace: true',
      'unicode: NFKC\nmaxEdits: 1',
    ].join('\n'),
    samples: [
      [
        'text: "image   digest"',
        '1',
        'answer 1 is missing, or if answer 1 earns half, or if collapseWhitespace is not set',
      ],
      ['text: sha256 sum', '1/2', 'answer 2 is missing, or if answer 2 earns everything'],
      ['text: hash', '1', ''],
      ['text: HASH', '0', 'caseSensitive is not set'],
      ['text: hâsĥ', '1', 'foldDiacritics is not set'],
      ['text: h-a-s-h', '1', 'ignorePunctuation is not set'],
      ['text: ｈａｓｈ', '1', 'unicode is NFC'],
      ['text: hsah', '1', 'no edit is forgiven'],
    ],
  },
}

function questionOf({ type, frontMatter = '', body = 'Which?' }: Noticed, samples: Noticed['samples']): string {
  const lines = samples.map(([sample, earns]) =>
    sample.startsWith('{') ? `  - ${sample.replace('}', `, earns: ${earns} }`)}` : `  - ${sample}\n    earns: ${earns}`,
  )
  return written(type, `${frontMatter}\nsamples:\n${lines.join('\n')}`, body)
}

for (const [name, noticed] of Object.entries(tables)) {
  describe(`of ${name}`, () => {
    const { samples } = noticed

    it('samples that notice every change are enough', async () => {
      expect(await unnoticed(questionOf(noticed, samples))).toEqual([])
    })

    for (const [index, [sample, , without]] of samples.entries()) {
      it(`${without === '' ? 'nothing' : `that ${without}`} goes unnoticed without ${sample}`, async () => {
        const expected = without === '' ? [] : [`No sample would notice if ${without}.`]
        expect(await unnoticed(questionOf(noticed, samples.toSpliced(index, 1)))).toEqual(expected)
      })
    }
  })
}

describe('one sample that earns everything is enough', () => {
  const options = [{ text: 'Alpha' }, { text: 'Bravo', right: true }, { text: 'Charlie' }]
  const truth = [{ text: 'True', right: true }, { text: 'False' }]
  const enough: Readonly<Record<string, string>> = {
    'single-choice': choiceQuestion('single-choice', options),
    'multiple-choice': choiceQuestion('multiple-choice', options),
    'true-false': choiceQuestion('true-false', truth),
    ordering: edited(ORDERING, { 7: '', 8: '' }),
    matching: edited(MATCHING, { 7: '', 8: '' }),
    essay: ESSAY,
  }
  for (const [type, sound] of Object.entries(enough)) {
    it(`of ${type}`, async () => expect(await unnoticed(sound)).toEqual([]))
  }

  for (const method of ['exact', 'every-decision-counts', 'halves', 'coverage', 'guess-corrected']) {
    it(`of one right option by ${method}`, async () => {
      const several = choiceQuestion('multiple-choice', options)
      const scored = several.replace('type: multiple-choice', `$&\nscoring: { method: ${method} }`)
      expect(await unnoticed(scored)).toEqual([])
    })
  }
})

describe('a blank', () => {
  it('is tested alone, and so is what it weighs', async () => {
    expect(await unnoticed(CLOZE)).toEqual([])
    expect(await unnoticed(edited(CLOZE, { 24: '', 25: '' }))).toEqual([
      'No sample would notice if quantile: weighs more, or if label: weighs more, or if kind: weighs more.',
    ])
  })

  it('is named where nobody would notice its change', async () => {
    const several = edited(CLOZE, { 12: '      - text: le\n      - text: less' })
    expect(await unnoticed(several)).toEqual([
      'No sample would notice if label: answer 2 is missing, or if label: answer 2 earns half.',
    ])
  })
})

it('three changes are named, and the others counted', async () => {
  expect(await unnoticed(NUMERIC)).toEqual([
    'No sample would notice if answer 1 has no tolerance, or if answer 1 has a larger tolerance, ' +
      'or if answer 2 has no lower bound, and 5 more.',
  ])
})

describe('samples can notice every change', () => {
  it('of an answer that is there for its feedback alone', async () => {
    const answers = 'answers: [{ text: digest }, { text: tag, fraction: 0, feedback: It moves. }]'
    const samples = 'samples:\n  - { text: digest, earns: 1 }\n  - { text: tag, earns: 0 }'
    expect(await unnoticed(written('short-text', `${answers}\n${samples}`, 'Which?'))).toEqual([])
  })

  it('of an option that costs where nothing else is picked', async () => {
    const samples = [1, 2, 3].map((each) => `  - { choose: [${each}], earns: ${each === 1 ? 1 : 0} }`).join('\n')
    const head = `weights: [1, -1/3, 0]\nsamples:\n${samples}`
    const body = `Which?\n\n${task(1).split('\n').slice(0, 6).join('\n')}`
    expect(await unnoticed(written('single-choice', head, body))).toEqual([])
  })

  it('of a dependency that others have as their consequence', async () => {
    const orders = ['[1, 2, 3]', '[2, 1, 3]', '[1, 3, 2]', '[3, 1, 2]', '[2, 3, 1]', '[3, 2, 1]']
    const shares = ['1', '1/3', '1/3', '1/3', '1/3', '0']
    const samples = orders.map((order, index) => `  - { order: ${order}, earns: ${shares[index]} }`).join('\n')
    const head = `dependsOn: { 2: [1], 3: [1, 2] }\nsamples:\n${samples}`
    expect(await unnoticed(written('ordering', head, 'Which?\n\n1. A\n2. B\n3. C'))).toEqual([])
  })
})
