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
 * a learner sends.
 */
export function stepsOf(texts: AcceptedTexts, maxLength: number): number {
  return texts.answers.reduce((steps, answer) => steps + stepsPerCharacter(answer, texts) * maxLength, 0)
}

function stepsPerCharacter(answer: AcceptedText, texts: AcceptedTexts): number {
  if ('text' in answer) return 1 + 2 * texts.maxEdits
  if ('wildcard' in answer) return 1 + answer.wildcard.length / 16
  const pattern = readPattern(answer.pattern, texts.caseSensitive)
  return pattern === null ? 0 : sizeOf(pattern)
}

/** About five milliseconds of a slow machine. */
export const MAX_STEPS = 250_000

export function checkSteps(steps: number, path: readonly string[]): Issue[] {
  if (steps <= MAX_STEPS) return []
  const share = Math.floor((100 * MAX_STEPS) / steps)
  const detail = `Grading the longest response would take too long: shorten patterns, or maxLength to ${share} % of it.`
  return [{ path, code: 'inconsistent', detail }]
}
