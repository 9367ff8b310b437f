import { expectedOf } from '../../src/bank/guessing/expected.ts'
import { authored } from './authored.ts'
import { brief, choiceQuestion, edited, type Option, QUIZ, readQuestions } from './bank-files.ts'
import { CLOZE, ORDERING, written } from './sound-questions.ts'
import { describe, expect, it } from 'vitest'

const NAMES = [
  'alpha',
  'bravo',
  'delta',
  'gamma',
  'kappa',
  'omega',
  'theta',
  'sigma',
  'mango',
  'peach',
  'lemon',
  'olive',
  'grape',
]

/** Options of one length, of which those at these positions, from 1, are right. */
const options = (count: number, ...right: number[]): Option[] =>
  NAMES.slice(0, count).map((text, index) => ({ text, right: right.includes(index + 1) }))

const scored = (question: string, scoring: string) => question.replace(/^type: .*$/m, `$&\nscoring: ${scoring}`)
const several = (scoring: string, ...shape: Parameters<typeof options>) =>
  scored(choiceQuestion('multiple-choice', options(...shape)), scoring)

/** Where and what is said of guessing, of questions without errors. */
async function said(
  questions: readonly string[],
  quiz = `${QUIZ.replace('policy: {}\n', '')}policy: { passingScore: 1 }\n`,
) {
  const { findings } = await readQuestions(questions, quiz)
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  return findings
    .filter(({ code }) => code === 'guessing-pays')
    .map(({ path, line, message }) => `${path.replace('bank/quiz/', '')}:${line} ${message}`)
}

describe('a warning is given at the scoring method, or else at the key', () => {
  it('where a blank earns something', async () => {
    expect(await said([several('{ method: every-decision-counts }', 5, 1, 4)])).toEqual([
      '1-q1.md:4 Leaving everything out earns 3/5 of the points.',
      '1-q1.md:4 Selecting everything earns 2/5 of the points: see what other scoring methods give.',
    ])
    const anything = 'answers: [{ text: a }, { wildcard: "*", fraction: 1/3 }]\nsamples: [{ text: a, earns: 1 }]'
    expect(await said([written('short-text', anything, 'Which?')])).toEqual([
      '1-q1.md:4 Leaving everything out earns 1/3 of the points.',
    ])
  })

  it('where selecting everything earns something', async () => {
    expect(await said([several('\n  method: coverage', 5, 1, 4)])).toEqual([
      '1-q1.md:4 Selecting everything earns 2/5 of the points: see what other scoring methods give.',
    ])
    expect(await said([choiceQuestion('multiple-choice', options(3, 2, 3))])).toEqual([
      '1-q1.md:13 Selecting everything earns 1/2 of the points: see what other scoring methods give.',
    ])
  })

  it('where selecting everything earns everything, and is not the answer', async () => {
    const warning = [expect.stringMatching(/^1-q1\.md:4 Selecting everything earns /)]
    expect(await said([several('{ method: guess-corrected, wrong: none }', 4, 1, 2)])).toEqual(warning)
    const weights = 'weights: [1/2, 1/2, 0, 0]'
    const weighed = choiceQuestion('multiple-choice', options(4, 1, 2)).replace(/^type: .*$/m, `$&\n${weights}`)
    expect(await said([weighed])).toEqual(warning)
  })

  it('where guessing earns more than a half on average', async () => {
    const weighed = choiceQuestion('single-choice', options(3, 1)).replace(/^type: .*$/m, '$&\nweights: [1, 1, 0]')
    expect(await said([weighed])).toEqual(['1-q1.md:4 Guessing earns 67 % of the points on average.'])
    const near = scored(ORDERING, '{ method: relative-to-correct }').replace('earns: 1/3', 'earns: 2/3')
    expect(await said([near])).toEqual(['1-q1.md:4 Guessing earns 56 % of the points on average.'])
    expect(await said([edited(ORDERING, { 3: 'type: ordering\ndependsOn: { 2: [1] }' })])).toEqual([
      '1-q1.md:14 Guessing earns 67 % of the points on average.',
    ])
    const choice = { 20: '    weights: [1, 1]\n    weight: 97', 25: '    earns: 99/100' }
    expect(await said([edited(CLOZE, choice)])).toEqual(['1-q1.md:4 Guessing earns 97 % of the points on average.'])
  })
})

describe('nothing is said', () => {
  it('where a blank earns nothing, and everything nothing or is the answer', async () => {
    expect(await said([choiceQuestion('multiple-choice', options(4, 1, 2))])).toEqual([])
    expect(await said([choiceQuestion('multiple-choice', options(3, 1, 2, 3))])).toEqual([])
    expect(await said([written('essay', 'samples: [{ text: a, earns: 1 }]', 'Why?')])).toEqual([])
  })

  it('where guessing earns a half', async () => {
    const halves = [
      choiceQuestion('single-choice', options(2, 1)),
      choiceQuestion('true-false', [{ text: 'True', right: true }, { text: 'False' }]),
      scored(ORDERING, '{ method: all-before-and-after }').replace('earns: 1/3', 'earns: 2/3'),
    ]
    expect(await said(halves)).toEqual([])
  })

  it('where guessing would earn a half, and is drawn, for the responses are too many', async () => {
    const items = NAMES.slice(0, 7)
    const list = items.map((text, index) => `${index + 1}. ${text}`).join('\n')
    const samples = 'samples: [{ order: [1, 2, 3, 4, 5, 6, 7], earns: 1 }]'
    const order = written('ordering', `scoring: { method: all-before-and-after }\n${samples}`, `Which?\n\n${list}`)
    const found = await said(Array.from({ length: 8 }, () => order))
    expect(found).toEqual([])
  })
})

const passing = (score: number) => QUIZ.replace('policy: {}', `policy: { passingScore: ${score} }`)

describe('a quiz that guessing passes', () => {
  const halves = [
    choiceQuestion('single-choice', options(2, 1)),
    choiceQuestion('single-choice', options(4, 1)).replace('type:', 'points: 0.5\ntype:'),
  ]

  it('is warned of at its quiz.yaml, where the points are reached exactly', async () => {
    // (1/2 · 1 + 1/4 · 1/2) / 1.5 = 5/12
    expect(await said(halves, passing(0.416_666))).toEqual([
      'quiz.yaml:1 Guessing earns 42 % of the points on average, and 42 % is a pass.',
    ])
    expect(await said(halves.slice(0, 1), passing(0.5))).toEqual([
      'quiz.yaml:1 Guessing earns 50 % of the points on average, and 50 % is a pass.',
    ])
  })

  it('is not where a little more is asked for', async () => {
    expect(await said(halves, passing(0.416_667))).toEqual([])
    expect(await said(halves.slice(0, 1), passing(0.500_001))).toEqual([])
  })

  it('is not looked at before it can be graded, and neither are its questions', async () => {
    const { findings } = await readQuestions(
      [halves[0]!, halves[0]!.replace('section: one', 'section: two')],
      passing(0),
    )
    expect(brief(findings)).toEqual(['bank/quiz/2-q2.md:2 unknown-id'])
  })
})

const many = (count: number, prefix = 'o') =>
  Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index}`, text: `${prefix} ${index}` }))

const DECISIONS = { method: 'every-decision-counts' }

describe('a space of responses that is too large is drawn from, the same way each time', () => {
  const items = many(50)
  const ids = items.map(({ id }) => id)
  const pairs = Object.fromEntries(many(50, 'p').map(({ id }, index) => [id, ids[index]!]))
  const blanks = many(20, 'b').map(({ id }) => ({ id, type: 'single-choice', options: many(50) }))
  const blankKeys = Object.fromEntries(blanks.map(({ id }) => [id, { choice: 'o7' }]))
  const prompt = blanks.map(({ id }) => `{{${id}}}`).join(' ')

  const spaces: [name: string, near: number, question: Parameters<typeof authored>][] = [
    ['orders', 1 / 50, ['ordering', { order: ids }, { items }]],
    ['sets', 1 / 2, ['multiple-choice', { choices: ids.slice(9) }, { options: items, scoring: DECISIONS }]],
    ['pairs', 1 / 50, ['matching', { pairs }, { prompts: many(50, 'p'), options: items }]],
    ['blanks', 1 / 50, ['cloze', { blanks: blankKeys }, { blanks, prompt }]],
  ]
  for (const [name, near, question] of spaces) {
    it(`of ${name}`, () => {
      const start = performance.now()
      const { guessing } = expectedOf(authored(...question))
      expect(performance.now() - start).toBeLessThan(5000)
      expect(Math.abs(guessing!.valueOf() - near)).toBeLessThan(0.003)
      expect(expectedOf(authored(...question)).guessing?.toFraction()).toBe(guessing?.toFraction())
    })
  }

  it('beyond 4096 of them, and the mean is then told to a hundredth', () => {
    const ofAll = [12, 13].map((count) => {
      const all = many(count)
      const key = { choices: all.map(({ id }) => id) }
      return expectedOf(authored('multiple-choice', key, { options: all, scoring: { method: 'exact' } })).guessing
    })
    expect(ofAll.map((guessing) => guessing?.toFraction())).toEqual(['1/4096', '0'])
  })
})
