import { de, verify as verifyInGerman } from './de.ts'
import { en, type Strings, verify as verifyInEnglish, type VerifyStrings } from './en.ts'

/** A line for each language. */
const LANGUAGES: Readonly<Record<string, Strings>> = { en, de }
const VERIFY: Readonly<Record<string, VerifyStrings>> = { en: verifyInEnglish, de: verifyInGerman }

interface Spoken<Words> {
  readonly strings: Words
  /** A BCP 47 tag. */
  readonly language: string
}

/** How the player speaks in a language, by its BCP 47 tag: in English where it has not learned it. */
export function stringsFor(language: string): Spoken<Strings> {
  return spoken(LANGUAGES, language)
}

/** The same for the page that verifies a receipt. */
export function verifyStringsFor(language: string): Spoken<VerifyStrings> {
  return spoken(VERIFY, language)
}

function spoken<Words>(words: Readonly<Record<string, Words>>, language: string): Spoken<Words> {
  const primary = Object.hasOwn(words, primaryOf(language)) ? primaryOf(language) : 'en'
  // Where only the language is named, the reader's own region says how numbers and dates are written.
  const candidates = language.includes('-') ? [language] : [navigator.language, language]
  const tag = candidates.find((each) => primaryOf(each) === primary && isTag(each))
  return { strings: words[primary]!, language: tag ?? primary }
}

/** Whether numbers and dates can be written by it: pages name languages as they like. */
function isTag(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length > 0
  } catch {
    return false
  }
}

const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'])

/** Which way a language is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(primaryOf(language)) ? 'rtl' : 'ltr'
}

function primaryOf(language: string): string {
  return language.toLowerCase().split('-')[0]!
}
