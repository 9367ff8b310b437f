import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { MatchingQuestion, MatchingResponse, Option } from '../contract.ts'
import { richText } from '../content/rich-text.ts'
import type { Control, ControlProps } from './control.ts'
import { dragLeave, dragOver, dropOption } from './drag-option.ts'
import { feedbackOn, mark, remarks, rightAnswer } from './marks.ts'
import { hasOptionList, nameOf, optionList } from './option-list.ts'

type Props = ControlProps<MatchingQuestion, MatchingResponse>

/** A choice for each prompt. Where options are more than a few plain words, they stand in a list of their own as well. */
export const matching: Control<MatchingQuestion, MatchingResponse> = {
  type: 'matching',
  completenessOf: ({ pairs }) => (Object.keys(pairs).length > 0 ? 'complete' : 'blank'),
  render(props) {
    const { question, labelledBy } = props
    return html`<div class="matching">
      <ul class="rows" part="prompts" role="list" aria-labelledby=${labelledBy}>
        ${question.prompts.map((prompt) => row(prompt, props))}
      </ul>
      ${hasOptionList(props) ? optionList(props) : nothing}
    </div>`
  },
}

function row(prompt: Option, props: Props): TemplateResult {
  const { question, response, result, locked, labelledBy, strings } = props
  const id = `${labelledBy}-prompt-${prompt.id}`
  const saidId = `${labelledBy}-said-${prompt.id}`
  const said = feedbackOn(result, prompt.id)
  const chosen = response?.pairs[prompt.id]
  const choose = (option: string) => pair(prompt.id, option, props)
  return html`<li
    class="card row ${locked ? 'locked' : ''}"
    part="prompt"
    @dragover=${locked ? nothing : dragOver}
    @dragleave=${locked ? nothing : dragLeave}
    @drop=${locked ? nothing : dropOption(question.options, choose)}
  >
    <div class="rich" id=${id}>${richText(prompt.text)}</div>
    <select
      class="entry wide"
      part="select"
      aria-labelledby=${id}
      aria-describedby=${said.length > 0 ? saidId : nothing}
      ?disabled=${locked}
      @change=${({ target }: Event) => choose((target as HTMLSelectElement).value)}
    >
      <option value="" lang=${strings.lang} .selected=${live(chosen === undefined)}>
        ${locked ? '–' : strings.choose}
      </option>
      ${question.options.map(
        (option) =>
          html`<option value=${option.id} .selected=${live(option.id === chosen)}>${nameOf(option.id, props)}</option>`,
      )}
    </select>
    ${locked ? verdictOn(prompt.id, props) : nothing} ${remarks(said, saidId)}
  </li>`
}

/** To a prompt one option belongs, so the answer says what is right, pair by pair. */
function verdictOn(prompt: string, props: Props): unknown {
  const { result, strings } = props
  const chosen = result?.response?.pairs[prompt]
  const right = result?.answer?.pairs[prompt]
  if (right === undefined) return nothing
  if (right === chosen) return mark('chosenRight', strings)
  return [
    chosen === undefined ? nothing : mark('chosenWrong', strings),
    rightAnswer(strings.rightAnswer, nameOf(right, props), strings),
  ]
}

/** The placeholder takes a choice back. */
function pair(prompt: string, option: string, { response, change }: Props): void {
  const { [prompt]: _before, ...others } = response?.pairs ?? {}
  change({ pairs: option === '' ? others : { ...others, [prompt]: option } })
}
