import { edited, QUESTION, QUIZ } from '../bank/bank-files.ts'
import { folderOf, terminal } from './terminal.ts'
import { describe, expect, it } from 'vitest'

const WRONG = edited(QUESTION, { 14: '' })
const ODD = edited(QUESTION, { 20: 'Because.' })

describe('answerkey check', () => {
  it('exits with 0 and counts what it read, where nothing is wrong', async () => {
    const cwd = folderOf({ 'bank/one/quiz.yaml': QUIZ, 'bank/one/1-a.md': QUESTION, 'bank/one/2-b.md': QUESTION })
    expect(await terminal(['check', 'bank/one'], { cwd })).toEqual({
      code: 0,
      stdout: '0 errors, 0 warnings in 2 questions of 1 quiz\n',
      stderr: '',
    })
  })

  it('exits with 1 and prints file, line, code and sentence of an error', async () => {
    const cwd = folderOf({ 'one/quiz.yaml': QUIZ, 'one/1-a.md': WRONG })
    expect(await terminal(['check', 'one'], { cwd })).toEqual({
      code: 1,
      stdout:
        'one/1-a.md:13: error no-feedback: An option has feedback: a block quote in its list item.\n' +
        '1 error, 0 warnings in 1 question of 1 quiz\n',
      stderr: '',
    })
  })

  it('exits with 0 on warnings, and with 1 when it is strict', async () => {
    const cwd = folderOf({ 'one/quiz.yaml': QUIZ, 'one/1-a.md': ODD })
    const relaxed = await terminal(['check', 'one'], { cwd })
    expect(relaxed.code).toBe(0)
    expect(relaxed.stdout).toContain('one/1-a.md:18: warning explanation-length: ')
    expect(await terminal(['check', 'one', '--strict'], { cwd })).toEqual({ ...relaxed, code: 1 })
  })

  it('reads every quiz of a folder of folders, and of several folders, each once', async () => {
    const cwd = folderOf({
      'bank/README.md': '# Not a question',
      'bank/one/quiz.yaml': QUIZ,
      'bank/one/a.md': QUESTION,
      'bank/two/quiz.yaml': QUIZ,
      'bank/two/a.md': WRONG,
      'bank/pictures/a.svg': '<svg/>',
    })
    const { code, stdout } = await terminal(['check', 'bank/', 'bank/two/'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^bank\/two\/a\.md:13: error .*\n1 error, 0 warnings in 2 questions of 2 quizzes\n$/)
  })

  it('takes the id of a quiz from the name of its folder, whatever the path', async () => {
    const cwd = folderOf({ 'one/quiz.yaml': QUIZ, 'one/a.md': QUESTION })
    expect((await terminal(['check', '.'], { cwd: `${cwd}/one` })).code).toBe(0)
  })

  it('misses a quiz.yaml', async () => {
    const cwd = folderOf({ 'bank/one/a.md': QUESTION })
    const { code, stdout } = await terminal(['check', 'bank'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toContain('bank/one/quiz.yaml:1: error missing-file: ')
  })

  it('prints the findings as JSON', async () => {
    const cwd = folderOf({ 'one/quiz.yaml': QUIZ, 'one/1-a.md': WRONG })
    const { code, stdout } = await terminal(['check', 'one', '--json'], { cwd })
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toEqual([
      {
        path: 'one/1-a.md',
        line: 13,
        severity: 'error',
        code: 'no-feedback',
        message: 'An option has feedback: a block quote in its list item.',
      },
    ])
  })

  it('prints an empty array as JSON where nothing is wrong', async () => {
    const cwd = folderOf({ 'one/quiz.yaml': QUIZ, 'one/1-a.md': QUESTION })
    expect(await terminal(['check', 'one', '--json'], { cwd })).toEqual({ code: 0, stdout: '[]\n', stderr: '' })
  })
})

describe('answerkey check says why it cannot read', () => {
  it('a folder that is not there', async () => {
    const { code, stderr } = await terminal(['check', 'nowhere'], { cwd: folderOf({}) })
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'nowhere: this folder cannot be read.\n' })
  })

  it('a folder without a quiz', async () => {
    const { code, stderr } = await terminal(['check', 'empty'], { cwd: folderOf({ 'empty/a.txt': '' }) })
    expect(code).toBe(1)
    expect(stderr).toContain('there is no quiz here')
  })

  it('a file that is not UTF-8', async () => {
    const cwd = folderOf({ 'one/quiz.yaml': QUIZ, 'one/a.md': new Uint8Array([0x2d, 0xff, 0xfe]) })
    const { code, stderr } = await terminal(['check', 'one'], { cwd })
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'one/a.md: this file cannot be read, or is not UTF-8.\n' })
  })

  it('two folders of one name', async () => {
    const files = { 'x/one/quiz.yaml': QUIZ, 'x/one/a.md': QUESTION, 'y/one/quiz.yaml': QUIZ, 'y/one/a.md': QUESTION }
    const { code, stderr } = await terminal(['check', 'x', 'y'], { cwd: folderOf(files) })
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'x/one and y/one are both the quiz "one".\n' })
  })
})
