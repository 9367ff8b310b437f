import type { Reporter } from './finding.ts'
import { lineOf, parseMarkdown, slice, sliceQuote } from './markdown-source.ts'
import type { Blockquote, Nodes } from 'mdast'

/** Cuts fields out of a question's file. Each is rendered alone later, so nothing in it may lean on another one. */
export interface Cut {
  readonly markdown: (nodes: readonly Nodes[], indent?: number) => string
  readonly quote: (quote: Blockquote) => string
  /** Checks Markdown that stands elsewhere, such as in the front matter, and is said to be on one line. */
  readonly check: (markdown: string, line: number) => void
}

export function cutFrom(text: string, report: Reporter): Cut {
  return {
    markdown: (nodes, indent) => {
      checkRendering(nodes, report)
      return slice(text, nodes, indent)
    },
    quote: (quote) => {
      checkRendering(quote.children, report)
      return sliceQuote(text, quote)
    },
    check: (markdown, line) => {
      const there = {
        ...report,
        error: (_line: number, code: string, message: string) => report.error(line, code, message),
      }
      checkRendering(parseMarkdown(markdown).children, there)
    },
  }
}

/** What would not come out on a learner's page as the author sees it here. */
function checkRendering(nodes: readonly Nodes[], report: Reporter): void {
  const all = nodes.flatMap(withDescendants)
  const defined = new Set(all.flatMap((node) => (node.type === 'definition' ? [node.identifier] : [])))
  for (const node of all) {
    if (node.type === 'footnoteReference' || node.type === 'footnoteDefinition') {
      report.error(lineOf(node), 'not-supported', 'Footnotes are not rendered: say it in the text.')
    }
    if (node.type === 'html') {
      report.error(
        lineOf(node),
        'raw-html',
        'HTML is not rendered: use Markdown, and put what only looks like HTML in backticks.',
      )
    }
    if ('url' in node && !SCHEMES[node.type].test(node.url)) {
      report.error(lineOf(node), 'link', `"${node.url}" leads nowhere on a learner's page: ${EXPECTED[node.type]}.`)
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

/** What leads anywhere from a learner's page. A definition can serve a link and an image. */
const SCHEMES = { link: /^(?:https?|mailto):/i, definition: /^(?:https?|mailto):/i, image: /^https?:/i }
const EXPECTED = {
  link: 'expected an https, http or mailto address',
  definition: 'expected an https, http or mailto address',
  image: 'expected an https or http address',
}

function withDescendants(node: Nodes): Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap(withDescendants)] : [node]
}
