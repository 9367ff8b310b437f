import { html, nothing, type TemplateResult } from 'lit'
import { richText } from '../content/rich-text.ts'
import type { RichText } from '../contract.ts'
import type { View } from './view.ts'

/** What an author wrote, in the author's language. */
export function prose({ content }: View, text: RichText, id?: string): TemplateResult {
  return html`<div class="rich" part="prose" id=${id ?? nothing} lang=${content.language} dir=${content.direction}>
    ${richText(text)}
  </div>`
}
