import type { Reporter } from './finding.ts'
import { lineOf, slice, sliceQuote } from './markdown-source.ts'
import type { Blockquote, Nodes } from 'mdast'

/** Cuts fields out of a question's file. Each is rendered alone later, so nothing in it may lean on another one. */
export interface Cut {
  readonly markdown: (nodes: readonly Nodes[], indent?: number) => string
  readonly quote: (quote: Blockquote) => string
}

export function cutFrom(text: string, report: Reporter): Cut {
  return {
    markdown: (nodes, indent) => {
      checkReferences(nodes, report)
      return slice(text, nodes, indent)
    },
    quote: (quote) => {
      checkReferences(quote.children, report)
      return sliceQuote(text, quote)
    },
  }
}

function checkReferences(nodes: readonly Nodes[], report: Reporter): void {
  const all = nodes.flatMap(withDescendants)
  const defined = new Set(all.flatMap((node) => (node.type === 'definition' ? [node.identifier] : [])))
  for (const node of all) {
    if (node.type === 'footnoteReference' || node.type === 'footnoteDefinition') {
      report.error(lineOf(node), 'not-supported', 'Footnotes are not rendered: say it in the text.')
    }
    if ((node.type === 'linkReference' || node.type === 'imageReference') && !defined.has(node.identifier)) {
      report.error(
        lineOf(node),
        'dangling-link',
        `"${node.label ?? node.identifier}" is defined in another part of the file, and each part is rendered alone: write the address here.`,
      )
    }
  }
}

function withDescendants(node: Nodes): Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap(withDescendants)] : [node]
}
