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
  const strings = words[primaryOf(language)]
  return strings ? { strings, language } : { strings: words['en']!, language: 'en' }
}

const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'])

/** Which way a language is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(primaryOf(language)) ? 'rtl' : 'ltr'
}

function primaryOf(language: string): string {
  return language.toLowerCase().split('-')[0]!
}
