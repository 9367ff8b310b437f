import { type BankCheck, choiceQuestions, warn } from './bank-check.ts'
import { lengthOf, lengths } from './lengths.ts'

/** A right option this many times as long as the mean of its question's wrong ones stands out. */
const LIMIT = 1.3

/** Right options that are long for their question. */
export const longAnswer: BankCheck = (bank) =>
  choiceQuestions(bank).flatMap(({ path, content: { choices } }) => {
    const { wrong } = lengths(choices)
    const mean = wrong.reduce((sum, length) => sum + length, 0) / wrong.length
    return choices.flatMap((choice) => {
      const length = lengthOf(choice.text)
      if (!choice.isRight || length <= LIMIT * mean) return []
      const message =
        `This right option has ${length} characters, ${(length / mean).toFixed(2)} times the mean of the wrong ones ` +
        `(${mean.toFixed(1)}); ${LIMIT} is the limit.`
      return [warn(path, choice.line, 'long-answer', message)]
    })
  })
