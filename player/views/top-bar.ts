import { html, nothing, type TemplateResult } from 'lit'
import type { Play } from '../session/play.ts'
import { icons } from './icons.ts'
import type { View } from './view.ts'

/** What the quiz is, how much is answered, and how long there is left. */
export function topBar(view: View, play: Play): TemplateResult {
  const { strings, content } = view
  const { quiz, attempt } = play.known
  const { answeredCount, questionCount } = attempt
  const answered = strings.quiz.answered(answeredCount, questionCount)
  return html`<div class="top" part="top">
    <p class="name" lang=${content.language} dir=${content.direction}>${quiz.title}</p>
    ${timer(view, play)}
    <div class="progress" part="progress">
      <progress aria-label=${strings.quiz.progress} max=${questionCount} value=${answeredCount}>${answered}</progress>
      <span>${answered}</span>
    </div>
  </div>`
}

/** Below this the time that is left is shown with emphasis, in milliseconds. */
const SHORT_MS = 60_000

function timer({ strings, format }: View, play: Play): TemplateResult | typeof nothing {
  const left = play.timeLeft
  if (left === null || play.isFinished) return nothing
  return html`<p class="timer" part="timer" role="timer" data-short=${left <= SHORT_MS}>
    ${icons.time}<span class="unseen">${strings.time.left}</span> ${format.clock(left)}
  </p>`
}
