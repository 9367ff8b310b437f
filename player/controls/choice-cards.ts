import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { Question, Response } from '../contract.ts'
import type { ControlProps } from './control.ts'
import { feedbackOn, type Mark, mark, remarks } from './marks.ts'

export interface Card {
  readonly id: string
  readonly content: unknown
  readonly chosen: boolean
  readonly mark: Mark | null
}

/** Options as cards, of which one may be chosen, or any number. */
export function choiceCards<Q extends Question, R extends Response>(
  kind: 'radio' | 'checkbox',
  { question, result, locked, labelledBy, strings }: ControlProps<Q, R>,
  cards: readonly Card[],
  choose: (id: string, chosen: boolean) => void,
): TemplateResult {
  const role = kind === 'radio' ? 'radiogroup' : 'group'
  return html`<div class="cards" part="options" role=${role} aria-labelledby=${labelledBy}>
    ${cards.map(({ id, content, chosen, mark: marked }) => {
      const said = feedbackOn(result, id)
      const saidId = `${labelledBy}-said-${id}`
      return html`<div
        class="card ${chosen ? 'chosen' : ''} ${locked ? 'locked' : ''}"
        part="option ${chosen ? 'option-chosen' : ''}"
      >
        <label class="choice">
          <input
            class="dot-or-tick"
            type=${kind}
            name="${labelledBy}-${question.id}"
            aria-describedby=${said.length > 0 ? saidId : nothing}
            .checked=${live(chosen)}
            ?disabled=${locked}
            @change=${({ target }: Event) => choose(id, (target as HTMLInputElement).checked)}
          />
          <span class="rich">${content}${locked ? mark(marked, strings) : nothing}</span>
        </label>
        ${remarks(said, saidId)}
      </div>`
    })}
  </div>`
}
