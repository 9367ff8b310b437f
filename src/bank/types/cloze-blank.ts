import { toPointer } from '../../grading/issue.ts'
import { byNumber } from '../by-number.ts'
import { toMember, type WrittenEntry } from '../entries.ts'
import { deriveId } from '../entry-id.ts'
import { isRecord, pick } from '../record.ts'
import { checkAnswerFeedback, nearestLine } from '../yaml-fields.ts'
import { ACCEPTED_TEXT_FIELDS } from './short-text.ts'
import { readWeights } from './weights.ts'
import type { QuestionSource } from './written-form.ts'

/** A blank as the front matter describes it. */
export interface WrittenBlank {
  readonly id: string
  /** The blank of the document. */
  readonly member: Readonly<Record<string, unknown>>
  readonly key: unknown
  readonly options: readonly WrittenEntry[]
  /** The text that stands for what a sample fills in. */
  readonly toValue: (written: unknown, line: number) => unknown
}

/** What each type of blank has: in public, and in its key. */
const FIELDS: Readonly<Record<string, { readonly open: readonly string[]; readonly key: readonly string[] }>> = {
  'short-text': { open: ['maxLength'], key: [...ACCEPTED_TEXT_FIELDS, 'weight'] },
  numeric: { open: ['decimalComma'], key: ['answers', 'weight'] },
  'single-choice': { open: ['options'], key: ['choice', 'weights', 'weight'] },
}

export async function readBlank(id: string, written: unknown, source: QuestionSource): Promise<WrittenBlank> {
  const { fields, report } = source
  const pointer = `/blanks${toPointer([id])}`
  const lineAt = (inside: string) => nearestLine(fields.lines, pointer + inside)
  const type = isRecord(written) ? String(written['type']) : ''
  const known = Object.hasOwn(FIELDS, type) ? FIELDS[type] : undefined
  if (!isRecord(written) || known === undefined) {
    report.error(lineAt('/type'), 'unknown-type', `A blank has a type: ${Object.keys(FIELDS).join(', ')}.`)
    return { id, member: { id }, key: undefined, options: [], toValue: () => undefined }
  }
  for (const name of Object.keys(written).filter((each) => !['type', ...known.open, ...known.key].includes(each))) {
    report.error(lineAt(toPointer([name])), 'unknown-field', `"${name}" is no field of a ${type} blank.`)
  }
  if (type === 'single-choice') return readChoice(id, written, source, lineAt)
  checkAnswerFeedback(source, written['answers'], `${pointer}/answers`)
  return {
    id,
    member: { id, type, ...pick(written, known.open) },
    key: pick(written, known.key),
    options: [],
    toValue: (value) => (typeof value === 'number' ? String(value) : value),
  }
}

/** `options: [text, { text, id?, feedback? }]` with `choice: 2`, or with `weights: [0, 1]`. */
async function readChoice(
  id: string,
  written: Readonly<Record<string, unknown>>,
  source: QuestionSource,
  lineAt: (inside: string) => number,
): Promise<WrittenBlank> {
  const { report } = source
  const listed: unknown = written['options']
  if (!Array.isArray(listed)) report.error(lineAt('/options'), 'no-options', 'A choice has a list of options.')
  const options = await Promise.all(
    (Array.isArray(listed) ? listed : []).map((option: unknown, index) =>
      readBlankOption(`${source.question}/${id}`, option, (inside) => lineAt(`/options/${index}${inside}`), source),
    ),
  )
  const { choice, weight, weights } = written
  if (choice !== undefined && weights !== undefined) {
    report.error(lineAt('/choice'), 'inconsistent', 'A choice has one right option or weights, not both.')
  }
  const chosen = weights === undefined ? byNumber(choice, options, lineAt('/choice'), report) : undefined
  const grading =
    weights === undefined
      ? { choice: chosen?.id }
      : { weights: readWeights(weights, options, lineAt('/weights'), report) }
  return {
    id,
    member: { id, type: 'single-choice', options: options.map(toMember) },
    key: weight === undefined ? grading : { ...grading, weight },
    options,
    toValue: (value, line) => byNumber(value, options, line, report)?.id,
  }
}

async function readBlankOption(
  owner: string,
  written: unknown,
  lineAt: (inside: string) => number,
  { cut, report }: QuestionSource,
): Promise<WrittenEntry> {
  const { text, id, feedback, ...others } = isRecord(written) ? written : { text: written }
  for (const name of Object.keys(others)) {
    report.error(lineAt(toPointer([name])), 'unknown-field', `"${name}" is no field of an option.`)
  }
  for (const [name, value] of Object.entries({ text, id, feedback })) {
    if (typeof value === 'string') {
      if (name !== 'id') cut.check(value, lineAt(`/${name}`))
    } else if (value !== undefined || name === 'text') {
      report.error(lineAt(`/${name}`), 'invalid-shape', `The ${name} of an option is a text: put it in quotes.`)
    }
  }
  const markdown = String(text)
  return {
    id: typeof id === 'string' ? id : await deriveId(owner, markdown),
    isPinned: typeof id === 'string',
    text: markdown,
    feedback: typeof feedback === 'string' ? feedback : '',
    line: lineAt(''),
  }
}
