import { derivedId, edited, EXPLANATION, readOne } from './bank-files.ts'
import { MATCHING, ORDERING, WEIGHTED } from './sound-questions.ts'
import { describe, expect, it } from 'vitest'

/** What every question of these tests has. */
const common = (type: string) => ({ id: 'q1', section: 'one', type, explanation: EXPLANATION })
const id = (text: string) => derivedId('q1', text)

describe('an ordering', () => {
  const [alpha, charlie] = [id('Alpha'), id('Charlie')]

  it('has the items of its numbered list in their right order, with feedback where some was written', async () => {
    expect(await readOne(ORDERING)).toEqual({
      ...common('ordering'),
      prompt: 'Which order?',
      items: [
        { id: alpha, text: 'Alpha', feedback: 'The first.' },
        { id: 'b', text: 'Bravo' },
        { id: charlie, text: 'Charlie' },
      ],
      key: { order: [alpha, 'b', charlie] },
      samples: [
        { response: { order: [alpha, 'b', charlie] }, fraction: '1' },
        { response: { order: ['b', alpha, charlie] }, fraction: '1/3' },
      ],
    })
  })

  it('has the dependencies of its items, which count from 1, where several orders are right', async () => {
    const steps = edited(ORDERING, { 3: 'type: ordering\ndependsOn: { 3: [1, 2], 2: [] }', 8: '    earns: "1"' })
    expect(await readOne(steps)).toMatchObject({
      key: { dependsOn: { [charlie]: [alpha, 'b'], b: [] } },
      samples: [{ fraction: '1' }, { response: { order: ['b', alpha, charlie] }, fraction: '1' }],
    })
  })

  it('has items of several blocks, in a list with any numbers, behind a prompt that ends in a list', async () => {
    const prompt = 'Which order?\n\n1. Not an item.\n\n- Nor this.\n'
    const items = '7) Run `a`\n\n   ```sh\n   ls |\n     wc\n   ```\n\n   > So.\n   >\n   > - And so.\n8) *B* {#b-2}\n'
    const question = edited(ORDERING, {
      5: '  - order: [1, 2]',
      7: '',
      8: '',
      11: prompt,
      13: items,
      14: '',
      15: '',
      16: '',
    })
    const text = 'Run `a`\n\n```sh\nls |\n  wc\n```'
    expect(await readOne(question)).toMatchObject({
      prompt: prompt.trim(),
      items: [
        { id: id(text), text, feedback: 'So.\n\n- And so.' },
        { id: 'b-2', text: '*B*' },
      ],
    })
  })

  it('has everything else that a question has', async () => {
    const head = 'points: 2.5\nshuffle: false\nscoring: { method: relative-next, includeLast: true }\nid: other'
    const feedback = '## Hints\n\n- Look.\n\n## Feedback\n\n### Correct\n\nYes.\n\n## Explanation'
    const samples = { 7: '  - order: [3, 2, 1]', 8: '    earns: 0' }
    expect(await readOne(edited(ORDERING, { 3: `type: ordering\n${head}`, 18: feedback, ...samples }))).toMatchObject({
      id: 'other',
      points: 2.5,
      shuffle: false,
      scoring: { method: 'relative-next', includeLast: true },
      hints: ['Look.'],
      feedback: { correct: 'Yes.' },
      items: [{ id: derivedId('other', 'Alpha') }, {}, {}],
    })
  })
})

/** The rows of a table of two samples, and what becomes of them. */
async function rows(...lines: string[]): Promise<unknown> {
  const [first, second] = [lines.join('\n'), '  - match: [1, 2]\n    earns: 1']
  return readOne(
    edited(MATCHING, { 5: second, 6: '', 7: '', 8: '', 13: first, 14: '', 15: '', 16: '', 17: '', 18: '' }),
  )
}

describe('a matching', () => {
  const [alpha, bravo, charlie] = [id('Alpha'), id('Bravo'), id('Charlie')]
  const [one, two, three] = [id('one'), id('two'), id('three')]

  it('has a prompt and its option from each row, equal options once, and options without a prompt', async () => {
    expect(await readOne(MATCHING)).toEqual({
      ...common('matching'),
      prompt: 'What belongs together?',
      prompts: [
        { id: alpha, text: 'Alpha', feedback: 'Not two.' },
        { id: bravo, text: 'Bravo' },
        { id: charlie, text: 'Charlie' },
      ],
      options: [
        { id: one, text: 'one' },
        { id: two, text: 'two' },
        { id: three, text: 'three' },
      ],
      key: { pairs: { [alpha]: one, [bravo]: two, [charlie]: two } },
      samples: [
        { response: { pairs: { [alpha]: one, [bravo]: two, [charlie]: two } }, fraction: '1' },
        { response: { pairs: { [alpha]: one, [charlie]: three } }, fraction: '1/3' },
      ],
    })
  })

  it('takes a sample by the row of an equal option, whose id is that of the first', async () => {
    const samples = {
      16: '| Bravo | two {#second} | |',
      5: '  - match: [1, 3, 3]',
      7: '  - match: [3, 3, 2]',
      8: '    earns: 2/3',
    }
    expect(await readOne(edited(MATCHING, samples))).toMatchObject({
      samples: [
        { response: { pairs: { [alpha]: one, [bravo]: 'second', [charlie]: 'second' } } },
        { response: { pairs: { [alpha]: 'second', [bravo]: 'second', [charlie]: 'second' } } },
      ],
    })
  })

  it('keeps pipes that are escaped, code and markup', async () => {
    const [text, option] = ['Run `ls | wc` | *or* [so](https://example.com/a|b)', '`a || b`']
    const feedback = '**No** `|` | \\\\ *really*'
    const question = await rows(
      '| a | b | c |',
      '|:--|:-:|--:|',
      '| Run `ls \\| wc` \\| *or* [so](https://example.com/a\\|b) | `a \\|\\| b` | **No** `\\|` \\| \\\\ *really* |',
      '| B | c | |',
    )
    expect(question).toMatchObject({
      prompts: [
        { id: id(text), text, feedback },
        { id: id('B'), text: 'B' },
      ],
      options: [
        { id: id(option), text: option },
        { id: id('c'), text: 'c' },
      ],
    })
  })

  it('takes pins in prompts and options, also in a prompt that is code', async () => {
    const question = await rows('|a|b|', '|---|---|', '|`A` {#p-1}|b {#o_1}|', '|`{#p-2}`|c \\| d {#o-2}|')
    expect(question).toMatchObject({
      prompts: [
        { id: 'p-1', text: '`A`' },
        { id: id('`{#p-2}`'), text: '`{#p-2}`' },
      ],
      options: [
        { id: 'o_1', text: 'b' },
        { id: 'o-2', text: 'c | d' },
      ],
    })
  })

  it('is the same with white space anywhere, without the outer pipes, and where its rows are indented', async () => {
    const plain = await rows('|a|b|', '|---|---|', '|A|b|', '|C|d|', '||e|')
    expect(await rows('|  a | b|', '|---|---|', '|   A   |b   |', '  |C|    d|', '|  |  e |')).toEqual(plain)
    expect(await rows('a | b', '---|---', 'A | b', 'C | d', '| | e')).toEqual(plain)
    expect(await rows('  a | b', '  ---|---', '  A   |   b', '  C | d', '  | | e')).toEqual(plain)
  })

  it('has no feedback where the third column is missing or empty', async () => {
    const question = await rows('| a | b | c |', '|---|---|---|', '| A | b', '| C | d | |')
    expect(question).toMatchObject({ prompts: [{ id: id('A'), text: 'A' }, { text: 'C' }] })
    expect(JSON.stringify((question as { prompts: unknown }).prompts)).not.toContain('feedback')
  })
})

describe('a choice with weights', () => {
  const [alpha, bravo, charlie] = [id('Alpha'), id('Bravo'), id('Charlie')]
  const options = [
    { id: alpha, text: 'Alpha', feedback: 'Yes.' },
    { id: bravo, text: 'Bravo', feedback: 'No.' },
    { id: charlie, text: 'Charlie', feedback: 'Yes.' },
  ]

  it('has a weight for each option, in the order of the file', async () => {
    expect(await readOne(WEIGHTED)).toEqual({
      ...common('multiple-choice'),
      prompt: 'Which?',
      options,
      key: { weights: { [alpha]: '1/2', [bravo]: '-1/2', [charlie]: '1/2' } },
      samples: [
        { response: { choices: [alpha, charlie] }, fraction: '1' },
        { response: { choices: [alpha, bravo] }, fraction: '0' },
      ],
    })
  })

  it('has one option or several that pay most, of which one is ticked', async () => {
    const head = { 3: 'type: single-choice', 4: 'weights: [0.25, 0, 1.0]', 14: '- [ ] Alpha' }
    const samples = { 6: '  - choose: [3]', 8: '  - choose: [1]', 9: '    earns: 1/4' }
    expect(await readOne(edited(WEIGHTED, { ...head, ...samples }))).toEqual({
      ...common('single-choice'),
      prompt: 'Which?',
      options,
      key: { weights: { [alpha]: 0.25, [bravo]: 0, [charlie]: 1 } },
      samples: [
        { response: { choice: charlie }, fraction: '1' },
        { response: { choice: alpha }, fraction: '1/4' },
      ],
    })
  })
})
