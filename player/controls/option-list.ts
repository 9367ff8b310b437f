import { html, nothing, type TemplateResult } from 'lit'
import type { MatchingQuestion, MatchingResponse } from '../contract.ts'
import { isPlain, plainText, richText } from '../content/rich-text.ts'
import type { ControlProps } from './control.ts'
import { dragOption } from './drag-option.ts'
import { feedbackOn, remarks } from './marks.ts'

type Props = ControlProps<MatchingQuestion, MatchingResponse>

/** The options of a matching in full, each with a letter by which the selects call it. */
export function optionList(props: Props): TemplateResult {
  const { question, result, locked, labelledBy, strings } = props
  const titleId = `${labelledBy}-options`
  return html`<div class="options">
    <p class="options-title" id=${titleId} lang=${strings.lang}>${strings.options}</p>
    <ul class="rows" part="options" role="list" aria-labelledby=${titleId}>
      ${question.options.map(
        ({ id, text }, index) =>
          html`<li
            class="card row ${locked ? 'locked' : 'draggable'}"
            part="option"
            draggable=${locked ? 'false' : 'true'}
            @dragstart=${dragOption(id)}
          >
            <span class="place">${letterOf(index)}</span>
            <div class="rich">${richText(text)}</div>
            ${isPrompt(id, props) ? nothing : remarks(feedbackOn(result, id), `${labelledBy}-said-${id}`)}
          </li>`,
      )}
    </ul>
  </div>`
}

/** It is also where feedback on options has its place. */
export function hasOptionList(props: Props): boolean {
  const { question, result } = props
  return question.options.some(
    ({ id, text }) => !isPlain(text) || (feedbackOn(result, id).length > 0 && !isPrompt(id, props)),
  )
}

/** What an option is called where no markup can be. */
export function nameOf(option: string, props: Props): string {
  const { options } = props.question
  const index = options.findIndex(({ id }) => id === option)
  const text = index < 0 ? '' : plainText(options[index]!.text)
  return hasOptionList(props) ? `${letterOf(index)}. ${text}` : text
}

/** Feedback names an id alone: one that prompts and options share stands with the prompt. */
function isPrompt(id: string, { question: { prompts } }: Props): boolean {
  return prompts.some((prompt) => prompt.id === id)
}

/** A to Z, then AA to AX, for there are at most fifty. */
function letterOf(index: number): string {
  return (index < 26 ? '' : 'A') + String.fromCodePoint(65 + (index % 26))
}
