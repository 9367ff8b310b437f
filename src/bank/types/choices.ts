import type { Reporter } from '../finding.ts'
import type { WrittenOption } from '../options.ts'
import type { Choice, WrittenSample } from './written-form.ts'

/** What the choice types share. */
export function toChoices(options: readonly WrittenOption[]): Choice[] {
  return options.map(({ text, isRight, isPinned, id, line }) => ({
    text,
    isRight,
    pinnedId: isPinned ? id : null,
    line,
  }))
}

/** Options as members of the document's question, with their lines. */
export function toMembers(options: readonly WrittenOption[]): {
  members: { options: { id: string; text: string; feedback: string }[] }
  lines: [pointer: string, line: number][]
} {
  return {
    members: { options: options.map(({ id, text, feedback }) => ({ id, text, feedback })) },
    lines: options.map(({ line }, index) => [`/options/${index}`, line]),
  }
}

/**
 * The options that a sample's `choose` counts from 1, each once. Reports what is wrong, and then gives undefined.
 */
export function choose(
  sample: WrittenSample,
  options: readonly WrittenOption[],
  report: Reporter,
): WrittenOption[] | undefined {
  const numbers = sample.value['choose']
  if (!Array.isArray(numbers)) {
    report.error(sample.lineOf('/choose'), 'invalid-shape', 'A sample says which options to choose: "choose: [1, 3]".')
    return undefined
  }
  const chosen = new Set<WrittenOption>()
  for (const [index, number] of numbers.entries()) {
    const line = sample.lineOf(`/choose/${index}`)
    const option = typeof number === 'number' ? options[number - 1] : undefined
    if (option === undefined) {
      report.error(line, 'unknown-option', `Options are counted from 1 to ${options.length}.`)
      return undefined
    }
    if (chosen.has(option)) {
      report.error(line, 'duplicate', 'A sample chooses an option once.')
      return undefined
    }
    chosen.add(option)
  }
  return [...chosen]
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
