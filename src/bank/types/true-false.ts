import { changeTruth } from '../changes/picks.ts'
import { guessChoice } from '../guessing/spaces.ts'
import { readOptions, type WrittenOption } from '../options.ts'
import { chooseOne } from './choices.ts'
import type { WrittenForm } from './written-form.ts'

/**
 * A task list of `True` and `False`, one ticked. The document has no options for this type, so what stands under the two
 * becomes the feedback for a right and for a wrong response, which says the same.
 */
export const trueFalse: WrittenForm = {
  type: 'true-false',
  fields: [],
  sampleFields: ['choose'],
  changes: changeTruth,
  strategies: () => ({ guesses: guessChoice(['true', 'false']) }),
  async read(source) {
    const written = await readOptions(source)
    if (written === null) return null
    const { prompt, options, line } = written
    const isComplete =
      options
        .map((option) => option.text)
        .toSorted()
        .join() === 'False,True'
    if (!isComplete) source.report.error(line, 'inconsistent', 'The options are "True" and "False", each once.')
    for (const option of options.filter(({ isPinned }) => isPinned)) {
      source.report.error(option.line, 'inconsistent', 'The ids of True and False are fixed: nothing can be pinned.')
    }
    const right = options.filter((option) => option.isRight)
    if (right.length !== 1) source.report.error(line, 'inconsistent', 'One of the two options is right: tick one.')
    const wrong = options.find((option) => !option.isRight)
    return {
      prompt,
      members: { key: { choice: right[0] && toChoice(right[0]) } },
      lines: new Map([
        ['/key', right[0]?.line ?? line],
        ['/feedback/correct', right[0]?.line ?? line],
        ['/feedback/incorrect', wrong?.line ?? line],
      ]),
      feedback: { correct: right[0]?.feedback ?? '', incorrect: wrong?.feedback ?? '' },
      choices: [],
      entries: [],
      respond(sample) {
        const option = chooseOne(sample, options, source.report)
        return option && { choice: toChoice(option) }
      },
    }
  },
}

function toChoice({ text }: WrittenOption): 'true' | 'false' {
  return text === 'True' ? 'true' : 'false'
}
