import type { AuthoredQuestion } from '../../content/document.ts'
import type { Fraction } from '../../grading/fraction.ts'
import { own } from '../../grading/own.ts'
import { type Share, toFraction } from '../../grading/share.ts'
import { acceptedBy as acceptedTexts, type AcceptedTexts } from '../../grading/text/accepted-texts.ts'
import { readWildcard } from '../../grading/text/wildcard.ts'
import { type Blank, type BlankKey, toResponse } from '../../grading/types/cloze-blanks.ts'
import { acceptedNumbers, accepts, examplesOf } from '../../grading/types/numeric-answer.ts'
import type { NumericKey } from '../../grading/types/numeric.ts'
import { MAX_SHORT_TEXT } from '../../grading/types/short-text.ts'
import { type BankCheck, warn } from './bank-check.ts'

/** Responses that two answers of a key accept, at different prices: the one that pays more counts, which may not be meant. */
export const ambiguousAnswer: BankCheck = ({ questions }) =>
  questions.flatMap(({ path, content, question }) => {
    const found = question ? ambiguities(question, responsesOf(question)) : []
    return found.map(({ pointer, message }) => warn(path, content.lines.get(pointer) ?? 1, 'ambiguous-answer', message))
  })

function responsesOf({ samples }: AuthoredQuestion): unknown[] {
  return samples.map(({ response }) => response)
}

interface Ambiguity {
  readonly pointer: string
  readonly message: string
}

type Graded = Pick<AuthoredQuestion, 'type' | 'content' | 'key'>

/** `given` is what the samples answer. */
function ambiguities({ type, content, key }: Graded, given: readonly unknown[], at = '/key'): Ambiguity[] {
  const members = (name: string) => given.map((response) => (response as Record<string, unknown>)[name])
  if (type === 'numeric') return ofNumbers(key as NumericKey, at)
  if (type === 'short-text') return ofTexts(key as AcceptedTexts, members('text').map(String), at)
  if (type !== 'cloze') return []
  const { blanks } = key as { readonly blanks: Readonly<Record<string, BlankKey>> }
  const filled = members('blanks') as Readonly<Record<string, string>>[]
  return (content['blanks'] as readonly Blank[]).flatMap((blank) => {
    const responses = filled.flatMap((values) => {
      const value = own(values, blank.id)
      return value === undefined ? [] : [toResponse(blank, value)]
    })
    const part = { type: blank.type, content: {}, key: own(blanks, blank.id) }
    return ambiguities(part, responses, `${at}/blanks/${blank.id}`)
  })
}

/** Where two intervals overlap they share a bound, the middle between two bounds, or an example. */
function ofNumbers(key: NumericKey, at: string): Ambiguity[] {
  const bounds = key.answers.flatMap((answer) => {
    const { min, max } = acceptedNumbers(answer)
    return [min, max].filter((number) => number !== null)
  })
  const middles = bounds.flatMap((one, index) => bounds.slice(index + 1).map((other) => one.add(other).div(2)))
  const tried = [...key.answers.flatMap(examplesOf), ...bounds, ...middles].map((number) => ({
    shown: number.toString(),
    acceptedBy: key.answers.flatMap((answer, index) => (accepts(answer, number) ? [index] : [])),
  }))
  return findPairs(key.answers, tried, at)
}

/** Texts are tried, for of patterns not all can be known: the samples, each text, each wildcard with little for its stars. */
function ofTexts(key: AcceptedTexts, samples: readonly string[], at: string): Ambiguity[] {
  const texts = key.answers.flatMap((answer) => {
    if ('text' in answer) return [answer.text]
    return 'wildcard' in answer ? ['', 'x'].map((filling) => readWildcard(answer.wildcard).join(filling)) : []
  })
  const tried = [...texts, ...samples].map((text) => ({
    shown: `"${text}"`,
    acceptedBy: acceptedTexts(key, text, MAX_SHORT_TEXT),
  }))
  return findPairs(key.answers, tried, at)
}

/** Every pair of answers with different fractions that something tried is accepted by, once. */
function findPairs(
  answers: readonly { readonly fraction: Share }[],
  tried: readonly { readonly shown: string; readonly acceptedBy: readonly number[] }[],
  at: string,
): Ambiguity[] {
  const earned = (index: number): Fraction => toFraction(answers[index]!.fraction)
  const found = new Map<string, Ambiguity>()
  for (const { shown, acceptedBy: indices } of tried) {
    for (const [place, second] of indices.entries()) {
      const first = indices.slice(0, place).find((index) => !earned(index).equals(earned(second)))
      const pair = `${first}/${second}`
      if (first === undefined || found.has(pair)) continue
      const message = `${shown} is accepted by the answers ${first + 1} and ${second + 1}, which earn ${earned(first).toFraction()} and ${earned(second).toFraction()}.`
      found.set(pair, { pointer: `${at}/answers/${second}`, message })
    }
  }
  return [...found.values()]
}
