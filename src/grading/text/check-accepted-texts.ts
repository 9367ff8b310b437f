import type { Issue } from '../issue.ts'
import { ONE } from '../fraction.ts'
import { toFraction } from '../share.ts'
import type { AcceptedText, AcceptedTexts } from './accepted-texts.ts'
import { normalise } from './normalise.ts'
import { readPattern, sizeOf } from './pattern.ts'

/** What is wrong with accepted texts of at most `maxLength` characters, for the author. */
export function checkAcceptedTexts(texts: AcceptedTexts, maxLength: number): Issue[] {
  const issues = texts.answers.flatMap((answer, index) =>
    checkAnswer(answer, texts, maxLength).map((detail): Issue => {
      return { path: ['answers', index], code: 'inconsistent', detail }
    }),
  )
  if (!texts.answers.some((answer) => toFraction(answer.fraction).equals(ONE))) {
    issues.push({ path: ['answers'], code: 'inconsistent', detail: 'No answer earns everything.' })
  }
  return issues
}

function checkAnswer(answer: AcceptedText, texts: AcceptedTexts, maxLength: number): string[] {
  if ('pattern' in answer) {
    const isPattern = readPattern(answer.pattern, texts.caseSensitive) !== null
    return isPattern ? [] : ['This is no pattern in the syntax of RE2, or one that repeats too much.']
  }
  if ('wildcard' in answer) return []
  const length = Array.from(normalise(answer.text, texts)).length
  if (length === 0) return ['Nothing is left of this text when it is normalised.']
  if (length <= texts.maxEdits) return ['This text is no longer than the edits that are forgiven: a blank would do.']
  return length > maxLength ? ['This text is longer than a response may be.'] : []
}

/**
 * How many steps comparing the longest response takes at most. What is published must be graded in milliseconds, whatever
 * a learner sends. A step is about 50 nanoseconds: one instruction of a pattern at one character.
 */
export function stepsOf(texts: AcceptedTexts, maxLength: number): number {
  return texts.answers.reduce((steps, answer) => steps + stepsOfAnswer(answer, texts, maxLength), 0)
}

function stepsOfAnswer(answer: AcceptedText, texts: AcceptedTexts, maxLength: number): number {
  // A text of another length is not compared.
  if ('text' in answer) return answer.text.length * (1 + 2 * texts.maxEdits)
  if ('wildcard' in answer) return maxLength * (1 + answer.wildcard.length / 16)
  const pattern = readPattern(answer.pattern, texts.caseSensitive)
  return pattern === null ? 0 : STEPS_TO_READ_A_PATTERN + sizeOf(pattern) * (STEPS_TO_COMPILE + maxLength)
}

const STEPS_TO_READ_A_PATTERN = 300
const STEPS_TO_COMPILE = 10

/** Ten milliseconds, for the patterns that are slowest. */
const MAX_STEPS = 200_000

export function checkSteps(steps: number, path: readonly string[]): Issue[] {
  if (steps <= MAX_STEPS) return []
  const detail =
    `Grading the longest response would take ${Math.ceil(steps / MAX_STEPS)} times as long as it may: ` +
    'shorten patterns, or what maxLength admits.'
  return [{ path, code: 'inconsistent', detail }]
}
