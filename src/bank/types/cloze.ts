import type { Content } from '../../grading/types/content.ts'
import { changeBlanks } from '../changes/blanks.ts'
import { asResponses, guessAssignments } from '../guessing/spaces.ts'
import { idsIn } from '../guessing/strategies.ts'
import { toPointer } from '../../grading/issue.ts'
import { isRecord } from '../record.ts'
import { linesUnder } from '../yaml-fields.ts'
import { readBlank, type WrittenBlank } from './cloze-blank.ts'
import { weightLines } from './weights.ts'
import type { QuestionSource, WrittenForm, WrittenSample } from './written-form.ts'

/** The prompt marks blanks as `{{id}}`, and the front matter says what belongs in each. */
export const cloze: WrittenForm = {
  type: 'cloze',
  fields: ['blanks'],
  sampleFields: ['blanks'],
  changes: changeBlanks,
  strategies: (content, draw) => ({
    blank: { blanks: {} },
    guesses: asResponses(guessAssignments(choicesIn(content), draw), (blanks) => ({ blanks })),
  }),
  async read(source) {
    const { body, fields, report } = source
    const written = fields.value['blanks']
    if (!isRecord(written)) {
      report.error(
        fields.lines.get('/blanks') ?? 1,
        'no-blanks',
        'The front matter describes the blanks: "blanks: { id: … }".',
      )
      return null
    }
    const blanks = await Promise.all(Object.entries(written).map(([id, blank]) => readBlank(id, blank, source)))
    const keys = blanks.map(({ id, key }) => [id, key])
    return {
      prompt: body,
      members: { blanks: blanks.map(({ member }) => member), key: { blanks: Object.fromEntries(keys) } },
      lines: new Map([
        ['/key', fields.lines.get('/blanks') ?? 1],
        ...blanks.flatMap(({ id, options }, index) => {
          const from = `/blanks${toPointer([id])}`
          return [
            ...linesUnder(fields.lines, from, `/blanks/${index}`),
            ...linesUnder(fields.lines, from, `/key/blanks${toPointer([id])}`),
            ...weightLines(`${from}/weights`, options, source, `/key/blanks${toPointer([id])}`),
          ]
        }),
      ]),
      choices: [],
      entries: blanks.flatMap(({ options }) => options),
      respond: (sample) => respond(sample, blanks, source),
    }
  },
}

/** Texts and numbers as they are; a choice by its number from 1. */
function respond(sample: WrittenSample, blanks: readonly WrittenBlank[], { report }: QuestionSource): unknown {
  const written = sample.value['blanks']
  if (!isRecord(written)) {
    report.error(sample.lineOf('/blanks'), 'invalid-shape', 'A sample fills in blanks: "blanks: { id: text }".')
    return undefined
  }
  const values = Object.entries(written).map(([id, value]) => {
    const blank = blanks.find((each) => each.id === id)
    const line = sample.lineOf(`/blanks${toPointer([id])}`)
    if (blank === undefined) report.error(line, 'unknown-option', `The question has no blank "${id}".`)
    return [id, blank?.toValue(value, line)]
  })
  return { blanks: Object.fromEntries(values) }
}

/** The blanks whose answer can be picked: who knows nothing leaves the others out. */
function choicesIn(content: Content): (readonly [blank: string, options: readonly string[]])[] {
  const blanks = content['blanks'] as readonly (Content & { readonly id: string })[]
  return blanks.flatMap((blank) => ('options' in blank ? [[blank.id, idsIn(blank, 'options')] as const] : []))
}
