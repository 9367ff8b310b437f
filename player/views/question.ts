import { html, nothing, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import { controlFor } from '../controls/registry.ts'
import type { Question } from '../contract.ts'
import { givesVerdicts, isClosed } from '../session/known.ts'
import type { Play } from '../session/play.ts'
import { certainty } from './certainty.ts'
import { icons } from './icons.ts'
import { prose } from './prose.ts'
import { result } from './result.ts'
import type { Place, View } from './view.ts'

interface Actions {
  /** What is missing before the answer can be checked. */
  readonly advice: string | null
  readonly go: (place: Place) => void
  /** Sends what is chosen; says so when nothing is. */
  readonly check: (question: Question) => void
  readonly finish: () => void
}

/** One question: what is asked, what is chosen, and what became of it. */
export function questionView(view: View, play: Play, question: Question, actions: Actions): TemplateResult {
  const { strings, format, content } = view
  const { questions, quiz, results } = play.known
  const index = questions.indexOf(question)
  const section = quiz.sections.find(({ id }) => id === question.section)
  const control = controlFor(question)
  const draft = play.draftOf(question.id)
  const locked = play.isLocked(question.id)
  const said = results.get(question.id)!
  // The server's word is on the response that it was given: one that was changed since has none yet.
  const isJudged = isClosed(play.known, question.id) || draft.response === said.response
  return html`<article class="question" part="question" aria-labelledby="heading">
    <header>
      <h2 id="heading" tabindex="-1">${strings.quiz.question(index + 1, questions.length)}</h2>
      <p class="about">
        <span lang=${content.language} dir=${content.direction}>${section?.title}</span>
        <span>${strings.quiz.points(format.points(question.points))}</span>
      </p>
    </header>
    ${keyed(
      question.id,
      html`${control.rendersPrompt ? nothing : prose(view, question.prompt, 'prompt')}
        <div
          class="control"
          @keydown=${(event: KeyboardEvent) => {
            if (isEnterInField(event)) actions.check(question)
          }}
          lang=${content.language}
          dir=${content.direction}
        >
          ${control.render({
            question,
            response: draft.response,
            locked,
            result: isJudged ? said : null,
            labelledBy: control.rendersPrompt ? 'heading' : 'prompt',
            strings: strings.controls,
            change: (response) => play.choose(question.id, { response }),
          })}
        </div>
        ${
          quiz.policy.certainty
            ? certainty(view, draft.certainty, locked, (level) => play.choose(question.id, { certainty: level }))
            : nothing
        }`,
    )}
    ${result(view, play, question)} ${buttons(view, play, question, actions)}
  </article>`
}

function buttons(view: View, play: Play, question: Question, { advice, go, check, finish }: Actions): TemplateResult {
  const { quiz: say } = view.strings
  const { questions } = play.known
  const index = questions.indexOf(question)
  const [before, after] = [questions[index - 1], questions[index + 1]]
  const checks = givesVerdicts(play.known) && !isClosed(play.known, question.id)
  const isWaiting = play.isWaiting(question.id)
  const label = isWaiting ? say.checking : play.known.results.get(question.id)!.try ? say.checkAgain : say.check
  return html`${advice && checks ? html`<p class="warning" part="warning" role="alert">${icons.notice}${advice}</p>` : nothing}
    <div class="buttons" part="buttons">
      ${
        checks
          ? html`<button
              class="primary"
              part="button primary-button"
              id="check"
              aria-disabled=${isWaiting || play.isFinishing}
              @click=${() => check(question)}
            >
              ${label}
            </button>`
          : nothing
      }
      <div class="steps">
        ${before ? html`<button part="button" @click=${() => go({ question: before.id })}>${icons.back}${say.previous}</button>` : nothing}
        ${
          after
            ? html`<button
                part="button"
                class=${checks ? '' : 'primary'}
                id="next"
                @click=${() => go({ question: after.id })}
              >
                ${checks ? say.next : say.nextQuestion}${icons.forward}
              </button>`
            : nothing
        }
        ${after ? nothing : last()}
      </div>
    </div>`

  function last(): TemplateResult {
    if (play.isFinished) return html`<button part="button" @click=${() => go('overview')}>${say.toOverview}</button>`
    return html`<button part="button finish-button" class=${checks ? '' : 'primary'} id="next" @click=${finish}>
      ${say.toFinish}
    </button>`
  }
}

/** As in a form, where that sends; while an input method composes it only ends that. */
function isEnterInField({ key, isComposing, target }: KeyboardEvent): boolean {
  return key === 'Enter' && !isComposing && target instanceof HTMLInputElement && target.type === 'text'
}
