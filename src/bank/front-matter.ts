import { toPointer } from '../grading/issue.ts'
import { ID_RULE, isId } from './entry-id.ts'
import { nameOf } from './bank-file.ts'
import type { Reporter } from './finding.ts'
import { lineOf } from './markdown-source.ts'
import { findWrittenForm, WRITTEN_TYPES } from './types/registry.ts'
import type { WrittenForm } from './types/written-form.ts'
import { readYaml, type YamlSource } from './yaml-source.ts'
import type { RootContent } from 'mdast'

/** Front matter that goes into the document as it is; the document's own schema judges it. */
export const PLAIN_FIELDS = ['section', 'type', 'points', 'shuffle', 'scoring'] as const
const OTHER_FIELDS = ['id', 'samples'] as const

/** Reads the front matter of a question's file. Reports what is wrong, and gives null where there is none to read. */
export function readFrontMatter(node: RootContent | undefined, report: Reporter): YamlSource | null {
  if (node?.type === 'yaml') return readYaml(node.value, lineOf(node) + 1, report)
  report.error(1, 'missing-front-matter', 'The file starts with front matter: YAML between two lines of "---".')
  return null
}

/** The question's id: the file's name without its number, or what the front matter says. */
export function readId(fields: YamlSource, report: Reporter): string | null {
  const name = nameOf(report.path).replace(/\.md$/, '')
  const id = fields.value['id'] ?? name.replace(/^\d+(?:[-_. ]|$)/, '')
  if (typeof id === 'string' && isId(id)) return id
  const source = fields.lines.has('/id') ? 'The id' : "The file's name without its number"
  report.error(fields.lines.get('/id') ?? 1, 'invalid-id', `${source} is no id: ${ID_RULE}.`)
  return null
}

/** How the question is written, by its type. */
export function readForm(fields: YamlSource, report: Reporter): WrittenForm | null {
  const type = fields.value['type']
  const form = findWrittenForm(type)
  if (form !== undefined) return form
  const line = fields.lines.get('/type') ?? 1
  report.error(line, 'unknown-type', `A question has a type: ${WRITTEN_TYPES.join(', ')}.`)
  return null
}

export function checkFields(fields: YamlSource, form: WrittenForm, report: Reporter): void {
  const known = new Set<string>([...OTHER_FIELDS, ...PLAIN_FIELDS, ...form.fields])
  for (const name of Object.keys(fields.value).filter((field) => !known.has(field))) {
    const line = fields.lines.get(toPointer([name])) ?? 1
    report.error(line, 'unknown-field', `"${name}" is no field of a ${form.type} question.`)
  }
}
