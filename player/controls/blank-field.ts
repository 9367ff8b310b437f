import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { ClozeQuestion, SingleChoiceBlank } from '../contract.ts'
import { plainText } from '../content/rich-text.ts'
import type { Strings } from '../strings/en.ts'
import { isDecimal } from './decimal.ts'
import { type Complaint, complaintAbout, MAX_SHORT_TEXT } from './text-limits.ts'

export type Blank = ClozeQuestion['blanks'][number]

export interface BlankProps {
  /** Empty where nothing was filled in. */
  readonly value: string
  readonly name: string
  /** What is shown before the field, where there are several to tell apart. */
  readonly number: number | null
  /** The id of what is said on this blank, where something is. */
  readonly saidId: string | null
  readonly locked: boolean
  readonly strings: Strings['controls']
  change(this: void, value: string): void
}

/** The field of a blank: no higher than a line of text allows, and as wide as what is in it. */
export function blankField(blank: Blank, props: BlankProps): TemplateResult {
  const { number } = props
  return html`${number === null ? nothing : html`<span class="place" aria-hidden="true">${number}</span>`}${
    blank.type === 'single-choice' ? selectOf(blank, props) : inputOf(blank, props)
  }`
}

export function complaintOn(blank: Blank, value: string): Complaint | null {
  if (blank.type === 'short-text') return complaintAbout(value, blank.maxLength ?? MAX_SHORT_TEXT)
  if (blank.type === 'single-choice' || value === '' || isDecimal(value, blank.decimalComma)) return null
  return ({ notNumber, writeNumber, writeNumberWithComma }) =>
    `${notNumber} ${blank.decimalComma ? writeNumberWithComma : writeNumber}`
}

function inputOf(blank: Blank, { value, name, saidId, locked, change }: BlankProps): TemplateResult {
  return html`<input
    class="entry"
    part="input"
    type="text"
    dir="auto"
    inputmode=${blank.type === 'numeric' ? 'decimal' : nothing}
    autocomplete="off"
    autocapitalize="off"
    spellcheck="false"
    size=${Math.min(Math.max(value.length + 1, 8), 40)}
    aria-label=${name}
    aria-describedby=${saidId ?? nothing}
    aria-invalid=${complaintOn(blank, value) === null ? nothing : 'true'}
    .value=${live(value)}
    ?readonly=${locked}
    @input=${({ target }: Event) => change((target as HTMLInputElement).value)}
  />`
}

function selectOf(
  { options }: SingleChoiceBlank,
  { value, name, saidId, locked, strings, change }: BlankProps,
): TemplateResult {
  return html`<select
    class="entry"
    part="select"
    aria-label=${name}
    aria-describedby=${saidId ?? nothing}
    ?disabled=${locked}
    @change=${({ target }: Event) => change((target as HTMLSelectElement).value)}
  >
    <option value="" lang=${strings.lang} .selected=${live(value === '')}>${locked ? '–' : strings.choose}</option>
    ${options.map(
      ({ id, text }) => html`<option value=${id} .selected=${live(id === value)}>${plainText(text)}</option>`,
    )}
  </select>`
}
