import { html, LitElement } from 'lit'
import { en } from './strings/en.ts'
import { tokens } from './styles/tokens.ts'

/** `<answerkey-quiz quiz="devops-deep-dive">`: a quiz of an Answerkey server, to take. */
export class AnswerkeyQuiz extends LitElement {
  static override styles = [tokens]
  static override properties = { quiz: { type: String }, api: { type: String }, token: { type: String } }

  declare quiz: string | null
  declare api: string | null
  declare token: string | null

  override render() {
    return html`<p>${en.quiz.loading}</p>`
  }
}
