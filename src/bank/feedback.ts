import type { Cut } from './cut.ts'
import type { Reporter } from './finding.ts'
import { lineOf } from './markdown-source.ts'
import { partAtHeadings, type Section } from './sections.ts'

/** The word about the whole response, by its verdict. */
export interface VerdictFeedback {
  correct?: string
  partiallyCorrect?: string
  incorrect?: string
}

const HEADINGS = { Correct: 'correct', 'Partially correct': 'partiallyCorrect', Incorrect: 'incorrect' } as const
const TITLES = ['Correct', 'Partially correct', 'Incorrect'] as const

/** The section `Feedback`: a text under each of its headings. */
export function readFeedback(
  section: Section,
  cut: Cut,
  report: Reporter,
): { feedback: VerdictFeedback; lines: [pointer: string, line: number][] } {
  const { before, sections } = partAtHeadings(section.nodes, 3, TITLES, report)
  const [stray] = before
  if (stray !== undefined) {
    report.error(lineOf(stray), 'misplaced-text', 'Feedback stands under "### Correct" and its like.')
  } else if (sections.size === 0) {
    report.error(section.line, 'empty-section', 'Feedback needs a heading such as "### Correct".')
  }
  const feedback: VerdictFeedback = {}
  const lines: [string, number][] = []
  for (const [title, { line, nodes }] of sections) {
    if (nodes.length === 0) report.error(line, 'empty-section', `Nothing stands under "### ${title}".`)
    feedback[HEADINGS[title]] = cut.markdown(nodes)
    lines.push([`/feedback/${HEADINGS[title]}`, line])
  }
  return { feedback, lines }
}
