import { html, nothing } from 'lit'
import { live } from 'lit/directives/live.js'
import type { EssayQuestion, EssayResponse } from '../contract.ts'
import type { Control } from './control.ts'
import { rightAnswer, showsAnswer } from './marks.ts'
import { complaintAbout, completenessOfText, lengthOf, MAX_ESSAY } from './text-limits.ts'

/** The count is no live region: a screen reader hears it on entering the field, and what is wrong at once. */
export const essay: Control<EssayQuestion, EssayResponse> = {
  type: 'essay',
  completenessOf: ({ text }, { maxLength = MAX_ESSAY }) => completenessOfText(text, maxLength),
  render({ question: { maxLength = MAX_ESSAY }, response, result, locked, labelledBy, strings, change }) {
    const text = response?.text ?? ''
    const complaint = complaintAbout(text, maxLength)
    const noteId = `${labelledBy}-note`
    const countId = `${labelledBy}-count`
    return html`<div class="field" part="field">
      <textarea
        class="entry essay"
        part="input"
        rows="6"
        dir="auto"
        aria-labelledby=${labelledBy}
        aria-describedby="${countId} ${noteId}"
        aria-invalid=${complaint ? 'true' : nothing}
        .value=${live(text)}
        ?readonly=${locked}
        @input=${({ target }: Event) => change({ text: (target as HTMLTextAreaElement).value })}
      ></textarea>
      <div class="note" id=${countId} lang=${strings.lang} ?hidden=${locked || complaint !== null}>
        ${strings.characters(lengthOf(text), maxLength)}
      </div>
      <div class="note wrong" id=${noteId} lang=${strings.lang} role="status">${complaint?.(strings) ?? nothing}</div>
      ${
        showsAnswer(result)
          ? rightAnswer(strings.fullAnswer, html`<span class="written">${result.answer.text}</span>`, strings)
          : nothing
      }
    </div>`
  },
}
