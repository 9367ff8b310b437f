import type { Reporter } from '../finding.ts'
import type { WrittenEntry } from '../entries.ts'
import type { WrittenOption } from '../options.ts'
import type { QuestionSource } from './written-form.ts'

/** `weights: [1, 1/2, 0, -1/3]`, one an option in the order of the file. Reports what is wrong; the document's schema says the rest. */
export function readWeights(
  written: unknown,
  options: readonly WrittenEntry[],
  line: number,
  report: Reporter,
): Record<string, unknown> {
  const weights: readonly unknown[] = Array.isArray(written) ? written : []
  if (weights.length !== options.length) {
    report.error(line, 'invalid-shape', `Expected ${options.length} weights, one an option: "weights: [1, -1/3]".`)
  }
  return Object.fromEntries(options.map(({ id }, index) => [id, weights[index]]))
}

/** The key of a choice: what is ticked, or the weights of the front matter, which have to agree with it. */
export function choiceKey(
  ticked: unknown,
  options: readonly WrittenOption[],
  { fields, report }: QuestionSource,
): unknown {
  if (!('weights' in fields.value)) return ticked
  const line = fields.lines.get('/weights') ?? 1
  const weights = readWeights(fields.value['weights'], options, line, report)
  for (const option of options) {
    const pays = Number.parseFloat(String(weights[option.id])) > 0
    if (option.isRight && !pays)
      report.error(option.line, 'inconsistent', 'This option is ticked, and its weight does not pay.')
  }
  return { weights }
}
