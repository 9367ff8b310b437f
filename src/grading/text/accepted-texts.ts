import { maxCharacters } from '../max-characters.ts'
import { Markdown } from '../rich-text.ts'
import { oneOf } from '../one-of.ts'
import { Share } from '../share.ts'
import { strictObject } from '../strict-object.ts'
import { isWithinEdits } from './edits.ts'
import { NfcString } from './nfc.ts'
import { NORMALISER_VERSION, normalise, normaliseInside, type Normalisation } from './normalise.ts'
import { matchesPattern, readPattern } from './pattern.ts'
import { matchesWildcard, readWildcard } from './wildcard.ts'
import * as v from 'valibot'

const written = (characters: number) => v.pipe(NfcString, v.minLength(1), maxCharacters(characters))

const common = { fraction: v.optional(Share, 1), feedback: v.optional(Markdown) }

const AcceptedText = oneOf({
  text: strictObject({ text: written(1000), ...common }),
  wildcard: strictObject({ wildcard: written(256), ...common }),
  pattern: strictObject({ pattern: written(256), ...common }),
})
export type AcceptedText = v.InferOutput<typeof AcceptedText>

const flag = v.optional(v.boolean(), false)

/** Which texts are accepted, and what counts as the same text. */
export const AcceptedTexts = strictObject({
  answers: v.pipe(v.array(AcceptedText), v.minLength(1), v.maxLength(20)),
  caseSensitive: flag,
  foldDiacritics: flag,
  ignorePunctuation: flag,
  collapseWhitespace: flag,
  unicode: v.optional(v.picklist(['NFC', 'NFKC']), 'NFC'),
  maxEdits: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3)), 0),
  normaliser: v.optional(v.literal(NORMALISER_VERSION), NORMALISER_VERSION),
})
export interface AcceptedTexts extends Normalisation {
  readonly answers: readonly AcceptedText[]
  /** How many edits a `text` forgives. */
  readonly maxEdits: number
  /** The version of the rules that compare texts. */
  readonly normaliser: typeof NORMALISER_VERSION
}

/** The answers that accept a text of a question whose texts are no longer than `maxLength`, by their index. */
export function acceptedBy(texts: AcceptedTexts, text: string, maxLength: number): number[] {
  const normal = normalise(text, texts)
  if (normal.length > longestNormal(maxLength)) return []
  const withCase = normalise(text, { ...texts, caseSensitive: true })
  return texts.answers.flatMap((answer, index) => (accepts(answer, texts, normal, withCase) ? [index] : []))
}

/**
 * A character may become eighteen when it is normalised (U+FDFA). A long text of nothing but such is nobody's answer, and
 * would take long to compare.
 */
export function longestNormal(maxLength: number): number {
  return 2 * maxLength + 18
}

function accepts(answer: AcceptedText, texts: AcceptedTexts, normal: string, withCase: string): boolean {
  if ('text' in answer) return isWithinEdits(normalise(answer.text, texts), normal, texts.maxEdits)
  if ('wildcard' in answer) {
    const pieces = readWildcard(answer.wildcard).map((piece) => normaliseInside(piece, texts))
    return matchesWildcard(trimEnds(pieces), normal, texts.collapseWhitespace)
  }
  // A pattern says itself what it does with case: folding the text under it would change what its classes mean.
  const pattern = readPattern(answer.pattern, texts.caseSensitive)
  return pattern !== null && matchesPattern(pattern, withCase)
}

/** White space at the ends of a wildcard is outer space of the text. */
function trimEnds(pieces: readonly string[]): string[] {
  const last = pieces.length - 1
  return pieces.map((piece, index) => {
    const started = index === 0 ? piece.trimStart() : piece
    return index === last ? started.trimEnd() : started
  })
}
