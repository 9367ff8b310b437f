import { readQuiz } from '../../src/bank/read-quiz.ts'
import { brief, edited, QUESTION, QUIZ, readQuestions } from './bank-files.ts'
import { describe, expect, it } from 'vitest'

/** Lines of the sound quiz.yaml are replaced; what is expected is the line and code of the one error. */
const malformed: [name: string, edits: Record<number, string>, expected: string][] = [
  ['no title', { 1: '' }, '1 invalid-shape'],
  ['a title that is a number', { 1: 'title: 12' }, '1 invalid-shape'],
  ['an access that does not exist', { 2: 'access: private' }, '2 invalid-shape'],
  ['an unknown field', { 2: 'access: public\nlevel: hard' }, '3 unknown-field'],
  ['a field that is there twice', { 2: 'access: public\naccess: public' }, '3 invalid-yaml'],
  ['tabs for indentation', { 4: '\t- id: one' }, '4 invalid-yaml'],
  ['two documents', { 2: 'access: public\n---' }, '3 invalid-yaml'],
  ['an unknown tag', { 1: 'title: !python A quiz' }, '1 invalid-yaml'],
  ['a list of sections that is empty', { 3: 'sections: []', 4: '', 5: '' }, '3 invalid-shape'],
  ['a section without a title', { 5: '' }, '4 invalid-shape'],
  ['a section id that is none', { 4: '  - id: one two' }, '4 invalid-shape'],
  ['a section twice', { 5: '    title: One\n  - id: one\n    title: Two' }, '6 duplicate'],
  ['an unknown policy', { 6: 'policy:\n  passing: 0.5' }, '7 unknown-field'],
  ['a policy that does not hold together', { 6: 'policy:\n  attemptsPerLearner: 2' }, '7 inconsistent'],
  ['questions in it', { 6: 'questions: []' }, '6 unknown-field'],
]

describe('a quiz.yaml is refused at the line where it goes wrong', () => {
  for (const [name, edits, expected] of malformed) {
    it(`for ${name}`, async () => {
      const { findings } = await readQuestions([QUESTION], edited(QUIZ, edits))
      expect(brief(findings)).toEqual([`bank/quiz/quiz.yaml:${expected}`])
    })
  }

  it('for being no mapping', async () => {
    expect(brief((await readQuestions([QUESTION], '- a\n')).findings)).toEqual(['bank/quiz/quiz.yaml:1 invalid-shape'])
    expect(brief((await readQuestions([QUESTION], '')).findings)).toEqual(['bank/quiz/quiz.yaml:1 invalid-shape'])
  })
})

describe('a folder is refused', () => {
  it('without a quiz.yaml', async () => {
    const { findings } = await readQuiz('quiz', [{ path: 'quiz/a.md', text: QUESTION }])
    expect(brief(findings)).toEqual(['quiz/quiz.yaml:1 missing-file'])
  })

  it('without questions', async () => {
    const { findings } = await readQuiz('quiz', [{ path: 'quiz/quiz.yaml', text: QUIZ }])
    expect(brief(findings)).toEqual(['quiz/quiz.yaml:1 no-questions'])
  })

  it('with a name that is no id of a quiz', async () => {
    const files = [
      { path: 'My Quiz/quiz.yaml', text: QUIZ },
      { path: 'My Quiz/a.md', text: QUESTION },
    ]
    expect(brief((await readQuiz('My Quiz', files)).findings)).toEqual(['My Quiz/quiz.yaml:1 invalid-id'])
  })

  it('with a file whose name has nothing behind its number', async () => {
    const files = [
      { path: 'quiz/quiz.yaml', text: QUIZ },
      { path: 'quiz/01.md', text: QUESTION },
    ]
    expect(brief((await readQuiz('quiz', files)).findings)).toEqual(['quiz/01.md:1 invalid-id'])
  })

  it('with two questions of one id, and both files are named', async () => {
    const { findings } = await readQuestions([QUESTION, edited(QUESTION, { 3: 'id: q1\ntype: single-choice' })])
    expect(brief(findings)).toEqual(['bank/quiz/2-q2.md:3 duplicate'])
    expect(findings[0]?.message).toContain('bank/quiz/1-q1.md')
  })
})

describe('what is wrong with one file', () => {
  it('hides nothing of another', async () => {
    const noBox = edited(QUESTION, { 13: '- Alpha' })
    const noSample = edited(QUESTION, { 8: '    earns: 1/2' })
    const { findings } = await readQuestions([noBox, QUESTION, noSample])
    expect(brief(findings)).toEqual(['bank/quiz/1-q1.md:13 no-box', 'bank/quiz/3-q3.md:8 inconsistent'])
  })

  it('comes sorted by file and line', async () => {
    const bad = edited(QUESTION, { 3: 'type: single-choice\npoint: 1', 14: '', 15: '- Bravo' })
    const { findings } = await readQuestions([bad, bad])
    const lines = findings.filter(({ path }) => path.endsWith('1-q1.md')).map(({ line }) => line)
    expect(lines).toEqual(lines.toSorted((a, b) => a - b))
    expect(findings.map(({ path }) => path)).toEqual(findings.map(({ path }) => path).toSorted())
  })
})
