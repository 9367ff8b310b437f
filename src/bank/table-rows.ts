import type { WrittenEntry } from './entries.ts'
import { deriveId } from './entry-id.ts'
import { lineOf } from './markdown-source.ts'
import { takePin } from './pinned-id.ts'
import type { QuestionSource } from './types/written-form.ts'
import type { Paragraph, Table, TableCell } from 'mdast'

/** A row of a matching table. The prompt is null where its cell is empty. */
export interface Row {
  readonly prompt: WrittenEntry | null
  readonly option: WrittenEntry
}

/**
 * Reads the rows of a table of two columns, or three, of which the third is feedback on the prompt. The header is the
 * author's. Reports what is wrong, and gives null where a row has no option.
 */
export async function readRows(table: Table, source: QuestionSource): Promise<Row[] | null> {
  const { report } = source
  const [header, ...rows] = table.children
  const columns = header?.children.length ?? 0
  if (columns < 2 || columns > 3) {
    report.error(lineOf(table), 'invalid-shape', 'Expected two columns: prompt and option; a third one is feedback.')
  }
  const read = await Promise.all(
    rows.map(async ({ children: [promptCell, optionCell, feedbackCell] }) => {
      const line = lineOf(promptCell ?? optionCell ?? table)
      const [prompt, option] = await Promise.all([
        readCell(promptCell, line, source),
        readCell(optionCell, line, source),
      ])
      const feedback = feedbackCell ? cut(feedbackCell, source) : ''
      if (option === null) report.error(line, 'no-option', 'A row has an option in its second column.')
      if (prompt === null && feedback !== '')
        report.error(line, 'misplaced-text', 'Feedback is on a prompt: here is none.')
      return option && { prompt: prompt && { ...prompt, feedback }, option }
    }),
  )
  const whole = read.filter((row) => row !== null)
  return whole.length === read.length ? whole : null
}

async function readCell(
  cell: TableCell | undefined,
  line: number,
  source: QuestionSource,
): Promise<WrittenEntry | null> {
  const paragraph = cell && asParagraph(cell)
  if (!paragraph) return null
  const markdown = source.cut.markdown(paragraph.children)
  const pinned = takePin(markdown, [paragraph], source.text, source.report)
  const text = unescapePipes(pinned.text).trim()
  return {
    id: pinned.id ?? (await deriveId(source.question, text)),
    isPinned: pinned.id !== null,
    text,
    feedback: '',
    line,
  }
}

function cut(cell: TableCell, source: QuestionSource): string {
  return unescapePipes(source.cut.markdown(cell.children)).trim()
}

/** A cell as the paragraph that it will be: its own position includes the pipes around it. */
function asParagraph(cell: TableCell): Paragraph | null {
  const [start, end] = [cell.children[0]?.position?.start, cell.children.at(-1)?.position?.end]
  return start && end ? { type: 'paragraph', children: cell.children, position: { start, end } } : null
}

/** In a table a pipe is escaped, also in code. Outside one it is a pipe. */
function unescapePipes(markdown: string): string {
  return markdown.replaceAll(String.raw`\|`, '|')
}
