import type { Reporter } from '../finding.ts'
import { pickByNumber } from '../by-number.ts'
import { toMember } from '../entries.ts'
import type { WrittenOption } from '../options.ts'
import type { WrittenSample } from './written-form.ts'

/** What the choice types share: options as members of the document's question, with their lines. */
export function toMembers(options: readonly WrittenOption[]): {
  members: { options: { id: string; text: string; feedback?: string }[] }
  lines: [pointer: string, line: number][]
} {
  return {
    members: { options: options.map(toMember) },
    lines: [
      ['/options', options[0]?.line ?? 1],
      ...options.map(({ line }, index): [string, number] => [`/options/${index}`, line]),
    ],
  }
}

/** The options that a sample's `choose` counts from 1, each once. Reports what is wrong, and then gives undefined. */
export function choose(
  sample: WrittenSample,
  options: readonly WrittenOption[],
  report: Reporter,
): WrittenOption[] | undefined {
  return pickByNumber(sample, 'choose', options, report)
}

/** The same for a type that takes one option. */
export function chooseOne(
  sample: WrittenSample,
  options: readonly WrittenOption[],
  report: Reporter,
): WrittenOption | undefined {
  const chosen = choose(sample, options, report)
  if (chosen === undefined || chosen.length === 1) return chosen?.[0]
  report.error(sample.lineOf('/choose'), 'inconsistent', 'A sample of this type chooses one option.')
  return undefined
}
