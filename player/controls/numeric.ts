import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { NumericQuestion, NumericResponse } from '../contract.ts'
import type { Control, ControlProps } from './control.ts'
import { isDecimal } from './decimal.ts'
import { rightAnswer, showsAnswer } from './marks.ts'

type Props = ControlProps<NumericQuestion, NumericResponse>

export const numeric: Control<NumericQuestion, NumericResponse> = {
  type: 'numeric',
  completenessOf({ number, unit }, { units, decimalComma }) {
    const isUnit = units === undefined ? unit === undefined : units.includes(unit ?? '')
    const isWhole = isDecimal(String(number), decimalComma) && isUnit
    return isWhole ? 'complete' : 'malformed'
  },
  render(props) {
    const { question, response, result, locked, labelledBy, strings, change } = props
    const number = String(response?.number ?? '')
    const malformed = number.trim() !== '' && !isDecimal(number, question.decimalComma)
    const noteId = `${labelledBy}-note`
    return html`<div class="field" part="field">
      <div class="number-and-unit" role="group" aria-labelledby=${labelledBy}>
        <input
          class="entry number"
          part="input"
          type="text"
          lang=${strings.lang}
          inputmode="decimal"
          autocomplete="off"
          aria-label=${strings.number}
          aria-describedby="${noteId}-unit ${noteId}"
          aria-invalid=${malformed ? 'true' : nothing}
          .value=${live(number)}
          ?readonly=${locked}
          @input=${({ target }: Event) => change(numberIn((target as HTMLInputElement).value, props))}
        />
        ${unitOf(number, props)}
      </div>
      <div class="note" id=${noteId} lang=${strings.lang} ?hidden=${locked}>
        <span class="wrong" ?hidden=${!malformed}>${strings.notNumber}</span>
        ${question.decimalComma ? strings.writeNumberWithComma : strings.writeNumber}
      </div>
      ${showsAnswer(result) ? rightAnswer(strings.rightAnswer, written(result.answer), strings) : nothing}
    </div>`
  },
}

/** Where there is one unit alone, there is nothing to choose. */
function unitOf(number: string, props: Props): TemplateResult | typeof nothing {
  const { question, response, locked, labelledBy, strings, change } = props
  const { units = [] } = question
  if (units.length === 0) return nothing
  if (units.length === 1) return html`<span class="unit" id="${labelledBy}-note-unit">${units[0]}</span>`
  return html`<select
    class="entry unit"
    part="select"
    lang=${strings.lang}
    aria-label=${strings.unit}
    ?disabled=${locked}
    @change=${({ target }: Event) => change({ number, unit: (target as HTMLSelectElement).value })}
  >
    ${response?.unit === undefined ? html`<option value="" selected>${strings.unit}…</option>` : nothing}
    ${units.map((unit) => html`<option value=${unit} .selected=${live(response?.unit === unit)}>${unit}</option>`)}
  </select>`
}

function numberIn(number: string, { question: { units = [] }, response }: Props): NumericResponse {
  const unit = units.length === 1 ? units[0] : response?.unit
  return unit === undefined ? { number } : { number, unit }
}

function written({ number, unit }: NumericResponse): string {
  return unit === undefined ? String(number) : `${number} ${unit}`
}
