import type { MultipleChoiceQuestion, MultipleChoiceResponse } from '../contract.ts'
import { richText } from '../content/rich-text.ts'
import { choiceCards } from './choice-cards.ts'
import type { Control, ResultOf } from './control.ts'
import type { Mark } from './marks.ts'

export const multipleChoice: Control<MultipleChoiceQuestion, MultipleChoiceResponse> = {
  type: 'multiple-choice',
  completenessOf: ({ choices }) => (choices.length > 0 ? 'complete' : 'blank'),
  render(props) {
    const chosen = new Set(props.response?.choices)
    const cards = props.question.options.map(({ id, text }) => ({
      id,
      content: richText(text),
      chosen: chosen.has(id),
      mark: markOf(id, props.result),
    }))
    return choiceCards('checkbox', props, cards, (id, on) => {
      const choices = props.question.options.map((option) => option.id)
      props.change({ choices: choices.filter((each) => (each === id ? on : chosen.has(each))) })
    })
  },
}

/** The verdict is one on all that was chosen: what each option is, the answer alone can say. */
function markOf(id: string, result: ResultOf<MultipleChoiceResponse> | null): Mark | null {
  const right = result?.answer?.choices.includes(id)
  if (!result?.response?.choices.includes(id)) return right ? 'right' : null
  return right === undefined ? 'chosen' : right ? 'chosenRight' : 'chosenWrong'
}
