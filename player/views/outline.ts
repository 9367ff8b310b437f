import { html, nothing, type TemplateResult } from 'lit'
import type { Question } from '../contract.ts'
import { givesVerdicts } from '../session/known.ts'
import type { Play } from '../session/play.ts'
import { icons } from './icons.ts'
import type { Place, View } from './view.ts'

interface Outline {
  readonly place: Place
  /** Whether it is unfolded, where there is little room. */
  readonly isOpen: boolean
  readonly toggle: () => void
  readonly go: (place: Place) => void
  readonly finish: () => void
}

/** Every question by section, and what has become of it. */
export function outline(view: View, play: Play, { place, isOpen, toggle, go, finish }: Outline): TemplateResult {
  const { strings, content } = view
  const { questions, quiz } = play.known
  const numbers = new Map(questions.map(({ id }, index) => [id, index + 1]))
  const link = (question: Question) => {
    const status = statusOf(play, question)
    const label = `${strings.quiz.shortQuestion(numbers.get(question.id)!)}, ${strings.status[status]}`
    const isCurrent = place !== 'overview' && place.question === question.id
    return html`<li>
      <button
        class="chip"
        part="outline-question"
        data-status=${status}
        aria-label=${label}
        aria-current=${isCurrent ? 'step' : nothing}
        @click=${() => go({ question: question.id })}
      >
        <span aria-hidden="true">${numbers.get(question.id)}</span>${icons[status]}
      </button>
    </li>`
  }
  return html`<nav class="outline" part="outline" aria-label=${strings.quiz.outline} data-open=${isOpen}>
    <button class="unfold" part="button" aria-expanded=${isOpen} aria-controls="sections" @click=${toggle}>
      ${strings.quiz.outline}
    </button>
    <div id="sections">
      ${
        play.isFinished
          ? html`<button
              class="quiet"
              part="button"
              aria-current=${place === 'overview' ? 'page' : nothing}
              @click=${() => go('overview')}
            >
              ${strings.quiz.toOverview}
            </button>`
          : nothing
      }
      ${quiz.sections.map(({ id, title }) => {
        const own = questions.filter(({ section }) => section === id)
        if (own.length === 0) return nothing
        return html`<div class="section">
          <p id="section-${id}" lang=${content.language} dir=${content.direction}>${title}</p>
          <ol aria-labelledby="section-${id}">
            ${own.map(link)}
          </ol>
        </div>`
      })}
      ${
        play.isFinished
          ? nothing
          : html`<button class="quiet" part="button finish-button" @click=${finish}>${strings.quiz.toFinish}</button>`
      }
    </div>
  </nav>`
}

function statusOf(play: Play, question: Question): keyof typeof icons & keyof View['strings']['status'] {
  const { status } = play.known.results.get(question.id)!
  return status === 'unanswered' && givesVerdicts(play.known) && play.canSend(question) ? 'draft' : status
}
