import * as fc from 'fast-check'
import { readSingleQuestion } from '../../src/bank/read-single-question.ts'
import { parseDocument } from '../../src/content/parse-document.ts'
import { nearMisses } from '../grading/arbitrary-questions.ts'
import { choiceQuestion, QUIZ, readQuestions } from './bank-files.ts'
import { SOUND } from './sound-questions.ts'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'

/** Every run draws the same. */
const RUNS = { seed: 20_261_118, numRuns: 120 }

const texts = ['Alpha', 'Bravo', 'Charlie']
const options = (...right: number[]) => texts.map((text, index) => ({ text, right: right.includes(index) }))
const FORMS = {
  ...SOUND,
  'single-choice': choiceQuestion('single-choice', options(1)),
  'multiple-choice': choiceQuestion('multiple-choice', options(0, 2)),
  'true-false': choiceQuestion('true-false', [{ text: 'True' }, { text: 'False', right: true }]),
}

describe('front matter in which anything stands anywhere', () => {
  for (const [form, sound] of Object.entries(FORMS)) {
    const [, head = '', body = ''] = /^---\n([^]*?)\n---\n([^]*)$/.exec(sound) ?? []

    it(`of ${form} is refused at lines of the file, or is published`, async () => {
      await fc.assert(
        fc.asyncProperty(nearMisses(parse(head)), async (fields) => {
          const text = `---\n${stringify(fields)}---\n${body}`
          const { findings, document, quiz } = await readQuestions([text])
          const count = text.split('\n').length
          for (const { path, line, message } of findings) {
            expect(line, message).toBeGreaterThanOrEqual(1)
            expect(line, message).toBeLessThanOrEqual(path.endsWith('.md') ? count : QUIZ.split('\n').length)
          }
          const isRefused = findings.some(({ severity }) => severity === 'error')
          expect(quiz === null).toBe(isRefused)
          expect(isRefused || parseDocument(JSON.parse(JSON.stringify(document))).ok).toBe(true)
          const single = await readSingleQuestion({ path: '1-q1.md', text })
          expect(single.quiz === null).toBe(single.findings.length > 0)
        }),
        RUNS,
      )
    })
  }
})
