import { html, nothing, type TemplateResult } from 'lit'
import type { VerifyStrings } from '../strings/en.ts'
import type { Fault, Receipt, Verdict } from './verify-receipt.ts'

export interface View {
  /** What came of the last receipt; null before there was one. */
  readonly verdict: Verdict | 'busy' | null
  readonly strings: VerifyStrings
  readonly language: string
  readonly submit: (event: SubmitEvent) => void
  readonly choose: (event: Event) => void
}

/** The page of a receipt: where it goes in, and what is to be said of it. */
export function view({ verdict, strings, language, submit, choose }: View): TemplateResult {
  return html`<h1>${strings.title}</h1>
    <p>${strings.introduction}</p>
    <form @submit=${submit}>
      <label for="receipt">${strings.receipt}</label>
      <textarea id="receipt" rows="6" autocomplete="off" autocapitalize="off" spellcheck="false"></textarea>
      <label for="file">${strings.file}</label>
      <input id="file" type="file" @change=${choose} />
      <button class="button">${strings.submit}</button>
    </form>
    ${outcome(verdict, strings, language)}`
}

/** The one sentence that is read out stands in a place that is there from the beginning. */
function outcome(verdict: View['verdict'], strings: VerifyStrings, language: string): TemplateResult {
  const isBusy = verdict === 'busy'
  const told = isBusy ? null : verdict
  const kind = told === null ? '' : `card outcome ${'receipt' in told ? 'genuine' : told.fault}`
  return html`<section class=${kind}>
    <div role="status">
      ${isBusy ? html`<p>${strings.busy}</p>` : nothing}
      ${told === null ? nothing : html`<h2 tabindex="-1">${titleOf(told, strings)}</h2>`}
    </div>
    ${told === null ? nothing : 'receipt' in told ? contents(told.receipt, strings, language) : meaning(told.fault, strings)}
  </section>`
}

function titleOf(verdict: Verdict, strings: VerifyStrings): string {
  return 'receipt' in verdict ? strings.genuine : strings.faults[verdict.fault].title
}

function meaning(fault: Fault, strings: VerifyStrings): TemplateResult {
  return html`<p>${strings.faults[fault].meaning}</p>`
}

function contents(receipt: Receipt, strings: VerifyStrings, language: string): TemplateResult {
  const { facts } = strings
  const moment = momentIn(language)
  return html`<p>${strings.signedBy(receipt.iss)}</p>
    <dl>
      ${fact(facts.quiz, receipt.quiz)} ${fact(facts.learner, learnerOf(receipt, strings))}
      ${fact(facts.score, strings.points(receipt.score, receipt.maxScore))}
      ${fact(facts.result, resultOf(receipt, strings))}
      ${fact(facts.final, receipt.final ? strings.final : strings.notFinal)}
      ${fact(facts.started, moment(receipt.startedAt))} ${fact(facts.finished, moment(receipt.finishedAt))}
      ${fact(facts.seq, receipt.seq)} ${fact(facts.attempt, receipt.attempt)} ${fact(facts.revision, receipt.revision)}
    </dl>
    <p class="small">${strings.superseded(receipt.seq)}</p>`
}

function fact(name: string, value: unknown): TemplateResult {
  return html`<dt>${name}</dt>
    <dd>${value}</dd>`
}

function learnerOf({ learner }: Receipt, strings: VerifyStrings): string {
  if (learner === null) return strings.anonymous
  return learner.name === undefined ? learner.id : strings.named(learner.name, learner.id)
}

function resultOf({ passed }: Receipt, strings: VerifyStrings): string {
  if (passed === null) return strings.undecided
  return passed ? strings.passed : strings.notPassed
}

/** In the time of whoever reads it, whose zone is named. */
function momentIn(language: string): (time: string) => TemplateResult {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long' })
  return (time) => html`<time datetime=${time}>${format.format(new Date(time))}</time>`
}
