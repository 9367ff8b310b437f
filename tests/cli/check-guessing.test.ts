import { edited, QUESTION, QUIZ } from '../bank/bank-files.ts'
import { ESSAY, MATCHING, SHORT_TEXT } from '../bank/sound-questions.ts'
import { CHOICES } from './grading.ts'
import { folderOf, terminal } from './terminal.ts'
import { describe, expect, it } from 'vitest'

const DECISIONS = CHOICES.replace('points: 2', 'points: 2\nscoring: { method: every-decision-counts }')
const ONE = {
  'bank/one/quiz.yaml': QUIZ,
  'bank/one/1-truth.md': QUESTION,
  'bank/one/2-decisions.md': DECISIONS,
  'bank/one/3-belongs.md': MATCHING,
  'bank/one/4-why.md': ESSAY,
}
const TWO = { 'bank/two/quiz.yaml': QUIZ, 'bank/two/name.md': SHORT_TEXT }

/** What is printed behind the summary. */
const table = (stdout: string) => stdout.slice(stdout.indexOf('\n\n') + 2)

describe('answerkey check --guessing', () => {
  it('prints a table of shares behind the findings, one row a question and one a quiz', async () => {
    const cwd = folderOf({ ...ONE, ...TWO })
    const plain = await terminal(['check', 'bank'], { cwd })
    const { code, stdout, stderr } = await terminal(['check', 'bank', '--guessing'], { cwd })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.startsWith(`${plain.stdout}\n`)).toBe(true)
    // Of 5 points: 1/2 of 1, 1/2 of 2, 1/3 of 1, and 0 of the essay.
    expect(stdout.slice(plain.stdout.length + 1)).toBe(
      [
        'question         points  method                 blank   everything  guessing',
        'truth            1       exact                  -       -           50.0 %',
        'decisions        2       every-decision-counts  50.0 %  50.0 %      50.0 %',
        'belongs          1       per-part               0.0 %   -           33.3 %',
        'why              1       exact                  -       -           -',
        'one, on average  5                              20.0 %  20.0 %      36.7 %',
        'name             1       exact                  0.0 %   -           -',
        'two, on average  1                              0.0 %   0.0 %       0.0 %',
        '',
      ].join('\n'),
    )
  })

  it('prints the same as JSON, exactly, beside the findings', async () => {
    const cwd = folderOf(ONE)
    const plain = await terminal(['check', 'bank', '--json'], { cwd })
    const { code, stdout } = await terminal(['check', 'bank', '--guessing', '--json'], { cwd })
    expect(code).toBe(0)
    const [exact, parts] = ['exact', 'per-part']
    const row = { quiz: 'one', blank: null, everything: null, guessing: null }
    expect(JSON.parse(stdout)).toEqual({
      findings: JSON.parse(plain.stdout),
      guessing: [
        { ...row, question: 'truth', points: 1, method: exact, guessing: 0.5 },
        {
          ...row,
          question: 'decisions',
          points: 2,
          method: 'every-decision-counts',
          blank: 0.5,
          everything: 0.5,
          guessing: 0.5,
        },
        { ...row, question: 'belongs', points: 1, method: parts, blank: 0, guessing: 1 / 3 },
        { ...row, question: 'why', points: 1, method: exact },
        { ...row, question: null, points: 5, method: null, blank: 0.2, everything: 0.2, guessing: 11 / 30 },
      ],
    })
  })

  it('has no row of a quiz that has errors, and exits with 1', async () => {
    const cwd = folderOf({
      ...ONE,
      'bank/two/quiz.yaml': QUIZ,
      'bank/two/name.md': edited(SHORT_TEXT, { 15: '    earns: 1/3' }),
    })
    const { code, stdout } = await terminal(['check', 'bank', '--guessing'], { cwd })
    expect(code).toBe(1)
    expect(table(stdout)).toContain('\none, on average')
    expect(table(stdout)).not.toContain('name')
    const json = await terminal(['check', 'bank/two', '--guessing', '--json'], { cwd })
    expect(json.code).toBe(1)
    expect(JSON.parse(json.stdout)).toMatchObject({ findings: [{ line: 15, code: 'inconsistent' }], guessing: [] })
  })

  it('fails on warnings when it is strict, and not on what it tells', async () => {
    const quiet = folderOf({ 'bank/one/quiz.yaml': QUIZ, 'bank/one/1-truth.md': QUESTION })
    expect((await terminal(['check', 'bank', '--guessing', '--strict'], { cwd: quiet })).code).toBe(0)
    const warned = await terminal(['check', 'bank', '--guessing', '--strict'], { cwd: folderOf(ONE) })
    expect(warned.code).toBe(1)
    expect(warned.stdout).toContain(
      'bank/one/2-decisions.md:5: warning guessing-pays: Leaving everything out earns 1/2',
    )
  })

  it('is told of in its help', async () => {
    expect((await terminal(['check', '--help'])).stdout).toMatch(/^ {2}--guessing {2}\S/m)
  })
})
