import { type BankCheck, choiceQuestions, ENOUGH_QUESTIONS, percent, TELLING_SHARE, warn } from './bank-check.ts'
import { lengths } from './lengths.ts'

/**
 * How often the longest option is a right one, over all questions with options, beside the share that chance would give
 * (the mean of right options/options). Where two are longest, neither is.
 */
export const longestAnswer: BankCheck = (bank) => {
  const questions = choiceQuestions(bank)
  const count = questions.length
  if (count < ENOUGH_QUESTIONS) return []
  const telling = questions.filter(({ content }) => {
    const { right, wrong } = lengths(content.choices)
    return Math.max(...right) > Math.max(...wrong)
  })
  const expected =
    questions.reduce((sum, { content }) => sum + lengths(content.choices).right.length / content.choices.length, 0) /
    count
  const share = telling.length / count
  if (share <= TELLING_SHARE || share <= expected) return []
  const message =
    `The longest option is a right one in ${telling.length} of ${count} questions (${percent(share)}; ` +
    `chance gives ${percent(expected)}): ${telling.map(({ id }) => id).join(', ')}.`
  return [warn(bank.path, 1, 'longest-answer', message)]
}
