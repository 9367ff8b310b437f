import { changeNumbers } from '../changes/numbers.ts'
import { isRecord, pick } from '../record.ts'
import { linesUnder, takeFields } from '../yaml-fields.ts'
import type { WrittenForm } from './written-form.ts'

/** The accepted numbers stand in the front matter, and the body is the prompt. */
export const numeric: WrittenForm = {
  type: 'numeric',
  fields: ['answers', 'units', 'decimalComma'],
  sampleFields: ['number', 'unit'],
  changes: changeNumbers,
  strategies: () => ({}),
  async read(source) {
    const { body, fields } = source
    const { units } = fields.value
    const key = takeFields(source, ['answers', 'units'], '/key')
    const publicPart = takeFields(source, ['decimalComma'])
    return {
      prompt: body,
      members: { ...publicPart.members, ...(isRecord(units) && { units: Object.keys(units) }), key: key.members },
      lines: new Map([
        ['/key', fields.lines.get('/answers') ?? 1],
        ...linesUnder(fields.lines, '/units', '/units'),
        ...key.lines,
        ...publicPart.lines,
      ]),
      choices: [],
      entries: [],
      respond: (sample) => pick(sample.value, ['number', 'unit']),
    }
  },
}
