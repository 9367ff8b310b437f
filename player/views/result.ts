import { html, nothing, type TemplateResult } from 'lit'
import type { Question, RichText } from '../contract.ts'
import { givesVerdicts, isClosed } from '../session/known.ts'
import type { Play } from '../session/play.ts'
import { icons } from './icons.ts'
import { prose } from './prose.ts'
import type { View } from './view.ts'

/** What became of a response: verdict, feedback, hints, explanation, as far as the server tells. */
export function result(view: View, play: Play, question: Question): TemplateResult {
  const { strings } = view
  const said = play.known.results.get(question.id)!
  const whole = said.feedback?.filter(({ option }) => option === null) ?? []
  const hints = isClosed(play.known, question.id) ? [] : (play.hints.get(question.id) ?? [])
  return html`<div class="result" part="result">
    ${verdict(
      view,
      play,
      question,
      whole.map(({ text }) => prose(view, text)),
    )}
    ${refusal(view, play, question)}
    ${said.comment ? block('comment', strings.result.comment, [said.comment]) : nothing}
    ${hints.length > 0 ? block('hint', hints.length === 1 ? strings.result.hint : strings.result.hints, hints) : nothing}
    ${said.explanation ? block('explanation', strings.result.explanation, [said.explanation]) : nothing}
  </div>`

  function block(name: string, title: string, texts: readonly RichText[]): TemplateResult {
    return html`<section class=${name} part=${name} aria-labelledby="${name}-title">
      <h3 id="${name}-title">${name === 'hint' ? icons.hint : nothing}${title}</h3>
      ${texts.map((text) => prose(view, text))}
    </section>`
  }
}

function verdict(
  { strings, format }: View,
  play: Play,
  question: Question,
  feedback: unknown,
): TemplateResult | typeof nothing {
  const said = play.known.results.get(question.id)!
  if (!play.isFinished && !givesVerdicts(play.known)) return saved(strings, play, question)
  if (!play.isFinished && said.status === 'unanswered') return nothing
  const details = [
    ...(said.score === null ? [] : [strings.result.score(format.points(said.score), format.points(said.maxScore))]),
    ...(isClosed(play.known, question.id) || said.triesLeft === null ? [] : [strings.result.triesLeft(said.triesLeft)]),
    ...(said.duplicate ? [strings.result.duplicate] : []),
    ...(isClosed(play.known, question.id) || said.status === 'pending' ? [] : [strings.result.tryAgain]),
  ]
  return html`<div class="verdict" part="verdict" data-status=${said.status}>
    ${icons[said.status]}
    <div>
      <h3 id="verdict" tabindex="-1">${strings.result[said.status]}</h3>
      ${details.map((detail) => html`<p>${detail}</p>`)} ${feedback}
    </div>
  </div>`
}

function saved({ quiz: say }: View['strings'], play: Play, question: Question): TemplateResult | typeof nothing {
  const isThere = play.known.results.get(question.id)!.status !== 'unanswered'
  const missing = play.hasDraft(question.id) ? play.missingAt(question) : null
  if (missing === 'malformed') return html`<p class="saved">${say.unsaved} ${isThere ? say.savedBefore : nothing}</p>`
  if (play.isWaiting(question.id) || play.canSend(question)) return html`<p class="saved">${say.saving}</p>`
  return isThere ? html`<p class="saved">${icons.correct}${say.saved}</p>` : nothing
}

function refusal(
  { strings: { problem, result: say } }: View,
  play: Play,
  question: Question,
): TemplateResult | typeof nothing {
  const code = play.refusals.get(question.id)?.problem.code
  if (code === undefined || code === 'no-tries-left') return nothing
  const words = code === 'attempt-finished' ? say.late : code === 'attempt-log-full' ? problem.full : problem.malformed
  return html`<p class="warning" part="warning" role="alert">${icons.notice}${words}</p>`
}
