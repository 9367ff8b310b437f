import { edited } from '../bank/bank-files.ts'
import { MATCHING, ORDERING } from '../bank/sound-questions.ts'
import { CHOICES, grade } from './grading.ts'
import { describe, expect, it } from 'vitest'

/** The rows of the table behind the result. */
async function compared(question: string, response: string): Promise<string[]> {
  const { stdout } = await grade(question, response, '--compare')
  return stdout.split('\n\n')[1]!.trimEnd().split('\n')
}

describe('answerkey grade --compare shows what each method gives that fits the question', () => {
  it('of several options', async () => {
    // Two of two right options, and one of two wrong ones.
    expect(await compared(CHOICES, 'choose: [1, 3, 4]')).toEqual([
      'method                         earns  points',
      'net-correct                    1/2    1',
      'exact                          0      0',
      'every-decision-counts          3/4    1.5',
      'halves                         1/2    1',
      'coverage                       2/3    1.333',
      'guess-corrected, wrong false2  1/2    1',
      'guess-corrected, wrong false   1/2    1',
      'guess-corrected, wrong all     0      0',
      'guess-corrected, wrong none    1      2',
      'any-correct-none-wrong         0      0',
    ])
  })

  it('of items in order', async () => {
    const four = edited(ORDERING, { 5: '  - order: [1, 2, 3, 4]', 7: '', 8: '', 16: '3. Charlie\n4. Delta' })
    // The last one has come to the front.
    expect(await compared(four, 'order: [4, 1, 2, 3]')).toEqual([
      'method                            earns  points',
      'absolute-position                 0      0',
      'exact                             0      0',
      'relative-next, includeLast false  2/3    0.667',
      'relative-next, includeLast true   1/2    0.5',
      'one-neighbour-each-side           1/2    0.5',
      'all-before-and-after              1/2    0.5',
      'longest-ordered-subset            3/4    0.75',
      'longest-run                       3/4    0.75',
      'relative-to-correct               1/2    0.5',
      'partial-order                     1/2    0.5',
    ])
  })

  it('of items in one of several orders, of weights and of parts', async () => {
    const steps = edited(ORDERING, { 3: 'type: ordering\ndependsOn: { 3: [1, 2] }', 7: '', 8: '' })
    const two = ['method         earns  points', 'partial-order  1/3    0.333', 'exact          0      0']
    expect(await compared(steps, 'order: [1, 3, 2]')).toEqual(two)
    const weighed = CHOICES.replace('points: 2', 'weights: [1/2, -1/2, 1/2, 0]')
    expect(await compared(weighed, 'choose: [3, 4]')).toEqual([
      'method          earns  points',
      'option-weights  1/2    0.5',
    ])
    const parts = ['method    earns  points', 'per-part  1/3    0.333', 'exact     0      0']
    expect(await compared(MATCHING, 'match: [1, 0, 1]')).toEqual(parts)
  })

  it('as JSON, beside the result', async () => {
    const { stdout } = await grade(MATCHING, 'match: [1, 2, 3]', '--json', '--compare')
    expect(JSON.parse(stdout)).toMatchObject({
      fraction: '1',
      result: { status: 'correct' },
      methods: [
        { scoring: { method: 'per-part' }, fraction: '1', score: 1 },
        { scoring: { method: 'exact' }, fraction: '1', score: 1 },
      ],
    })
  })
})
