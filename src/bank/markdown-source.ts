import type { Blockquote, Nodes, Root } from 'mdast'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter, ['yaml']).freeze()

export function parseMarkdown(text: string): Root {
  return parser.parse(text)
}

/** Where a node starts and ends in the text that it was parsed from. Offsets count from 0, lines and columns from 1. */
export function positionOf(node: Nodes): { start: number; end: number; line: number; column: number } {
  const { start, end } = node.position ?? {}
  if (start?.offset === undefined || end?.offset === undefined) throw new Error('A parsed node has no position.')
  return { start: start.offset, end: end.offset, line: start.line, column: start.column }
}

export function lineOf(node: Nodes): number {
  return positionOf(node).line
}

/**
 * The author's own text of some neighbouring nodes, never one that was written anew from the tree. `indent` is the number
 * of columns that the container of the nodes takes from the start of each line.
 */
export function slice(text: string, nodes: readonly Nodes[], indent = 0): string {
  const [first, last] = [nodes.at(0), nodes.at(-1)]
  if (first === undefined || last === undefined) return ''
  const { start } = positionOf(first)
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const isWholeLine = text.slice(lineStart, start).trim() === ''
  const lines = text.slice(isWholeLine ? lineStart : start, positionOf(last).end).split('\n')
  return lines
    .map((line, index) => (index === 0 && !isWholeLine ? line : dedent(line, indent)))
    .join('\n')
    .trimEnd()
}

/** What stands inside a block quote: its lines without their marker and the one space that belongs to it. */
export function sliceQuote(text: string, quote: Blockquote): string {
  const lines = slice(text, [quote]).split('\n')
  return lines
    .map((line) => line.replace(/^[ \t]*>? ?/, ''))
    .join('\n')
    .trim()
}

/** Takes up to that many columns of white space from a line. A tab reaches to the next multiple of four (CommonMark 2.2). */
function dedent(line: string, columns: number): string {
  let column = 0
  let index = 0
  while (column < columns && (line[index] === ' ' || line[index] === '\t')) {
    column += line[index] === '\t' ? TAB - (column % TAB) : 1
    index++
  }
  return ' '.repeat(Math.max(0, column - columns)) + line.slice(index)
}

const TAB = 4
