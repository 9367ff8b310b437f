import { html, nothing, type TemplateResult } from 'lit'
import type { Refused } from '../client/client.ts'
import type { Problem, QuizSummary } from '../contract.ts'
import { icons } from './icons.ts'
import type { View } from './view.ts'

/** What the server said no to, and what can be done. */
export function problemView(
  view: View,
  refusal: Refused,
  actions: { readonly retry: () => void; readonly restart: (() => void) | null },
): TemplateResult {
  const { problem: say } = view.strings
  const isGone = refusal.status === 401 || refusal.status === 404
  return html`<section class="problem" part="problem" role="alert">
    <h2 id="heading" tabindex="-1">${say.title}</h2>
    <p>${wordsFor(view, refusal, null)}</p>
    <div class="buttons">
      ${
        isGone && actions.restart
          ? html`<button part="button" @click=${actions.restart}>${say.restart}</button>`
          : html`<button part="button" @click=${actions.retry}>${say.retry}</button>`
      }
    </div>
  </section>`
}

/** A refused start, beside the button that asked for it. */
export function startProblem(view: View, refusal: Refused | null, quiz: QuizSummary): TemplateResult | typeof nothing {
  if (refusal === null) return nothing
  return html`<p class="warning" part="warning" role="alert">${icons.notice}${wordsFor(view, refusal, quiz)}</p>`
}

/** The connection is lost, or was a moment ago. */
export function connectionNotice(
  { strings: { problem: say } }: View,
  isAnswering: boolean,
  retry: () => void,
): TemplateResult {
  return html`<div class="warning" part="warning">
    ${icons.notice}
    <p>${isAnswering ? say.offline : say.offlineLoading}</p>
    <button part="button" @click=${retry}>${say.retry}</button>
  </div>`
}

function wordsFor(
  { strings: { problem: say }, format }: View,
  { problem }: Refused,
  quiz: QuizSummary | null,
): string | TemplateResult {
  const opensAt = quiz?.policy.opensAt
  const words: Partial<Record<Problem['code'], string>> = {
    'not-found': say.noQuiz,
    'quiz-not-open': opensAt ? say.notOpenUntil(format.moment(opensAt)) : say.notOpen,
    'quiz-closed': say.closed,
    'no-attempts-left': say.noAttemptsLeft,
    unauthorized: say.ended,
    'token-expired': say.ended,
  }
  return words[problem.code] ?? html`${say.other} <span lang="en">${problem.detail}</span>`
}
