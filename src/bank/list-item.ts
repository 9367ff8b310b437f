import { positionOf } from './markdown-source.ts'
import type { ListItem } from 'mdast'

/** The columns that a list item takes from the lines of its content: those up to the first character after its marker. */
export function contentIndent(text: string, item: ListItem): number {
  return positionOf(item).column - 1 + markerOf(text, item).length
}

/** The offset behind the box of a task list's item. The tree does not say it: some of its paragraphs still hold the box. */
export function boxEnd(text: string, item: ListItem): number {
  return positionOf(item).start + markerOf(text, item).length + '[x]'.length
}

function markerOf(text: string, item: ListItem): string {
  return /^(?:[-+*]|\d{1,9}[.)])[ \t]*/.exec(text.slice(positionOf(item).start))?.[0] ?? ''
}
