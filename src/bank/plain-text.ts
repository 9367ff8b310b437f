import { parseMarkdown } from './markdown-source.ts'
import type { Nodes } from 'mdast'
import { toString } from 'mdast-util-to-string'

/** What a reader sees of a Markdown text, one line a block. Measures are taken of this, not of the markup. */
export function plainText(markdown: string, without: ReadonlySet<Nodes['type']> = new Set()): string {
  return blocks(parseMarkdown(markdown), without).join('\n')
}

/** The words of a text, where code blocks count for nothing. */
export function countWords(markdown: string): number {
  return plainText(markdown, new Set(['code'])).match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0
}

function blocks(node: Nodes, without: ReadonlySet<Nodes['type']>): string[] {
  if (without.has(node.type)) return []
  if (LEAVES.has(node.type) || !('children' in node)) return [inline(node, without)]
  return node.children.flatMap((child) => blocks(child, without))
}

function inline(node: Nodes, without: ReadonlySet<Nodes['type']>): string {
  if (without.has(node.type)) return ''
  if (node.type === 'break') return ' '
  return 'children' in node ? node.children.map((child) => inline(child, without)).join('') : toString(node)
}

const LEAVES: ReadonlySet<Nodes['type']> = new Set(['paragraph', 'heading', 'tableCell'])
