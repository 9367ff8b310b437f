import { html, nothing, type TemplateResult } from 'lit'
import { wasTimeUp } from '../session/deadline.ts'
import type { Play } from '../session/play.ts'
import { passMarkOf, scoresBySection } from '../session/review.ts'
import { icons } from './icons.ts'
import { bar, ring } from './pictures.ts'
import type { View } from './view.ts'

interface Actions {
  /** Goes through the questions, from the first. */
  readonly look: () => void
  /** Where receipts are verified; null without a receipt. */
  readonly verifyAt: string | null
  readonly download: () => void
  /** Null where another attempt is not the learner's to begin. */
  readonly startOver: (() => void) | null
}

/** What the attempt came to. */
export function overview(view: View, play: Play, { look, verifyAt, download, startOver }: Actions): TemplateResult {
  const { review: say } = view.strings
  const { receipt } = play.known
  return html`<article class="overview" part="overview" aria-labelledby="heading">
    ${outcome(view, play)} ${sections(view, play)} ${calibration(view, play)}
    <button class="primary" part="button primary-button" @click=${look}>${say.questions}</button>
    ${
      receipt && verifyAt
        ? html`<section class="receipt" part="receipt" aria-labelledby="receipt-title">
            <h3 id="receipt-title">${say.receipt}</h3>
            <p>${say.receiptText}</p>
            <div class="buttons">
              <button part="button" @click=${download}>${say.download}</button>
              <a href=${verifyAt} target="_blank" rel="noopener">${say.verify}</a>
            </div>
          </section>`
        : nothing
    }
    ${startOver ? html`<button part="button" @click=${startOver}>${say.again}</button>` : nothing}
  </article>`
}

function outcome({ strings: { review: say }, format }: View, play: Play): TemplateResult {
  const { attempt, questions, results } = play.known
  const { score, maxScore, passed } = attempt
  const pending = questions.filter(({ id }) => results.get(id)!.status === 'pending').length
  const title = passed === null ? say.done : passed ? say.passed : say.failed
  const status = passed === null ? 'answered' : passed ? 'correct' : 'incorrect'
  return html`<header class="outcome" data-status=${status}>
    ${score === null ? nothing : ring(score / maxScore, passMarkOf(play.known) / maxScore, format.percent(score / maxScore))}
    <div>
      <h2 id="heading" tabindex="-1">${icons[status]}${title}</h2>
      ${
        score === null
          ? html`<p>${isShownLater(play) ? say.later : say.hidden}</p>`
          : html`<p class="total">${say.score(format.points(score), format.points(maxScore))}</p>
              <p>${say.passMark(format.points(passMarkOf(play.known)))}</p>`
      }
      ${pending > 0 ? html`<p>${say.pending(pending)}</p>` : nothing}
      ${wasTimeUp(attempt) ? html`<p>${say.timeUp}</p>` : nothing}
    </div>
  </header>`
}

function isShownLater(play: Play): boolean {
  const { review, closesAt } = play.known.quiz.policy
  return closesAt !== null && review.closed.includes('score')
}

function sections({ strings: { review: say }, format, content }: View, play: Play): TemplateResult | typeof nothing {
  const scores = scoresBySection(play.known)
  if (scores.length < 2 || scores.every(({ score }) => score === null)) return nothing
  return html`<section aria-labelledby="sections-title">
    <h3 id="sections-title">${say.sections}</h3>
    <table class="scores" part="scores">
      <thead class="unseen">
        <tr>
          <th scope="col">${say.section}</th>
          <td></td>
          <th scope="col">${say.points}</th>
        </tr>
      </thead>
      <tbody>
        ${scores.map(
          ({ title, score, maxScore }) =>
            html`<tr>
              <th scope="row" lang=${content.language} dir=${content.direction}>${title}</th>
              <td>${score === null ? nothing : bar(score / maxScore)}</td>
              <td>${score === null ? '–' : say.score(format.points(score), format.points(maxScore))}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`
}

/** How well the learner's certainty did. */
function calibration({ strings: { review: say, certainty } }: View, play: Play): TemplateResult | typeof nothing {
  const told = play.attempt.calibration
  if (told === null) return nothing
  return html`<section aria-labelledby="calibration-title">
    <h3 id="calibration-title">${say.calibration}</h3>
    <div class="scroller" tabindex="0">
      <table part="calibration">
        <thead>
          <tr>
            ${[say.certainty, say.given, say.right, say.best].map((title) => html`<th scope="col">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${told.map(
            ({ certainty: level, count, correct, best }) =>
              html`<tr>
                <th scope="row">${certainty.levels[level]}</th>
                <td>${count}</td>
                <td>${correct}</td>
                <td>${best === null ? '–' : certainty.levels[best]}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`
}
