import { html, type TemplateResult } from 'lit'
import type { Draft } from '../session/records.ts'
import type { View } from './view.ts'

const LEVELS = [1, 2, 3] as const

/** How sure a learner says to be. */
export function certainty(
  { strings }: View,
  chosen: Draft['certainty'],
  isLocked: boolean,
  choose: (certainty: 1 | 2 | 3) => void,
): TemplateResult {
  return html`<fieldset class="certainty" part="certainty" ?disabled=${isLocked}>
    <legend>${strings.certainty.question}</legend>
    ${LEVELS.map(
      (level) =>
        html`<label>
          <input
            class="dot-or-tick"
            type="radio"
            name="certainty"
            .checked=${chosen === level}
            @change=${() => choose(level)}
          />
          <span>${strings.certainty.levels[level]}</span>
        </label>`,
    )}
  </fieldset>`
}
