import { deriveId } from './entry-id.ts'
import type { Cut } from './cut.ts'
import { boxEnd, contentIndent } from './list-item.ts'
import { lineOf, positionOf } from './markdown-source.ts'
import { takePin } from './pinned-id.ts'
import type { QuestionSource } from './types/written-form.ts'
import type { List, ListItem, RootContent } from 'mdast'

/** An option as it was written. */
export interface WrittenOption {
  readonly id: string
  readonly isPinned: boolean
  readonly isRight: boolean
  readonly text: string
  readonly feedback: string
  readonly line: number
}

export interface WrittenOptions {
  /** The nodes before the options. */
  readonly prompt: readonly RootContent[]
  readonly options: readonly WrittenOption[]
  /** The line of the first option. */
  readonly line: number
}

/** Reads a body that ends in a task list, its options. Reports what is wrong, and gives null where there is no list. */
export async function readOptions(source: QuestionSource): Promise<WrittenOptions | null> {
  const { body, report } = source
  const index = body.findLastIndex(isTaskList)
  const list = body[index]
  if (list?.type !== 'list') {
    report.error(source.line, 'no-options', 'The prompt is followed by a list of options: "- [ ] …" and "- [x] …".')
    return null
  }
  const prompt = body.slice(0, index)
  const after = body[index + 1]
  if (after !== undefined) {
    report.error(lineOf(after), 'misplaced-text', 'After the options comes a section, such as "## Explanation".')
  }
  for (const earlier of prompt.filter(isTaskList)) {
    report.error(lineOf(earlier), 'misplaced-text', 'The options are one list, and here is another one with boxes.')
  }
  return {
    prompt,
    options: await Promise.all(list.children.map((item) => readOption(item, source))),
    line: lineOf(list),
  }
}

function isTaskList(node: RootContent): node is List {
  return node.type === 'list' && node.children.some((item) => typeof item.checked === 'boolean')
}

async function readOption(item: ListItem, { question, text, cut, report }: QuestionSource): Promise<WrittenOption> {
  const line = lineOf(item)
  const quoteIndex = item.children.findIndex((child) => child.type === 'blockquote')
  const content = item.children.slice(0, quoteIndex < 0 ? undefined : quoteIndex)
  const quote = item.children[quoteIndex]
  const after = quote && item.children[quoteIndex + 1]
  if (typeof item.checked !== 'boolean') {
    report.error(line, 'no-box', 'An option starts with "[ ]" or "[x]" and a text behind it.')
  }
  if (after !== undefined) {
    report.error(lineOf(after), 'misplaced-text', "An option's feedback is one block quote, and the last thing in it.")
  }
  const feedback = quote?.type === 'blockquote' ? cut.quote(quote) : ''
  if (feedback === '') {
    report.error(line, 'no-feedback', 'An option has feedback: a block quote in its list item.')
  }
  const pinned = takePin(withoutBox(item, content, text, cut), content, text, report)
  return {
    id: pinned.id ?? (await deriveId(question, pinned.text)),
    isPinned: pinned.id !== null,
    isRight: item.checked === true,
    text: pinned.text,
    feedback,
    line,
  }
}

function withoutBox(item: ListItem, content: ListItem['children'], text: string, cut: Cut): string {
  const [first] = content
  const markdown = cut.markdown(content, contentIndent(text, item))
  if (first === undefined || typeof item.checked !== 'boolean') return markdown
  return markdown.slice(Math.max(0, boxEnd(text, item) - positionOf(first).start)).trimStart()
}
