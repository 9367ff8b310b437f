import { edited } from '../bank/bank-files.ts'
import { CLOZE, ESSAY, MATCHING, NUMERIC, ORDERING, SHORT_TEXT } from '../bank/sound-questions.ts'
import { CHOICES, grade } from './grading.ts'
import { folderOf, terminal } from './terminal.ts'
import { describe, expect, it } from 'vitest'

const lines = (...all: string[]) => `${all.join('\n')}\n`
const html = (text: string) => ({ markdown: text, html: `<p>${text}</p>` })

describe('answerkey grade says what a response earns, and why', () => {
  const FEEDBACK = [
    'feedback  a: It is, and it *stays*.',
    'feedback  b: It is not.',
    'feedback  c: It is.',
    'feedback  d: It is not, either.',
    'answer    {"choices":["a","c"]}',
  ]

  it('in lines of names and values', async () => {
    expect(await grade(CHOICES, '{"choices":["c","a"]}')).toEqual({
      code: 0,
      stdout: lines(
        'question  which (multiple-choice, net-correct)',
        'response  {"choices":["c","a"]}',
        'verdict   correct',
        'earns     1 of 2 points: 2',
        ...FEEDBACK,
      ),
      stderr: '',
    })
  })

  it('with the word for its verdict', async () => {
    expect((await grade(CHOICES, 'choose: [1]')).stdout).toBe(
      lines(
        'question  which (multiple-choice, net-correct)',
        'response  {"choices":["a"]}',
        'verdict   partially-correct',
        'earns     1/2 of 2 points: 1',
        'feedback  Nearly.',
        ...FEEDBACK,
      ),
    )
  })

  it('with the parameters of its scoring method, and a score of three decimals', async () => {
    const scored = CHOICES.replace('points: 2', 'points: 1\nscoring: { method: coverage }')
    const { stdout } = await grade(scored, 'choose: [3, 1, 2]')
    expect(stdout).toContain('question  which (multiple-choice, coverage)\n')
    expect(stdout).toContain('verdict   partially-correct\nearns     2/3 of 1 point: 0.667\n')
    const cautious = CHOICES.replace('points: 2', 'scoring: { method: guess-corrected, wrong: all }')
    expect((await grade(cautious, 'choose: [1, 2]')).stdout).toContain(
      '(multiple-choice, guess-corrected, wrong all)\n',
    )
  })

  it('as JSON, with the result that staff get over HTTP', async () => {
    const { code, stdout, stderr } = await grade(SHORT_TEXT, 'text: sha256 Sum', '--json')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^\{\n  "type": "short-text",\n/)
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'short-text',
      scoring: { method: 'exact' },
      fraction: '1/2',
      result: {
        question: 'which',
        response: { text: 'sha256 Sum' },
        certainty: null,
        status: 'partially-correct',
        score: 0.5,
        maxScore: 1,
        try: 1,
        triesLeft: 0,
        duplicate: false,
        refused: null,
        feedback: [{ option: null, text: html('Nearly.') }],
        hint: null,
        explanation: { markdown: expect.stringContaining('The reason is this.') },
        answer: { text: 'digest' },
        comment: null,
      },
    })
    expect(Object.keys(JSON.parse(stdout))).toEqual(['type', 'scoring', 'fraction', 'result'])
  })

  it('of an essay, which a person grades', async () => {
    expect((await grade(ESSAY, 'text: So.', '--compare')).stdout).toBe(
      lines(
        'question  which (essay, exact)',
        'response  {"text":"So."}',
        'verdict   pending',
        'earns     what a person says',
        'answer    {"text":"A model."}',
        '',
        'method  earns  points',
        'exact   -      -',
      ),
    )
    const { stdout } = await grade(ESSAY, 'text: So.', '--json', '--compare')
    expect(JSON.parse(stdout)).toMatchObject({
      fraction: null,
      result: { status: 'pending', score: null },
      methods: [{ scoring: { method: 'exact' }, fraction: null, score: null }],
    })
    expect((await grade(ESSAY, 'text: " "')).stdout).toContain('verdict   incorrect\nearns     0 of 1 point: 0\n')
  })
})

describe('answerkey grade takes a response as it is sent, or as a sample writes it', () => {
  const written: [name: string, question: string, sample: string, sent: string, earns: string][] = [
    ['multiple-choice', CHOICES, 'choose: [1, 2]', '{"choices":["a","b"]}', '0'],
    [
      'ordering',
      ORDERING.replaceAll(/^(\d)\. (\w)(\w+).*$/gm, '$1. $2$3 {#$2}'),
      'order: [3, 2, 1]',
      '{"order":["C","B","A"]}',
      '1/3',
    ],
    ['numeric', NUMERIC, '{ number: 1e2, unit: MiB }', '{"number":100,"unit":"MiB"}', '0'],
    ['short-text', SHORT_TEXT, 'text: digset', '{"text":"digset"}', '1'],
    ['cloze', CLOZE, 'blanks: { kind: 2, quantile: 0.75 }', '{"blanks":{"kind":"gauge","quantile":"0.75"}}', '1/2'],
    [
      'matching',
      edited(MATCHING, {
        15: '| Alpha {#a} | one {#x} |',
        16: '| Bravo {#b} | two {#y} |',
        17: '| Charlie {#c} | two |',
        18: '| | three {#z} |',
      }),
      'match: [0, 4, 2]',
      '{"pairs":{"b":"z","c":"y"}}',
      '1/3',
    ],
  ]
  for (const [type, question, sample, sent, earns] of written) {
    it(`of ${type}`, async () => {
      const [one, other] = await Promise.all([grade(question, sample), grade(question, sent)])
      expect(one).toEqual(other)
      expect(one).toMatchObject({ code: 0, stderr: '' })
      expect(one.stdout).toContain(`\nresponse  ${sent}\n`)
      expect(one.stdout).toContain(`\nearns     ${earns} of `)
    })
  }

  it('from the standard input, where it is -', async () => {
    const cwd = folderOf({ 'a.md': CHOICES })
    const argv = ['grade', 'a.md', '--response']
    const [piped, given] = await Promise.all([
      terminal([...argv, '-'], { cwd, stdin: 'choose:\n  - 1\n  - 3\n' }),
      terminal([...argv, 'choose: [1, 3]'], { cwd }),
    ])
    expect(piped).toEqual(given)
    expect(piped.code).toBe(0)
  })
})
