import { deriveId } from './entry-id.ts'
import { contentIndent } from './list-item.ts'
import { lineOf } from './markdown-source.ts'
import { takePin } from './pinned-id.ts'
import type { QuestionSource } from './types/written-form.ts'
import type { ListItem } from 'mdast'

/** An option, item or prompt as it was written. */
export interface WrittenEntry {
  readonly id: string
  readonly isPinned: boolean
  readonly text: string
  /** Empty where there is none. */
  readonly feedback: string
  readonly line: number
}

/**
 * Reads an item of a list: its text, and behind it a block quote, which is its feedback. `textOf` takes away what stands
 * before the text.
 */
export async function readEntry(
  item: ListItem,
  { question, text, cut, report }: QuestionSource,
  textOf: (markdown: string, content: ListItem['children']) => string = (markdown) => markdown,
): Promise<WrittenEntry> {
  const quoteIndex = item.children.findIndex((child) => child.type === 'blockquote')
  const content = item.children.slice(0, quoteIndex < 0 ? undefined : quoteIndex)
  const quote = item.children[quoteIndex]
  const after = quote && item.children[quoteIndex + 1]
  if (after !== undefined) {
    report.error(lineOf(after), 'misplaced-text', 'Feedback is one block quote, and the last thing in its list item.')
  }
  const feedback = quote?.type === 'blockquote' ? cut.quote(quote) : ''
  const pinned = takePin(textOf(cut.markdown(content, contentIndent(text, item)), content), content, text, report)
  return {
    id: pinned.id ?? (await deriveId(question, pinned.text)),
    isPinned: pinned.id !== null,
    text: pinned.text,
    feedback,
    line: lineOf(item),
  }
}

/** An entry as the document has it. */
export function toMember({ id, text, feedback }: WrittenEntry): { id: string; text: string; feedback?: string } {
  return feedback === '' ? { id, text } : { id, text, feedback }
}
