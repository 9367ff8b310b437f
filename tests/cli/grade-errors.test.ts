import { brief, edited, QUESTION, readQuestions } from '../bank/bank-files.ts'
import { CLOZE, MATCHING, NUMERIC, ORDERING, SHORT_TEXT } from '../bank/sound-questions.ts'
import { CHOICES, grade } from './grading.ts'
import { folderOf, terminal } from './terminal.ts'
import { describe, expect, it } from 'vitest'

describe('a response that is none exits with 1, prints nothing else, and is told where it goes wrong', () => {
  const malformed: [name: string, question: string, response: string, says: string[]][] = [
    ['neither JSON nor YAML', CHOICES, '{"choices": [', ['--response: this is neither JSON nor YAML.']],
    ['a YAML alias', CHOICES, 'choose: &a [1, *a]', ['--response: this is neither JSON nor YAML.']],
    ['a name twice', CHOICES, '{"choices":["a"],"choices":["b"]}', ['--response: this is neither JSON nor YAML.']],
    [
      'an unknown option',
      CHOICES,
      '{"choices":["a","z"]}',
      ['--response choices 1: The question has no option with this id.'],
    ],
    ['an option twice', CHOICES, '{"choices":["a","a"]}', ['--response choices: Expected every id once.']],
    ['another field', CHOICES, '{"choices":[],"note":""}', ['--response note: This field is not known here.']],
    ['a number that is none', NUMERIC, '{"number":"1,5","unit":"MiB"}', ['--response number: Expected a decimal.']],
    ['a number without its unit', NUMERIC, '{"number":1}', ['--response unit: Expected a unit of the question.']],
    ['a text too long', SHORT_TEXT, `text: ${'a'.repeat(41)}`, ['--response text: Expected at most 40 characters.']],
    ['a text that is a number', SHORT_TEXT, 'text: 256', ['--response text: Expected string.']],
    ['a blank that is not there', CLOZE, '{"blanks":{"sort":"a"}}', ['--response: The question has no blank "sort".']],
    ['no object', CHOICES, 'a', ['--response: Expected Object.']],
  ]
  for (const [name, question, response, says] of malformed) {
    it(`as ${name}`, async () => {
      expect(await grade(question, response)).toEqual({ code: 1, stdout: '', stderr: `${says.join('\n')}\n` })
      expect(await grade(question, response, '--json', '--compare')).toMatchObject({ code: 1, stdout: '' })
    })
  }

  const samples: [name: string, question: string, response: string, says: string][] = [
    ['an option out of range', CHOICES, 'choose: [5]', 'Expected a number from 1 to 4.'],
    ['an item twice', ORDERING, 'order: [1, 1, 2]', 'A sample names an entry once.'],
    ['a prompt too few', MATCHING, 'match: [1, 2]', 'A sample gives each of the 3 prompts a row'],
    ['an unknown blank', CLOZE, 'blanks: { quantile: 0.75, sort: a }', 'The question has no blank "sort".'],
    ['an option of a blank out of range', CLOZE, 'blanks: { kind: 3 }', 'Expected a number from 1 to 2.'],
  ]
  for (const [name, question, response, says] of samples) {
    it(`as a sample would be: ${name}`, async () => {
      const { code, stdout, stderr } = await grade(question, response)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toContain(says)
    })
  }
})

describe('a file that check refuses is refused in the same words', () => {
  const refused: [name: string, question: string][] = [
    [
      'whose scoring method does not fit',
      edited(QUESTION, { 3: 'type: single-choice\nscoring: { method: net-correct }' }),
    ],
    ['whose sample does not hold', edited(NUMERIC, { 18: '    earns: 1/3' })],
    ['with a mistake in its body', edited(QUESTION, { 14: '' })],
    ['without a type', edited(QUESTION, { 3: '' })],
    ['without front matter', 'Which?\n'],
    ['without a section', edited(QUESTION, { 2: '' })],
    ['with mistakes in its body and in its samples', edited(QUESTION, { 7: '  - choose: [9]', 14: '', 20: '' })],
  ]
  for (const [name, question] of refused) {
    it(name, async () => {
      const quiz = 'title: A quiz\naccess: public\nsections:\n  - id: one\n    title: One\n'
      const cwd = folderOf({ 'one/quiz.yaml': quiz, 'one/1-q1.md': question })
      const [checked, graded] = await Promise.all([
        terminal(['check', 'one'], { cwd }),
        terminal(['grade', 'one/1-q1.md', '--response', 'choose: [1]'], { cwd }),
      ])
      const printed = checked.stdout.split('\n').filter((line) => line.includes(': error '))
      expect(printed).not.toEqual([])
      expect(graded).toEqual({ code: 1, stdout: '', stderr: `${printed.join('\n')}\n` })
    })
  }

  it('and one that check warns of is graded', async () => {
    const odd = edited(QUESTION, { 20: 'Because.' })
    expect(brief((await readQuestions([odd])).findings)).toEqual(['bank/quiz/1-q1.md:18 explanation-length'])
    expect(await grade(odd, 'choose: [2]')).toMatchObject({ code: 0, stderr: '' })
  })

  it('a file that is not there, or is a folder, cannot be read', async () => {
    const cwd = folderOf({ 'one/a.md': QUESTION })
    for (const path of ['nowhere.md', 'one']) {
      const expected = { code: 1, stdout: '', stderr: `${path}: this file cannot be read, or is not UTF-8.\n` }
      expect(await terminal(['grade', path, '--response', 'choose: [1]'], { cwd })).toEqual(expected)
    }
  })

  it('neither can one that is not UTF-8', async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode(QUESTION), 0xff])
    const { code, stdout, stderr } = await terminal(['grade', 'a.md', '--response', 'choose: [2]'], {
      cwd: folderOf({ 'a.md': bytes }),
    })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('a.md: this file cannot be read')
  })
})

describe('answerkey grade exits with 2', () => {
  const misused: [name: string, args: string[], says: string][] = [
    ['without a file', ['--response', 'choose: [1]'], 'Which question? Name one file.'],
    ['with two files', ['a.md', 'a.md', '--response', 'choose: [1]'], 'Which question? Name one file.'],
    ['without a response', ['a.md'], 'Which response? --response is missing.'],
    ['with an empty response', ['a.md', '--response', ''], 'Which response? --response is missing.'],
    ['without a response to a file that is not there', ['nowhere.md'], 'Which response? --response is missing.'],
    ['with an option that it has not', ['a.md', '--strict'], "Unknown option '--strict'."],
    ['with a value where none belongs', ['a.md', '--json=yes'], '--json'],
  ]
  for (const [name, args, says] of misused) {
    it(`when called ${name}`, async () => {
      const { code, stdout, stderr } = await terminal(['grade', ...args], { cwd: folderOf({ 'a.md': QUESTION }) })
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain(says)
      expect(stderr).toContain("Usage: answerkey grade <question.md> --response '…' [--compare] [--json]\n")
    })
  }
})

describe('answerkey grade --help', () => {
  it('says what a response looks like, and what each flag does', async () => {
    for (const flag of ['--help', '-h']) {
      const { code, stdout, stderr } = await terminal(['grade', flag])
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toMatch(/^Usage: answerkey grade <question\.md> --response '…' \[--compare\] \[--json\]\n/)
      for (const word of ["'choose: [1, 3]'", '{"choices":[', '--response', '--compare', '--json', 'standard input']) {
        expect(stdout).toContain(word)
      }
    }
  })

  it('is named in the overview', async () => {
    expect((await terminal(['--help'])).stdout).toMatch(
      /^ {2}grade +Says what a response to a question earns, and why\.$/m,
    )
  })
})
