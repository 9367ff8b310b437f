import type { Cut } from './cut.ts'
import type { Reporter } from './finding.ts'
import { contentIndent } from './list-item.ts'
import { lineOf } from './markdown-source.ts'
import type { Section } from './sections.ts'

/** The section `Hints`: a list with one hint an item. */
export function readHints(
  section: Section,
  text: string,
  cut: Cut,
  report: Reporter,
): { hints: string[]; lines: [pointer: string, line: number][] } {
  const [list, more] = section.nodes
  if (list?.type !== 'list') {
    report.error(section.line, 'empty-section', 'Hints are a list with one hint an item.')
    return { hints: [], lines: [] }
  }
  if (more !== undefined) report.error(lineOf(more), 'misplaced-text', 'Hints are one list, and nothing else.')
  return {
    hints: list.children.map((item) => cut.markdown(item.children, contentIndent(text, item)).trim()),
    lines: list.children.map((item, index) => [`/hints/${index}`, lineOf(item)]),
  }
}
