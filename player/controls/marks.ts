import { html, nothing, type TemplateResult } from 'lit'
import type { RichText, Result } from '../contract.ts'
import { richText } from '../content/rich-text.ts'
import type { Strings } from '../strings/en.ts'
import { icon } from './icon.ts'

/** What the server's words look like where they concern a part of a question. */

const SIGNS = {
  chosen: 'dot',
  chosenRight: 'check',
  chosenPartly: 'dash',
  chosenWrong: 'cross',
  right: 'check',
} as const
export type Mark = keyof typeof SIGNS

/** A sign and a word, so that it takes no colour to understand. */
export function mark(kind: Mark | null, strings: Strings['controls']): TemplateResult | typeof nothing {
  if (kind === null) return nothing
  return html`<span class="mark ${kind}" part="mark mark-${kind}" lang=${strings.lang}
    >${icon(SIGNS[kind])}${strings[kind]}</span
  >`
}

export function feedbackOn(result: Pick<Result, 'feedback'> | null, id: string): RichText[] {
  return (result?.feedback ?? []).filter(({ option }) => option === id).map(({ text }) => text)
}

/** What was said on an option, or nothing. `id` is for who describes the option by it. */
export function remarks(texts: readonly RichText[], id: string): TemplateResult | typeof nothing {
  if (texts.length === 0) return nothing
  return html`<div class="remark rich" part="feedback" id=${id}>${texts.map((text) => richText(text))}</div>`
}

/** Whether a right answer is to be shown beside what was given. */
export function showsAnswer<Told extends Pick<Result, 'answer' | 'status'>>(
  result: Told | null,
): result is Told & { answer: NonNullable<Told['answer']> } {
  return result !== null && result.answer !== null && result.status !== 'correct'
}

export function rightAnswer(label: string, content: unknown, { lang }: Strings['controls']): TemplateResult {
  return html`<div class="right-answer" part="answer">
    <span class="mark right" lang=${lang}>${icon('check')}${label}</span>
    <span class="rich">${content}</span>
  </div>`
}
