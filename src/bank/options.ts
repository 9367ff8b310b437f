import { readEntry, type WrittenEntry } from './entries.ts'
import { boxEnd } from './list-item.ts'
import { lineOf, positionOf } from './markdown-source.ts'
import type { QuestionSource } from './types/written-form.ts'
import type { List, ListItem, RootContent } from 'mdast'

/** An option as it was written. */
export interface WrittenOption extends WrittenEntry {
  readonly isRight: boolean
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

async function readOption(item: ListItem, source: QuestionSource): Promise<WrittenOption> {
  const { text, report } = source
  const entry = await readEntry(item, source, (markdown, content) => withoutBox(markdown, item, content, text))
  if (typeof item.checked !== 'boolean') {
    report.error(entry.line, 'no-box', 'An option starts with "[ ]" or "[x]" and a text behind it.')
  }
  if (entry.feedback === '') {
    report.error(entry.line, 'no-feedback', 'An option has feedback: a block quote in its list item.')
  }
  return { ...entry, isRight: item.checked === true }
}

function withoutBox(markdown: string, item: ListItem, [first]: ListItem['children'], text: string): string {
  if (first === undefined || typeof item.checked !== 'boolean') return markdown
  return markdown.slice(Math.max(0, boxEnd(text, item) - positionOf(first).start)).trimStart()
}
