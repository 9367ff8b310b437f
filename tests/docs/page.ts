import { readFileSync } from 'node:fs'
import type { Nodes, RootContent, Table as TableNode } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { parseMarkdown } from '../../src/bank/markdown-source.ts'

/** A page of documentation as a test reads it: what is fenced, and its tables. */
export interface Page {
  readonly fences: readonly Fence[]
  readonly tables: readonly Table[]
  /** The JSON in the items that say what a duplicate is. */
  readonly duplicates: readonly string[]
  /** The addresses of its links. */
  readonly links: readonly string[]
  /** What stands in backticks anywhere. */
  readonly codes: readonly string[]
}

export interface Fence {
  readonly language: string
  readonly text: string
  /** The paragraph before it. */
  readonly label: Cell
}

export interface Table {
  /** The headings that it stands under, outermost first. */
  readonly headings: readonly string[]
  readonly columns: readonly string[]
  /** The cells of each row by the name of their column. */
  readonly rows: readonly Readonly<Record<string, Cell>>[]
}

export interface Cell {
  readonly text: string
  /** What stands in backticks. */
  readonly codes: readonly string[]
}

export const FOLDER = 'docs/types'

export function readPage(name: string, folder = FOLDER): Page {
  const nodes = parseMarkdown(readFileSync(`${folder}/${name}.md`, 'utf8')).children
  const all = nodes.flatMap(withDescendants)
  return {
    fences: nodes.flatMap((node, index) =>
      node.type === 'code' ? [{ language: node.lang ?? '', text: node.value, label: toCell(nodes[index - 1]) }] : [],
    ),
    tables: nodes.flatMap((node, index) =>
      node.type === 'table' ? [toTable(node, headingsOf(nodes.slice(0, index)))] : [],
    ),
    duplicates: all
      .filter((node) => node.type === 'listItem' && toString(node).startsWith('A response is a duplicate when'))
      .flatMap((node) => toCell(node).codes.filter((code) => code.startsWith('{'))),
    links: all.flatMap((node) => (node.type === 'link' ? [node.url] : [])),
    codes: all.flatMap((node) => (node.type === 'inlineCode' ? [node.value] : [])),
  }
}

/** The JSON that is fenced below a label. */
export function jsonUnder(page: Page, label: string): any {
  const found = page.fences.filter((fence) => fence.language === 'json' && fence.label.text === label)
  if (found.length !== 1) throw new Error(`Expected one block of JSON below "${label}", not ${found.length}.`)
  return JSON.parse(found[0]!.text)
}

/** The tables that have these columns, whatever else they have. */
export function tablesWith(page: Page, ...columns: readonly string[]): Table[] {
  return page.tables.filter((table) => columns.every((column) => table.columns.includes(column)))
}

function toTable(table: TableNode, headings: readonly string[]): Table {
  const [header, ...rows] = table.children.map((row) => row.children.map(toCell))
  const columns = header!.map((cell) => cell.text)
  return {
    headings,
    columns,
    rows: rows.map((cells) => Object.fromEntries(columns.map((column, index) => [column, cells[index]!]))),
  }
}

function headingsOf(before: readonly RootContent[]): string[] {
  return before.reduce<string[]>(
    (open, node) => (node.type === 'heading' ? [...open.slice(0, node.depth - 1), toString(node)] : open),
    [],
  )
}

function toCell(node: Nodes | undefined): Cell {
  if (node === undefined) return { text: '', codes: [] }
  const codes = withDescendants(node).flatMap((each) => (each.type === 'inlineCode' ? [each.value] : []))
  return { text: toString(node), codes }
}

function withDescendants(node: Nodes): Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap(withDescendants)] : [node]
}
