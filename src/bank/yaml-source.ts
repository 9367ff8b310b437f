import { isDecimal, toExact } from '../grading/decimal.ts'
import { toPointer } from '../grading/issue.ts'
import type { Reporter } from './finding.ts'
import type { Lines } from './places.ts'
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Scalar, visit } from 'yaml'

/** A YAML mapping: its value, and the line of everything in it. */
export interface YamlSource {
  readonly value: Readonly<Record<string, unknown>>
  readonly lines: Lines
}

/**
 * Reads YAML that is one mapping. Aliases are refused: nothing in a bank needs them, and they can unfold without end.
 * Reports what is wrong, and then gives null. `firstLine` is the line of the file on which the text starts.
 */
export function readYaml(text: string, firstLine: number, report: Reporter): YamlSource | null {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, stringKeys: true })
  const lineAt = (offset: number) => counter.linePos(offset).line + firstLine - 1
  const problems = [
    ...[...document.errors, ...document.warnings].map(({ pos, message }) => ({ line: lineAt(pos[0]), message })),
    ...findAliases(document).map((offset) => ({ line: lineAt(offset), message: 'Aliases are not allowed here' })),
  ]
  // One mistake makes the parser stumble more than once over a line.
  const firstOfLine = new Map(problems.toReversed().map(({ line, message }) => [line, message]))
  for (const [line, message] of firstOfLine) report.error(line, 'invalid-yaml', `${message}.`)
  if (problems.length > 0) return null
  if (!isMap(document.contents)) {
    report.error(firstLine, 'invalid-shape', 'Expected a YAML mapping: lines such as "name: value".')
    return null
  }
  visit(document, { Scalar: (_key, node) => keepDigits(node) })
  const lines = new Map([['', firstLine]])
  recordLines(document.contents, '', (pointer, offset) => lines.set(pointer, lineAt(offset)))
  const value: Record<string, unknown> = document.toJS()
  return { value, lines }
}

/** The value of a short YAML or JSON text, or undefined where it is neither. */
export function readYamlValue(text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false, stringKeys: true })
  return document.errors.length > 0 || findAliases(document).length > 0 ? undefined : document.toJS()
}

/** A number with more digits than JavaScript's numbers hold stays what the author wrote: a text. */
function keepDigits(node: Scalar): void {
  const { source, value } = node
  if (typeof value !== 'number' || source === undefined || !isDecimal(source) || !isDecimal(String(value))) return
  if (!toExact(source).equals(toExact(String(value)))) node.value = source
}

/** The offsets of aliases. */
function findAliases(document: Document): number[] {
  const offsets: number[] = []
  visit(document, { Alias: (_key, { range }) => void offsets.push(range?.[0] ?? 0) })
  return offsets
}

/** A member has the line of its key, an element of a list the line where it starts. */
function recordLines(node: unknown, pointer: string, record: (pointer: string, offset: number) => void): void {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue
      const member = pointer + toPointer([String(key.value)])
      record(member, key.range?.[0] ?? 0)
      recordLines(value, member, record)
    }
  } else if (isSeq(node)) {
    for (const [index, element] of node.items.entries()) {
      const member = `${pointer}/${index}`
      if ((isScalar(element) || isMap(element) || isSeq(element)) && !isAlias(element)) {
        record(member, element.range?.[0] ?? 0)
      }
      recordLines(element, member, record)
    }
  }
}
