import type { Reporter } from './finding.ts'
import type { WrittenSample } from './types/written-form.ts'

/** Authors count the entries of a list from 1, in the order of the file. Reports a number that counts nothing. */
export function byNumber<T>(number: unknown, entries: readonly T[], line: number, report: Reporter): T | undefined {
  const entry = typeof number === 'number' ? entries[number - 1] : undefined
  if (entry === undefined) report.error(line, 'unknown-option', `Expected a number from 1 to ${entries.length}.`)
  return entry
}

/** The entries that a list of numbers in a sample names, each once. Reports what is wrong, and then gives undefined. */
export function pickByNumber<T>(
  sample: WrittenSample,
  field: string,
  entries: readonly T[],
  report: Reporter,
): T[] | undefined {
  const numbers = sample.value[field]
  if (!Array.isArray(numbers)) {
    report.error(sample.lineOf(`/${field}`), 'invalid-shape', `A sample names entries by number: "${field}: [1, 3]".`)
    return undefined
  }
  const picked = new Set<T>()
  for (const [index, number] of numbers.entries()) {
    const line = sample.lineOf(`/${field}/${index}`)
    const entry = byNumber(number, entries, line, report)
    if (entry === undefined) return undefined
    if (picked.has(entry)) {
      report.error(line, 'duplicate', 'A sample names an entry once.')
      return undefined
    }
    picked.add(entry)
  }
  return [...picked]
}
