import { html, type TemplateResult } from 'lit'
import type { ClozeQuestion, ClozeResponse } from '../contract.ts'
import { inReadingOrder, textWithBlanks } from '../content/blanks.ts'
import { type Blank, blankField, complaintOn } from './blank-field.ts'
import type { Control, ControlProps } from './control.ts'
import { saidOnBlank, saidOnShared } from './said-on-blanks.ts'

type Props = ControlProps<ClozeQuestion, ClozeResponse>

/** A text with fields in it. What is said on the blanks stands below, by their numbers. */
export const cloze: Control<ClozeQuestion, ClozeResponse> = {
  type: 'cloze',
  rendersPrompt: true,
  completenessOf(response, { blanks }) {
    const values = blanks.map((blank) => [blank, response.blanks[blank.id] ?? ''] as const)
    if (values.some(([blank, value]) => complaintOn(blank, value) !== null)) return 'malformed'
    return values.some(([, value]) => value.trim() !== '') ? 'complete' : 'blank'
  },
  render(props) {
    const { question, labelledBy } = props
    const blanks = inReadingOrder(question.blanks, question.prompt)
    const said = blanks.map((blank, index) => saidOnBlank(blank, index, props))
    const fields = blanks.map((blank, index) => [blank.id, field(blank, index, said[index] !== null, props)] as const)
    return html`<div class="cloze">
      <div class="rich" part="prompt" id=${labelledBy}>${textWithBlanks(question.prompt, new Map(fields))}</div>
      <div class="said-on-blanks">${said}${saidOnShared(props)}</div>
    </div>`
  },
}

function field(blank: Blank, index: number, isSaidOn: boolean, props: Props): TemplateResult {
  const { question, response, locked, labelledBy, strings } = props
  return blankField(blank, {
    value: response?.blanks[blank.id] ?? '',
    name: strings.blank(index + 1, question.blanks.length),
    number: question.blanks.length > 1 ? index + 1 : null,
    saidId: isSaidOn ? `${labelledBy}-said-${blank.id}` : null,
    locked,
    strings,
    change: (value) => fill(blank.id, value, props),
  })
}

/** An empty field is left out: an empty text is no number, and no option. */
function fill(id: string, value: string, { response, change }: Props): void {
  const { [id]: _before, ...others } = response?.blanks ?? {}
  change({ blanks: value === '' ? others : { ...others, [id]: value } })
}
