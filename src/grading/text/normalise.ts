/** What the author lets count as the same text. */
export interface Normalisation {
  readonly unicode: 'NFC' | 'NFKC'
  readonly caseSensitive: boolean
  readonly foldDiacritics: boolean
  readonly ignorePunctuation: boolean
  readonly collapseWhitespace: boolean
}

/** The version of the rules below. Keys record it: a change of meaning gets a new number, and the old path stays. */
export const NORMALISER_VERSION = 1

/** A text as it is compared: normalised, with outer white space taken off. */
export function normalise(text: string, rules: Normalisation): string {
  return normaliseInside(text, rules).trim()
}

/** The same for a piece of a text, whose outer white space is inner space of the whole. */
export function normaliseInside(text: string, rules: Normalisation): string {
  let result = text.normalize(rules.unicode).replaceAll(ZERO_WIDTH, '')
  if (rules.foldDiacritics)
    result = result
      .normalize('NFD')
      .replaceAll(/\p{Mn}/gu, '')
      .normalize('NFC')
  if (rules.ignorePunctuation) result = result.replaceAll(/[\p{P}`´]/gu, '')
  if (rules.collapseWhitespace) result = result.replaceAll(/\s+/gu, ' ')
  if (!rules.caseSensitive) result = foldCase(result)
  return result.normalize('NFC')
}

/** By way of upper case, which writes ß as SS and has one sigma; ẞ gets there from below. No locale has a say. */
function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ')
}

/** Characters that nobody sees and `trim` leaves: zero width space, word joiner, byte order mark. */
const ZERO_WIDTH = /[\u200B\u2060\uFEFF]/gu
