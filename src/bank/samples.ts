import { toPointer } from '../grading/issue.ts'
import type { Reporter } from './finding.ts'
import { isRecord } from './record.ts'
import type { ReadBody, WrittenForm, WrittenSample } from './types/written-form.ts'
import { linesUnder } from './yaml-fields.ts'
import type { YamlSource } from './yaml-source.ts'

/** A sample of the document: a response, and the share of the points that its author says it earns. */
export interface Sample {
  readonly response: unknown
  readonly fraction: unknown
}

/** Reads `samples`. Whether they earn what they claim is found by grading them, when the whole document is checked. */
export function readSamples(
  { value, lines }: YamlSource,
  form: WrittenForm,
  body: ReadBody,
  report: Reporter,
): { samples: Sample[]; lines: [pointer: string, line: number][] } {
  const line = lines.get('/samples') ?? 1
  const written: unknown = value['samples'] ?? []
  if (!Array.isArray(written)) {
    report.error(line, 'invalid-shape', 'Samples are a list of "choose: [1]" with "earns: 1" and the like.')
    return { samples: [], lines: [] }
  }
  const samples: Sample[] = []
  const sampleLines: [string, number][] = [['/samples', line]]
  for (const [index, entry] of written.entries()) {
    const pointer = `/samples/${index}`
    const lineOf = (inside: string) => lines.get(pointer + inside) ?? lines.get(pointer) ?? line
    if (!isRecord(entry)) {
      report.error(lineOf(''), 'invalid-shape', 'A sample says a response, and what it earns.')
      continue
    }
    const sample = readSample({ value: entry, lineOf }, form, body, report)
    const [field = ''] = form.sampleFields
    sampleLines.push(
      [`/samples/${samples.length}`, lineOf('')],
      [`/samples/${samples.length}/response`, lineOf(`/${field}`)],
      ...form.sampleFields.flatMap((each) =>
        linesUnder(lines, `${pointer}/${each}`, `/samples/${samples.length}/response/${each}`),
      ),
      [`/samples/${samples.length}/fraction`, lineOf('/earns')],
    )
    samples.push(sample)
  }
  if (!samples.some((sample) => isWhole(sample.fraction))) {
    report.error(line, 'no-full-sample', 'One sample earns everything: "earns: 1".')
  }
  return { samples, lines: sampleLines }
}

function readSample(sample: WrittenSample, form: WrittenForm, body: ReadBody, report: Reporter): Sample {
  const known = [...form.sampleFields, 'earns']
  for (const name of Object.keys(sample.value).filter((field) => !known.includes(field))) {
    const line = sample.lineOf(toPointer([name]))
    report.error(line, 'unknown-field', `A sample has ${known.join(' and ')}, and no "${name}".`)
  }
  const { earns } = sample.value
  if (typeof earns !== 'number' && typeof earns !== 'string') {
    report.error(sample.lineOf('/earns'), 'invalid-shape', 'A sample says what it earns: 1, 0.5 or 1/3.')
  }
  return { response: body.respond(sample), fraction: typeof earns === 'number' ? String(earns) : earns }
}

function isWhole(fraction: unknown): boolean {
  return typeof fraction === 'string' && /^(?:1|([1-9]\d*)\/\1)$/.test(fraction)
}
