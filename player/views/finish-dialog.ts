import { html, nothing, type TemplateResult } from 'lit'
import { givesVerdicts } from '../session/known.ts'
import type { Play } from '../session/play.ts'
import type { View } from './view.ts'

interface Actions {
  readonly confirm: () => void
  /** However it was closed. */
  readonly closed: () => void
}

/** Asks before an attempt is handed in, and says what would be left out. */
export function finishDialog(
  { strings: { finish: say } }: View,
  play: Play,
  { confirm, closed }: Actions,
): TemplateResult {
  const { questions, results } = play.known
  const open = questions.filter(({ id }) => results.get(id)!.status === 'unanswered' && !play.isWaiting(id))
  const unsent = questions.filter((question) => play.canSend(question)).length
  const missing = givesVerdicts(play.known) ? open.length : open.filter((question) => !play.canSend(question)).length
  return html`<dialog part="dialog" aria-labelledby="finish-title" @close=${closed}>
    <h2 id="finish-title">${say.title}</h2>
    <p>${missing === 0 ? say.allAnswered : say.unanswered(missing)}</p>
    ${givesVerdicts(play.known) && unsent > 0 ? html`<p>${say.unsent(unsent)}</p>` : nothing}
    <p>${say.final}</p>
    <div class="buttons">
      <button
        class="primary"
        part="button primary-button"
        @click=${(event: Event) => {
          close(event)
          confirm()
        }}
      >
        ${say.confirm}
      </button>
      <button part="button" autofocus @click=${close}>${say.cancel}</button>
    </div>
  </dialog>`
}

function close({ currentTarget }: Event): void {
  ;(currentTarget as Element).closest('dialog')?.close()
}
