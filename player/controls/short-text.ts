import { html, nothing } from 'lit'
import { live } from 'lit/directives/live.js'
import type { ShortTextQuestion, ShortTextResponse } from '../contract.ts'
import type { Control } from './control.ts'
import { rightAnswer, showsAnswer } from './marks.ts'
import { complaintAbout, completenessOfText, MAX_SHORT_TEXT } from './text-limits.ts'

export const shortText: Control<ShortTextQuestion, ShortTextResponse> = {
  type: 'short-text',
  completenessOf: ({ text }, { maxLength = MAX_SHORT_TEXT }) => completenessOfText(text, maxLength),
  render({ question: { maxLength = MAX_SHORT_TEXT }, response, result, locked, labelledBy, strings, change }) {
    const text = response?.text ?? ''
    const complaint = complaintAbout(text, maxLength)
    const noteId = `${labelledBy}-note`
    return html`<div class="field" part="field">
      <input
        class="entry wide"
        part="input"
        type="text"
        dir="auto"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        aria-labelledby=${labelledBy}
        aria-describedby=${noteId}
        aria-invalid=${complaint ? 'true' : nothing}
        .value=${live(text)}
        ?readonly=${locked}
        @input=${({ target }: Event) => change({ text: (target as HTMLInputElement).value })}
      />
      <div class="note wrong" id=${noteId} lang=${strings.lang} role="status">${complaint?.(strings) ?? nothing}</div>
      ${showsAnswer(result) ? rightAnswer(strings.rightAnswer, result.answer.text, strings) : nothing}
    </div>`
  },
}
