import { pick } from '../record.ts'
import { takeFields } from '../yaml-fields.ts'
import type { WrittenForm } from './written-form.ts'

/** The body is the prompt. A sample is a model of what earns so much: a person grades. */
export const essay: WrittenForm = {
  type: 'essay',
  fields: ['maxLength'],
  sampleFields: ['text'],
  changes: () => [],
  strategies: () => ({}),
  async read(source) {
    const { members, lines } = takeFields(source, ['maxLength'])
    return {
      prompt: source.body,
      members: { ...members, key: {} },
      lines: new Map(lines),
      choices: [],
      entries: [],
      respond: (sample) => pick(sample.value, ['text']),
    }
  },
}
