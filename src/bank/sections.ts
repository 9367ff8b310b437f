import type { Reporter } from './finding.ts'
import { lineOf } from './markdown-source.ts'
import type { RootContent } from 'mdast'
import { toString } from 'mdast-util-to-string'

/** What stands under a heading. `line` is the heading's. */
export interface Section {
  readonly line: number
  readonly nodes: readonly RootContent[]
}

export interface Parted<Name extends string> {
  /** What comes before the first heading. */
  readonly before: readonly RootContent[]
  readonly sections: ReadonlyMap<Name, Section>
}

/**
 * Parts nodes at their headings of a depth, or of a lesser one. Headings in lists, quotes and code are none of these.
 * Reports names that are not known, and names that come twice.
 */
export function partAtHeadings<Name extends string>(
  nodes: readonly RootContent[],
  depth: number,
  names: readonly Name[],
  report: Reporter,
): Parted<Name> {
  const starts = nodes.flatMap((node, index) => (node.type === 'heading' && node.depth <= depth ? [index] : []))
  const sections = new Map<Name, Section>()
  for (const [order, start] of starts.entries()) {
    const heading = nodes[start]!
    const line = lineOf(heading)
    const title = toString(heading).trim()
    const name = names.find((known) => known === title)
    if (name === undefined) {
      const known = names.map((each) => `"${'#'.repeat(depth)} ${each}"`).join(', ')
      report.error(line, 'unknown-section', `"${title}" is no section here. Known: ${known}.`)
    } else if (sections.has(name)) {
      report.error(line, 'duplicate', `The section "${name}" comes earlier.`)
    } else {
      sections.set(name, { line, nodes: nodes.slice(start + 1, starts[order + 1]) })
    }
  }
  return { before: nodes.slice(0, starts[0]), sections }
}
