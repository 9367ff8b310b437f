import { html } from 'lit'
import type {
  Result,
  SingleChoiceQuestion,
  SingleChoiceResponse,
  TrueFalseQuestion,
  TrueFalseResponse,
} from '../contract.ts'
import { richText } from '../content/rich-text.ts'
import { choiceCards } from './choice-cards.ts'
import type { Control, ResultOf } from './control.ts'
import type { Mark } from './marks.ts'

export const singleChoice: Control<SingleChoiceQuestion, SingleChoiceResponse> = {
  type: 'single-choice',
  completenessOf: () => 'complete',
  render(props) {
    const cards = props.question.options.map(({ id, text }) => ({
      id,
      content: richText(text),
      chosen: props.response?.choice === id,
      mark: markOf(id, props.result),
    }))
    return choiceCards('radio', props, cards, (choice) => props.change({ choice }))
  },
}

export const trueFalse: Control<TrueFalseQuestion, TrueFalseResponse> = {
  type: 'true-false',
  completenessOf: () => 'complete',
  render(props) {
    const cards = (['true', 'false'] as const).map((id) => ({
      id,
      content: html`<span lang=${props.strings.lang}>${props.strings[id]}</span>`,
      chosen: props.response?.choice === id,
      mark: markOf(id, props.result),
    }))
    return choiceCards('radio', props, cards, (id) => props.change({ choice: id === 'true' ? 'true' : 'false' }))
  },
}

/** The verdict is one on the option that was chosen. */
const VERDICTS: Partial<Record<Result['status'], Mark>> = {
  correct: 'chosenRight',
  'partially-correct': 'chosenPartly',
  incorrect: 'chosenWrong',
}

function markOf(id: string, result: ResultOf<SingleChoiceResponse> | null): Mark | null {
  if (result?.response?.choice === id) return VERDICTS[result.status] ?? 'chosen'
  return result?.answer?.choice === id ? 'right' : null
}
