import { changePairs } from '../changes/picks.ts'
import { asResponses, guessAssignments } from '../guessing/spaces.ts'
import { idsIn } from '../guessing/strategies.ts'
import { byNumber } from '../by-number.ts'
import { toMember } from '../entries.ts'
import type { Reporter } from '../finding.ts'
import { lineOf } from '../markdown-source.ts'
import { type Row, readRows } from '../table-rows.ts'
import type { QuestionSource, WrittenForm, WrittenSample } from './written-form.ts'

/** A table of prompts and the options that belong to them. A row without a prompt has an option that belongs to none. */
export const matching: WrittenForm = {
  type: 'matching',
  fields: [],
  sampleFields: ['match'],
  changes: changePairs,
  strategies(content, draw) {
    const options = idsIn(content, 'options')
    const choices = idsIn(content, 'prompts').map((prompt) => [prompt, options] as const)
    return { blank: { pairs: {} }, guesses: asResponses(guessAssignments(choices, draw), (pairs) => ({ pairs })) }
  },
  async read(source) {
    const { body, report } = source
    const table = body.at(-1)
    if (table?.type !== 'table') {
      const line = table ? lineOf(table) : source.line
      report.error(line, 'no-table', 'The prompt is followed by a table of two columns: prompt and option.')
      return null
    }
    const rows = await readRows(table, source)
    if (rows === null) return null
    reportPinnedRepeats(rows, report)
    const prompts = rows.flatMap(({ prompt }) => (prompt ? [prompt] : []))
    const options = rows.map(({ option }) => option).filter((option, row) => firstOf(rows, option.text) === row)
    const pairs = rows.flatMap(({ prompt, option }) => (prompt ? [[prompt.id, idOf(rows, option.text)]] : []))
    return {
      prompt: body.slice(0, -1),
      members: {
        prompts: prompts.map(toMember),
        options: options.map(toMember),
        key: { pairs: Object.fromEntries(pairs) },
      },
      lines: new Map([
        ['/key', lineOf(table)],
        ['/prompts', lineOf(table)],
        ['/options', lineOf(table)],
        ...prompts.map(({ line }, index): [string, number] => [`/prompts/${index}`, line]),
        ...options.map(({ line }, index): [string, number] => [`/options/${index}`, line]),
      ]),
      choices: [],
      entries: [...prompts, ...options],
      tellingOrder: rows.flatMap(({ prompt, option }) => (prompt ? [option] : [])),
      respond: (sample) => respond(sample, rows, source),
    }
  },
}

function reportPinnedRepeats(rows: readonly Row[], report: Reporter): void {
  for (const { option } of rows) {
    if (!option.isPinned || option.id === idOf(rows, option.text)) continue
    report.error(option.line, 'inconsistent', 'Equal options are one option, and a row above says its id.')
  }
}

/** Equal options are one option: the first row that has a text says its id. */
function firstOf(rows: readonly Row[], text: string): number {
  return rows.findIndex(({ option }) => option.text === text)
}

function idOf(rows: readonly Row[], text: string): string {
  return rows[firstOf(rows, text)]!.option.id
}

/** `match: [2, 1, 0]` gives the first prompt the option of the second row, the second that of the first, the third none. */
function respond(sample: WrittenSample, rows: readonly Row[], { report }: QuestionSource): unknown {
  const numbers = sample.value['match']
  const prompts = rows.flatMap(({ prompt }) => (prompt ? [prompt] : []))
  if (!Array.isArray(numbers) || numbers.length !== prompts.length) {
    const message = `A sample gives each of the ${prompts.length} prompts a row, 0 for none: "match: [2, 1]".`
    report.error(sample.lineOf('/match'), 'invalid-shape', message)
    return undefined
  }
  const pairs = prompts.flatMap(({ id }, index) => {
    const number: unknown = numbers[index]
    const row = number === 0 ? undefined : byNumber(number, rows, sample.lineOf(`/match/${index}`), report)
    return row === undefined ? [] : [[id, idOf(rows, row.option.text)]]
  })
  return { pairs: Object.fromEntries(pairs) }
}
