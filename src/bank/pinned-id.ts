import { ID_RULE, isId } from './entry-id.ts'
import type { Reporter } from './finding.ts'
import { lineOf, slice } from './markdown-source.ts'
import type { RootContent } from 'mdast'

const PIN = /\s*(?<!\\)\{#([^{}]*)\}$/

/** Parts the text of an option from the id that is pinned at its end: `Text {#id}`. The id is null where there is none. */
export function takePin(
  text: string,
  content: readonly RootContent[],
  file: string,
  report: Reporter,
): { text: string; id: string | null } {
  const last = content.at(-1)
  for (const node of content.filter((each) => each !== last && endsInPin(each, file))) {
    report.error(lineOf(node), 'misplaced-text', 'A pinned id stands at the very end of the text of its option.')
  }
  const pin = last && endsInPin(last, file) ? PIN.exec(text) : null
  if (!last || pin === null) return { text, id: null }
  const id = pin[1] ?? ''
  if (!isId(id)) report.error(lineOf(last), 'invalid-id', `"${id}" is no id: ${ID_RULE}.`)
  return { text: text.slice(0, pin.index), id }
}

/** A pin in code is code. */
function endsInPin(node: RootContent, file: string): boolean {
  return node.type === 'paragraph' && node.children.at(-1)?.type === 'text' && PIN.test(slice(file, [node]))
}
