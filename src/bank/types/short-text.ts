import { changeTexts } from '../changes/texts.ts'
import { pick } from '../record.ts'
import { checkAnswerFeedback, takeFields } from '../yaml-fields.ts'
import type { WrittenForm } from './written-form.ts'

/** What the key of accepted texts has. */
export const ACCEPTED_TEXT_FIELDS = [
  'answers',
  'caseSensitive',
  'foldDiacritics',
  'ignorePunctuation',
  'collapseWhitespace',
  'unicode',
  'maxEdits',
]

/** The accepted texts stand in the front matter, and the body is the prompt. */
export const shortText: WrittenForm = {
  type: 'short-text',
  fields: [...ACCEPTED_TEXT_FIELDS, 'maxLength'],
  sampleFields: ['text'],
  changes: changeTexts,
  strategies: () => ({ blank: { text: '' } }),
  async read(source) {
    const { body, fields } = source
    checkAnswerFeedback(source, fields.value['answers'], '/answers')
    const key = takeFields(source, ACCEPTED_TEXT_FIELDS, '/key')
    const publicPart = takeFields(source, ['maxLength'])
    return {
      prompt: body,
      members: { ...publicPart.members, key: key.members },
      lines: new Map([['/key', fields.lines.get('/answers') ?? 1], ...key.lines, ...publicPart.lines]),
      choices: [],
      entries: [],
      respond: (sample) => pick(sample.value, ['text']),
    }
  },
}
