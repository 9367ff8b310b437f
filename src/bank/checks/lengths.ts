import { plainText } from '../plain-text.ts'
import type { Choice } from '../types/written-form.ts'

/** The characters that readers see of a text, without markup and line breaks of the source. */
export function lengthOf(markdown: string): number {
  return Array.from(plainText(markdown).replaceAll(/\s+/gu, ' ')).length
}

export function lengths(choices: readonly Choice[]): { right: number[]; wrong: number[] } {
  return {
    right: choices.filter((choice) => choice.isRight).map((choice) => lengthOf(choice.text)),
    wrong: choices.filter((choice) => !choice.isRight).map((choice) => lengthOf(choice.text)),
  }
}
