import type { Finding } from '../../src/bank/finding.ts'
import { choiceQuestion, edited, type Option, QUIZ, readQuestions } from './bank-files.ts'
import { CLOZE, MATCHING, ORDERING } from './sound-questions.ts'
import { describe, expect, it } from 'vitest'

/** Options of one length; the right ones are at these positions, from 1. */
function even(count: number, ...right: number[]): Option[] {
  return ['alpha', 'bravo', 'delta', 'gamma', 'kappa']
    .slice(0, count)
    .map((text, index) => ({ text, right: right.includes(index + 1) }))
}

/** A question whose second option is right, of these lengths. */
function ofLengths(...lengths: number[]): string {
  return choiceQuestion(
    'single-choice',
    lengths.map((length, index) => ({ text: 'abcd'[index]!.repeat(length), right: index === 1 })),
  )
}

const positions = (...right: number[]) => right.map((position) => choiceQuestion('single-choice', even(4, position)))

const explained = (explanation: string) => [choiceQuestion('single-choice', even(4, 1), explanation)]

async function warnings(questions: readonly string[], code: string, quiz = QUIZ): Promise<Finding[]> {
  const { findings } = await readQuestions(questions, quiz)
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  return findings.filter((finding) => finding.code === code)
}

it('a bank without tells gives no warning', async () => {
  const several = choiceQuestion('multiple-choice', even(5, 1, 4))
  expect((await readQuestions([...positions(1, 2, 3, 4, 1, 2, 3, 4), several])).findings).toEqual([])
})

describe('answer-position', () => {
  it('warns when a position holds more than 40 % of the right options', async () => {
    const found = await warnings(positions(2, 2, 2, 2, 1, 3, 4, 1), 'answer-position')
    expect(found).toMatchObject([{ path: 'bank/quiz/quiz.yaml', line: 1, severity: 'warning' }])
    expect(found[0]?.message).toContain('position 2 in 4 of 8 single-choice questions (50 %; chance gives 25 %)')
  })

  it('is silent at 40 %', async () => {
    expect(await warnings(positions(2, 2, 2, 2, 1, 1, 1, 3, 3, 4), 'answer-position')).toEqual([])
  })

  it('is silent below 8 questions', async () => {
    expect(await warnings(positions(2, 2, 2, 2, 2, 2, 2), 'answer-position')).toEqual([])
  })

  it('is silent where chance gives as much', async () => {
    const pairs = [1, 2, 1, 2, 1, 2, 1, 2].map((right) => choiceQuestion('single-choice', even(2, right)))
    expect(await warnings(pairs, 'answer-position')).toEqual([])
  })

  it('does not look at other types', async () => {
    const several = Array.from({ length: 8 }, () => choiceQuestion('multiple-choice', even(4, 1)))
    expect(await warnings(several, 'answer-position')).toEqual([])
  })
})

describe('longest-answer', () => {
  const long = ofLengths(10, 11, 10, 10)
  const short = ofLengths(10, 9, 10, 10)

  it('warns when the right option is the longest in more than 40 % of the questions', async () => {
    const found = await warnings([long, long, long, long, short, short, short, short], 'longest-answer')
    expect(found).toMatchObject([{ path: 'bank/quiz/quiz.yaml', line: 1, severity: 'warning' }])
    expect(found[0]?.message).toContain('in 4 of 8 questions (50 %; chance gives 25 %): q1, q2, q3, q4.')
  })

  it('is silent at 40 %, and where another one is as long', async () => {
    const tie = ofLengths(11, 11, 10, 10)
    const bank = [long, long, long, long, short, short, short, tie, tie, tie]
    expect(await warnings(bank, 'longest-answer')).toEqual([])
  })

  it('is silent where chance gives as much', async () => {
    const rights = ['a', 'b', 'c'].map((text) => ({ text, right: true }))
    const [right, wrong] = [{ text: 'long', right: true }, { text: 'longer' }].map((longest) =>
      choiceQuestion('multiple-choice', [...rights, longest, { text: 'd', right: !('right' in longest) }]),
    )
    // Four of five options are right everywhere: 80 %. The longest is right in five of eight questions: 63 %.
    const bank = [right, right, right, right, right, wrong, wrong, wrong].map((question) => question ?? '')
    expect(await warnings(bank, 'longest-answer')).toEqual([])
  })

  it('counts characters, not markup or line breaks', async () => {
    const marked = choiceQuestion('single-choice', [
      { text: '**`abc`**\n  [d](https://example.com)', right: true },
      { text: 'abc de' },
    ])
    expect(
      await warnings(
        Array.from({ length: 8 }, () => marked),
        'longest-answer',
      ),
    ).toEqual([])
  })
})

describe('long-answer', () => {
  it('warns when a right option has more than 1.3 times the mean length of the wrong ones', async () => {
    const found = await warnings([ofLengths(10, 14, 10, 10)], 'long-answer')
    expect(found).toMatchObject([{ path: 'bank/quiz/1-q1.md', line: 13, severity: 'warning' }])
    expect(found[0]?.message).toBe(
      'This right option has 14 characters, 1.40 times the mean of the wrong ones (10.0); 1.3 is the limit.',
    )
  })

  it('is silent at 1.3 times', async () => {
    expect(await warnings([ofLengths(10, 13, 9, 11)], 'long-answer')).toEqual([])
  })
})

describe('absolute-words', () => {
  const absolute = [
    { text: 'It never does' },
    { text: 'All of it' },
    { text: 'It must stay' },
    { text: 'It may', right: true },
  ]

  it('warns when they stand in wrong options more often than in right ones', async () => {
    const found = await warnings([choiceQuestion('single-choice', absolute)], 'absolute-words')
    expect(found).toMatchObject([{ path: 'bank/quiz/quiz.yaml', line: 1, severity: 'warning' }])
    expect(found[0]?.message).toContain('3 of 3 wrong options (100 %) and in 0 of 1 right ones (0 %): q1 (never)')
  })

  it('is silent when right options have as many, in code, and inside other words', async () => {
    const balanced = absolute.map((option) => ({ ...option, text: option.right ? 'Only this' : option.text }))
    expect(await warnings([choiceQuestion('single-choice', balanced)], 'absolute-words')).toEqual([])
    const innocent = ['`none`', 'small', 'mustard'].map((text) => ({ text }))
    const question = choiceQuestion('single-choice', [...innocent, { text: 'It may', right: true }])
    expect(await warnings([question], 'absolute-words')).toEqual([])
  })

  it('is silent for one or two, and in other languages', async () => {
    const two = absolute.map((option, index) => (index === 0 ? { text: 'It does' } : option))
    expect(await warnings([choiceQuestion('single-choice', two)], 'absolute-words')).toEqual([])
    const german = `${QUIZ}language: de\n`
    expect(await warnings([choiceQuestion('single-choice', absolute)], 'absolute-words', german)).toEqual([])
  })
})

describe('telling-id', () => {
  for (const id of ['right', 'the-correct-one', 'wrong2', 'isTrue', 'ANSWER_b', 'key']) {
    it(`warns of ${id}`, async () => {
      const options = [{ text: 'Alpha' }, { text: `Bravo {#${id}}`, right: true }]
      const found = await warnings([choiceQuestion('single-choice', options)], 'telling-id')
      expect(found).toMatchObject([{ path: 'bank/quiz/1-q1.md', line: 13, severity: 'warning' }])
    })
  }

  it('warns of what any type pins, at its line', async () => {
    const tables = { 16: '| Bravo {#right} | two | |', 18: '| | three {#decoy} | |' }
    const others = [
      edited(ORDERING, { 15: '2. Bravo {#no-1}' }),
      edited(MATCHING, tables),
      edited(CLOZE, { 19: '        id: wrong' }),
    ]
    const found = await warnings(others, 'telling-id')
    expect(found.map(({ path, line }) => `${path}:${line}`)).toEqual([
      'bank/quiz/1-q1.md:15',
      'bank/quiz/2-q2.md:16',
      'bank/quiz/2-q2.md:18',
      'bank/quiz/3-q3.md:17',
    ])
  })

  it('is silent on ids that say nothing', async () => {
    const options = [{ text: 'Alpha {#copyright}' }, { text: 'Bravo {#monkey-2}', right: true }]
    expect(await warnings([choiceQuestion('single-choice', options)], 'telling-id')).toEqual([])
  })
})

/** An ordering whose items end in these pins, and a matching whose options do. */
const pinnedItems = (...ids: string[]) =>
  edited(ORDERING, { 13: `1. Alpha ${ids[0]}`, 15: `2. Bravo ${ids[1]}`, 16: `3. Charlie ${ids[2]}` })
const pinnedOptions = (...ids: string[]) => {
  const rows = ids.map((id, row) => `| Prompt ${row} | Option ${row} ${id} | |`)
  const samples = { 5: '  - match: [1, 2, 3]', 7: '', 8: '' }
  return edited(MATCHING, { 15: rows[0]!, 16: rows[1]!, 17: rows[2]!, 18: '| | Option | |', ...samples })
}

describe('telling-order', () => {
  it('warns when the pinned ids of the items sort into the right order', async () => {
    const found = await warnings([pinnedItems('{#a}', '{#ab}', '{#b}')], 'telling-order')
    expect(found).toMatchObject([{ path: 'bank/quiz/1-q1.md', line: 13, severity: 'warning' }])
    expect(found[0]?.message).toBe('The pinned ids a, ab, b sort into the answer, and learners see ids.')
  })

  it('warns when the pinned ids of the options sort into the order of their prompts', async () => {
    const found = await warnings([pinnedOptions('{#o1}', '{#o2}', '{#o3}')], 'telling-order')
    expect(found).toMatchObject([{ path: 'bank/quiz/1-q1.md', line: 15, severity: 'warning' }])
    expect(found[0]?.message).toContain('o1, o2, o3 sort into the answer')
  })

  it('is silent where they sort otherwise, as code units do, and where one was derived', async () => {
    const quiet = [
      pinnedItems('{#b}', '{#a}', '{#c}'),
      pinnedItems('{#a}', '{#b}', '{#C}'),
      pinnedItems('{#s9}', '{#s10}', '{#s11}'),
    ]
    const derived = [
      pinnedItems('{#a}', '{#b}', ''),
      pinnedOptions('{#b}', '{#a}', '{#c}'),
      pinnedOptions('', '{#b}', '{#c}'),
    ]
    expect(await warnings([...quiet, ...derived], 'telling-order')).toEqual([])
  })

  it('is silent on two entries, and on options of a choice', async () => {
    const two = { 5: '  - order: [1, 2]', 7: '', 8: '', 13: '1. Alpha {#a}', 16: '' }
    const pinned = even(3, 1).map((option, index) => ({ ...option, text: `${option.text} {#o${index}}` }))
    const questions = [edited(ORDERING, two), choiceQuestion('single-choice', pinned)]
    expect(await warnings(questions, 'telling-order')).toEqual([])
  })
})

describe('explanation-length', () => {
  const code = `\n\n\`\`\`sh\n${'ls\n'.repeat(300)}\`\`\``

  for (const [words, warns] of [
    [149, true],
    [150, false],
    [400, false],
    [401, true],
  ] as const) {
    it(`${warns ? 'warns' : 'is silent'} at ${words} words and a long code block`, async () => {
      const found = await warnings(explained('word '.repeat(words).trim() + code), 'explanation-length')
      expect(found.map(({ path, line }) => `${path}:${line}`)).toEqual(warns ? ['bank/quiz/1-q1.md:20'] : [])
      expect(found[0]?.message ?? `has ${words} words`).toContain(`has ${words} words`)
    })
  }

  it('counts the words of neighbouring blocks apart, and dashes not at all', async () => {
    const found = await warnings(
      explained('One\n\n- two – three\n- four\n\n| five |\n|---|\n| six |'),
      'explanation-length',
    )
    expect(found[0]?.message).toContain('has 6 words')
  })
})
