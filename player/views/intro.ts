import { html, nothing, type TemplateResult } from 'lit'
import type { QuizSummary } from '../contract.ts'
import { prose } from './prose.ts'
import type { View } from './view.ts'

/** What a quiz is, and how to begin it. */
export function intro(view: View, quiz: QuizSummary, isStarting: boolean, start: () => void): TemplateResult {
  const { strings, content } = view
  return html`<section class="intro" part="intro" aria-labelledby="heading">
    <h2 id="heading" class="title" tabindex="-1" lang=${content.language} dir=${content.direction}>${quiz.title}</h2>
    ${prose(view, quiz.description)}
    <ul class="facts" aria-label=${strings.intro.facts}>
      ${facts(view, quiz).map((fact) => html`<li>${fact}</li>`)}
    </ul>
    <button class="primary" part="button primary-button" aria-disabled=${isStarting} @click=${start}>
      ${isStarting ? strings.intro.starting : strings.intro.start}
    </button>
    ${
      quiz.sections.length > 1
        ? html`<ol class="contents" part="contents" lang=${content.language} dir=${content.direction}>
            ${quiz.sections.map(
              ({ title, questionCount }) =>
                html`<li><span>${title}</span><span class="count">${questionCount}</span></li>`,
            )}
          </ol>`
        : nothing
    }
  </section>`
}

function facts({ strings: { intro: say }, format }: View, { policy, questionCount, maxScore }: QuizSummary): string[] {
  const givesVerdicts = policy.review.during.includes('verdict')
  const pass = policy.passingScore > 0 ? `, ${say.passMark(format.percent(policy.passingScore))}` : ''
  return [
    say.questions(questionCount),
    say.points(format.points(maxScore)) + pass,
    ...(policy.timeLimitSeconds ? [say.timeLimit(format.duration(policy.timeLimitSeconds * 1000))] : []),
    ...(policy.opensAt && Date.parse(policy.opensAt) > Date.now() ? [say.opens(format.moment(policy.opensAt))] : []),
    ...(policy.closesAt ? [say.closes(format.moment(policy.closesAt))] : []),
    givesVerdicts ? say.immediate : say.deferred,
    ...(givesVerdicts ? [policy.tries === null ? say.unlimitedTries : say.tries(policy.tries)] : []),
    ...(policy.certainty ? [say.certainty] : []),
    say.resumable,
  ]
}
