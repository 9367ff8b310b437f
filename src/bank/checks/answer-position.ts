import { type BankCheck, choiceQuestions, ENOUGH_QUESTIONS, percent, TELLING_SHARE, warn } from './bank-check.ts'

/**
 * Where the right option stands, over all single-choice questions: the share of each position, beside the share that
 * chance would give it (the mean of 1/options over the questions, where a question has that position).
 */
export const answerPosition: BankCheck = (bank) => {
  const questions = choiceQuestions(bank).filter(({ content }) => content.type === 'single-choice')
  const count = questions.length
  if (count < ENOUGH_QUESTIONS) return []
  const positions = questions.map(({ content }) => content.choices.findIndex((choice) => choice.isRight))
  return [...new Set(positions)]
    .toSorted((a, b) => a - b)
    .flatMap((position) => {
      const held = positions.filter((each) => each === position).length
      const expected =
        questions.reduce(
          (sum, { content: { choices } }) => sum + (position < choices.length ? 1 / choices.length : 0),
          0,
        ) / count
      const share = held / count
      if (share <= TELLING_SHARE || share <= expected) return []
      const message =
        `The right option stands at position ${position + 1} in ${held} of ${count} single-choice questions ` +
        `(${percent(share)}; chance gives ${percent(expected)}).`
      return [warn(bank.path, 1, 'answer-position', message)]
    })
}
