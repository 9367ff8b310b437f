import { normaliseText, type BankFile } from './bank-file.ts'
import { cutFrom } from './cut.ts'
import type { WrittenEntry } from './entries.ts'
import { readFeedback, type VerdictFeedback } from './feedback.ts'
import { type Finding, type Reporter, reportTo } from './finding.ts'
import { checkFields, PLAIN_FIELDS, readForm, readFrontMatter, readId } from './front-matter.ts'
import { readHints } from './hints.ts'
import { lineOf, parseMarkdown } from './markdown-source.ts'
import type { Lines } from './places.ts'
import { pick } from './record.ts'
import { readSamples } from './samples.ts'
import { type Parted, partAtHeadings } from './sections.ts'
import type { Choice, QuestionSource, ReadBody, WrittenForm } from './types/written-form.ts'

/** A question's file, read. */
export interface ReadQuestion {
  readonly path: string
  readonly id: string
  /** The line that says the id. */
  readonly line: number
  readonly findings: readonly Finding[]
  /** Null where something is wrong. */
  readonly content: QuestionContent | null
}

export interface QuestionContent {
  readonly type: string
  /** The question of the quiz document. */
  readonly document: Readonly<Record<string, unknown>>
  /** The lines of the document's parts, by JSON pointer from the question. */
  readonly lines: Lines
  /** The response that a sample's fields stand for, such as `choose: [1]`, and what is wrong with them. */
  readonly respond: (fields: Readonly<Record<string, unknown>>) => { response: unknown; problems: string[] }
  readonly choices: readonly Choice[]
  readonly entries: readonly WrittenEntry[]
  readonly tellingOrder: readonly WrittenEntry[]
  readonly explanation: { readonly markdown: string; readonly line: number }
}

const SECTIONS = ['Hints', 'Feedback', 'Explanation'] as const
type Sections = Parted<(typeof SECTIONS)[number]>['sections']

/** Reads one question. A file whose id cannot be told gives its findings alone. */
export async function readQuestion(file: BankFile): Promise<ReadQuestion> {
  const findings: Finding[] = []
  const report = reportTo(findings, file.path)
  const text = normaliseText(file.text)
  const [first, ...nodes] = parseMarkdown(text).children
  const fields = readFrontMatter(first, report)
  const id = fields && readId(fields, report)
  const form = fields && readForm(fields, report)
  const unread = { path: file.path, id: id ?? '', line: fields?.lines.get('/id') ?? 1, findings, content: null }
  if (!fields || !form) return unread
  checkFields(fields, form, report)
  const { before: body, sections } = partAtHeadings(nodes, 2, SECTIONS, report)
  const line = body[0] ? lineOf(body[0]) : 1
  const cut = cutFrom(text, report)
  const source = { question: id ?? '', text, body, line, fields, cut, report }
  const content = await readContent(source, form, sections, findings)
  return { ...unread, content: findings.length > 0 ? null : content }
}

async function readContent(
  source: QuestionSource,
  form: WrittenForm,
  sections: Sections,
  findings: Finding[],
): Promise<QuestionContent | null> {
  const { text, fields, cut, report, line } = source
  const explanation = sections.get('Explanation')
  if (explanation === undefined || explanation.nodes.length === 0) {
    report.error(explanation?.line ?? 1, 'no-explanation', 'A question has an explanation under "## Explanation".')
  }
  const hintSection = sections.get('Hints')
  const hints = hintSection && readHints(hintSection, text, cut, report)
  const body = await form.read(source)
  const feedback = readVerdictFeedback(sections, body, source)
  if (body === null) return null
  if (body.prompt.length === 0) report.error(line, 'no-prompt', 'A question has a prompt above its answers.')
  const { samples, lines: sampleLines } = readSamples(fields, form, body, report)
  const markdown = cut.markdown(explanation?.nodes ?? [])
  return {
    type: form.type,
    document: {
      id: source.question,
      ...pick(fields.value, PLAIN_FIELDS),
      prompt: cut.markdown(body.prompt),
      ...body.members,
      explanation: markdown,
      ...(feedback && { feedback: feedback.feedback }),
      ...(hints && { hints: hints.hints }),
      samples,
    },
    lines: new Map([
      ...fields.lines,
      ['', 1],
      ['/prompt', line],
      ['/explanation', explanation?.line ?? 1],
      ...(hints?.lines ?? []),
      ...(feedback?.lines ?? []),
      ...body.lines,
      ...sampleLines,
    ]),
    respond(value) {
      const start = findings.length
      const response = body.respond({ value, lineOf: () => 1 })
      return { response, problems: findings.splice(start).map(({ message }) => message) }
    },
    choices: body.choices,
    entries: body.entries,
    tellingOrder: body.tellingOrder ?? [],
    explanation: { markdown, line: explanation?.line ?? 1 },
  }
}

function readVerdictFeedback(
  sections: Sections,
  body: ReadBody | null,
  { cut, report }: { cut: QuestionSource['cut']; report: Reporter },
): { feedback: VerdictFeedback; lines: [pointer: string, line: number][] } | undefined {
  const section = sections.get('Feedback')
  const written = section && readFeedback(section, cut, report)
  if (body?.feedback === undefined) return written
  if (section && written && Object.keys(written.feedback).some((verdict) => verdict in (body.feedback ?? {}))) {
    report.error(section.line, 'inconsistent', "The options' own feedback says this already.")
  }
  return { feedback: { ...written?.feedback, ...body.feedback }, lines: written?.lines ?? [] }
}
