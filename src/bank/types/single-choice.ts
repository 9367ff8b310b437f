import { changeChoice } from '../changes/picks.ts'
import { guessChoice } from '../guessing/spaces.ts'
import { idsIn } from '../guessing/strategies.ts'
import { readOptions } from '../options.ts'
import { chooseOne, toMembers } from './choices.ts'
import { choiceKey, weightLines } from './weights.ts'
import type { WrittenForm } from './written-form.ts'

/** A task list with one box ticked. */
export const singleChoice: WrittenForm = {
  type: 'single-choice',
  fields: ['weights'],
  sampleFields: ['choose'],
  changes: changeChoice,
  strategies: (content) => ({ guesses: guessChoice(idsIn(content, 'options')) }),
  async read(source) {
    const written = await readOptions(source)
    if (written === null) return null
    const { prompt, options, line } = written
    const [right, another] = options.filter((option) => option.isRight)
    if (right === undefined) source.report.error(line, 'inconsistent', 'One option is right: tick it with "[x]".')
    if (another !== undefined) {
      source.report.error(another.line, 'inconsistent', 'One option is right, and another one is ticked above.')
    }
    const { members, lines } = toMembers(options)
    return {
      prompt,
      members: { ...members, key: choiceKey({ choice: right?.id }, options, source) },
      lines: new Map([
        ...lines,
        ...weightLines('/weights', options, source),
        ['/key', source.fields.lines.get('/weights') ?? right?.line ?? line],
      ]),
      choices: options,
      entries: options,
      respond(sample) {
        const option = chooseOne(sample, options, source.report)
        return option && { choice: option.id }
      },
    }
  },
}
