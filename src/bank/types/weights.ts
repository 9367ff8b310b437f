import type { Reporter } from '../finding.ts'
import type { WrittenEntry } from '../entries.ts'
import type { WrittenOption } from '../options.ts'
import { linesUnder } from '../yaml-fields.ts'
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
  ticked: { readonly choice: string | undefined } | { readonly choices: readonly string[] },
  options: readonly WrittenOption[],
  { fields, report }: QuestionSource,
): unknown {
  if (!('weights' in fields.value)) return ticked
  const weights = readWeights(fields.value['weights'], options, fields.lines.get('/weights') ?? 1, report)
  const values = options.map(({ id }) => valueOf(weights[id]))
  // Of weights that are none the document's schema says so.
  if (values.some(Number.isNaN)) return { weights }
  const most = Math.max(...values)
  for (const [index, { isRight, line }] of options.entries()) {
    const [takesOne, value] = ['choice' in ticked, values[index]!]
    if (isRight && (takesOne ? value < most : value <= 0)) {
      report.error(line, 'inconsistent', 'This option is ticked, and its weight is not what pays.')
    } else if (!isRight && !takesOne && value > 0) {
      report.error(line, 'inconsistent', 'This option pays: tick it.')
    }
  }
  return { weights }
}

/** Near enough for a comparison. What is no share the document's schema refuses. */
function valueOf(weight: unknown): number {
  const [numerator = 0, denominator = 1] = String(weight).split('/').map(Number)
  return numerator / denominator
}

/** The lines of weights, which the key has by option. `pointer` is where the front matter has them. */
export function weightLines(
  pointer: string,
  options: readonly WrittenEntry[],
  { fields }: QuestionSource,
  key = '/key',
): [pointer: string, line: number][] {
  return options.flatMap(({ id }, index) => linesUnder(fields.lines, `${pointer}/${index}`, `${key}/weights/${id}`))
}
