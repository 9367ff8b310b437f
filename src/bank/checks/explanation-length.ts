import { countWords } from '../plain-text.ts'
import { type BankCheck, warn } from './bank-check.ts'

const [FEWEST, MOST] = [150, 400]

/** Explanations that are too short to explain, or too long to be read. Code blocks count for nothing. */
export const explanationLength: BankCheck = ({ questions }) =>
  questions.flatMap(({ path, content: { explanation } }) => {
    const words = countWords(explanation.markdown)
    if (words >= FEWEST && words <= MOST) return []
    const message = `The explanation has ${words} words without its code blocks; ${FEWEST} to ${MOST} read well.`
    return [warn(path, explanation.line, 'explanation-length', message)]
  })
