import { en, type Strings } from './en.ts'

const LANGUAGES: Readonly<Record<string, Strings>> = { en }

/** How the player speaks in a language, by its BCP 47 tag: in English where it has not learned it. */
export function stringsFor(language: string): { readonly strings: Strings; readonly language: string } {
  const primary = language.toLowerCase().split('-')[0]!
  const strings = LANGUAGES[primary]
  return strings ? { strings, language } : { strings: en, language: 'en' }
}

const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'])

/** Which way a language is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(language.toLowerCase().split('-')[0]!) ? 'rtl' : 'ltr'
}
