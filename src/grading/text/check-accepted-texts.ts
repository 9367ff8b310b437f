import type { Issue } from '../issue.ts'
import { ONE } from '../fraction.ts'
import { toFraction } from '../share.ts'
import { type AcceptedText, type AcceptedTexts, longestNormal } from './accepted-texts.ts'
import { normalise } from './normalise.ts'
import { readPattern, stepsOfPattern } from './pattern.ts'
import { isLonger } from './text.ts'
import { readWildcard } from './wildcard.ts'

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
  if ('wildcard' in answer) return checkWildcard(answer.wildcard, texts, maxLength)
  const normal = normalise(answer.text, texts)
  if (isLonger(answer.text, maxLength) || normal.length > longestNormal(maxLength)) {
    return ['This text is longer than a response may be.']
  }
  const length = Array.from(normal).length
  if (length === 0) return ['Nothing is left of this text when it is normalised.']
  return length <= texts.maxEdits ? ['This text is no longer than the edits that are forgiven: a blank would do.'] : []
}

/** What stands between the stars, as texts are checked. */
function checkWildcard(wildcard: string, texts: AcceptedTexts, maxLength: number): string[] {
  const literal = readWildcard(wildcard).join('')
  if (isLonger(literal, maxLength)) return ['This text is longer than a response may be.']
  return literal === '' || normalise(literal, texts) !== ''
    ? []
    : ['Nothing is left of this text when it is normalised.']
}

/**
 * How many steps comparing the longest response takes at most. What is published must be graded in milliseconds, whatever
 * a learner sends.
 */
export function stepsOf(texts: AcceptedTexts, maxLength: number): number {
  return texts.answers.reduce((steps, answer) => steps + stepsOfAnswer(answer, texts, maxLength), 0)
}

function stepsOfAnswer(answer: AcceptedText, texts: AcceptedTexts, maxLength: number): number {
  // A text of another length is not compared, and only NFKC makes texts grow before they are.
  if ('text' in answer) return normalise(answer.text, texts).length * (STEPS_TO_NORMALISE + 4 * texts.maxEdits)
  const characters = texts.unicode === 'NFKC' ? longestNormal(maxLength) : maxLength
  if ('wildcard' in answer) return characters * (1 + answer.wildcard.length / 16) + 20 * answer.wildcard.length
  const pattern = readPattern(answer.pattern, texts.caseSensitive)
  return pattern === null ? 0 : stepsOfPattern(answer.pattern, pattern, texts.caseSensitive, characters)
}

/** A step is that of {@link stepsOf}. */
const STEPS_TO_NORMALISE = 4

/** Less than ten milliseconds, also for the patterns that are slowest. */
const MAX_STEPS = 180_000

export function checkSteps(steps: number, path: readonly string[]): Issue[] {
  if (steps <= MAX_STEPS) return []
  const detail =
    `Grading the longest response would take ${Math.ceil(steps / MAX_STEPS)} times as long as it may: ` +
    'shorten patterns, or what maxLength admits.'
  return [{ path, code: 'inconsistent', detail }]
}
