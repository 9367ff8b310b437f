import { readdirSync, readFileSync } from 'node:fs'
import { readQuiz } from '../../src/bank/read-quiz.ts'
import { expect, it } from 'vitest'

const FOLDER = 'questions/devops-deep-dive'

it('the bank of this repository has no errors', async () => {
  const files = readdirSync(FOLDER).map((name) => ({
    path: `${FOLDER}/${name}`,
    text: readFileSync(`${FOLDER}/${name}`, 'utf8'),
  }))
  const { document, findings, questionCount } = await readQuiz('devops-deep-dive', files)
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(JSON.stringify(document)).not.toMatch(/"text":"\[[ xX]\]/)
  expect(questionCount).toBe(files.length - 1)
})
