import { changeChoices } from '../changes/picks.ts'
import { asResponses, guessSubsets } from '../guessing/spaces.ts'
import { idsIn } from '../guessing/strategies.ts'
import { readOptions } from '../options.ts'
import { choose, toMembers } from './choices.ts'
import { choiceKey, weightLines } from './weights.ts'
import type { WrittenForm } from './written-form.ts'

/** A task list with one box or more ticked. */
export const multipleChoice: WrittenForm = {
  type: 'multiple-choice',
  fields: ['weights'],
  sampleFields: ['choose'],
  changes: changeChoices,
  strategies(content, draw) {
    const options = idsIn(content, 'options')
    const guesses = asResponses(guessSubsets(options, draw), (choices) => ({ choices }))
    return { blank: { choices: [] }, everything: { choices: options }, guesses }
  },
  async read(source) {
    const written = await readOptions(source)
    if (written === null) return null
    const { prompt, options, line } = written
    const right = options.filter((option) => option.isRight)
    if (right.length === 0) {
      source.report.error(line, 'inconsistent', 'At least one option is right: tick it with "[x]".')
    }
    const { members, lines } = toMembers(options)
    return {
      prompt,
      members: { ...members, key: choiceKey({ choices: right.map((option) => option.id) }, options, source) },
      lines: new Map([
        ...lines,
        ...weightLines('/weights', options, source),
        ['/key', source.fields.lines.get('/weights') ?? right[0]?.line ?? line],
      ]),
      choices: options,
      entries: options,
      respond(sample) {
        const chosen = choose(sample, options, source.report)
        return chosen && { choices: chosen.map((option) => option.id) }
      },
    }
  },
}
